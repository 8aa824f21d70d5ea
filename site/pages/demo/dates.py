"""When things of the demo happened, counted from now, so that the city is always alive."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLE = re.compile(
    r"\{(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:\+(?P<weeks>\d))?"
    r"|(?P<shift>[+-]\d+)|year(?P<years>-\d+)?)\}"
)


def moment_of(item: Mapping[str, Any], now: datetime) -> datetime:
    """When a news item came out: `day` is its latest MM-DD that has passed, `days_ago` counts back from now.

    The fraction of `days_ago` gives the time of day, 9:00 to 19:00; what would lie ahead came out a little while ago.
    """
    if "day" in item:
        return _latest(item["day"], now)
    days, share = divmod(round(item["days_ago"] * 100), 100)
    moment = _at(now.date() - timedelta(days=days), share / 100, now)
    return moment if moment < now else now - timedelta(minutes=60 + 4 * share)


def fill(text: str, day: date, language: str) -> str:
    """{sat} → the first Saturday after the day, {sat+1} a week later, {+10} and {-3} days off, {year-2}."""

    def date_for(hole: re.Match[str]) -> str:
        if hole["weekday"]:
            ahead = (DAYS.index(hole["weekday"]) - day.weekday() - 1) % 7 + 1 + 7 * int(hole["weeks"] or 0)
            return spoken(day + timedelta(days=ahead), language)
        if hole["shift"]:
            return spoken(day + timedelta(days=int(hole["shift"])), language)
        return str(day.year + int(hole["years"] or 0))

    return HOLE.sub(date_for, text)


def spoken(day: date, language: str) -> str:
    """«6 марта», "6 March", «6 сакавіка»."""
    with translation.override(language):
        return date_format(day, "j E").replace(" ", "\N{NO-BREAK SPACE}")


def _latest(day: str, now: datetime) -> datetime:
    month, number = (int(part) for part in day.split("-"))
    moment = _at(date(now.year, month, number), (month * 31 + number) % 10 / 10, now)
    return moment if moment < now else moment.replace(year=now.year - 1)


def _at(day: date, share: float, now: datetime) -> datetime:
    clock = time(9 + int(share * 10), int(share * 600) % 60)
    return datetime.combine(day, clock, now.tzinfo)
