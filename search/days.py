"""Days as the city's calendar has them, and the spans of days that people ask for by name. Pure functions."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from search.wanted import Days

SATURDAY = 5
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # beyond these somebody mistyped


def named_spans(day: date) -> Mapping[str, Days]:
    """What ``when=…`` may say on that day, in the order in which it is offered."""
    monday = day - timedelta(days=day.weekday())
    saturday = max(day, monday + timedelta(days=SATURDAY))
    sunday = monday + timedelta(days=6)
    month_ends = day.replace(day=monthrange(day.year, day.month)[1])
    return {
        "today": Days(day, day),
        "weekend": Days(saturday, sunday),
        "week": Days(monday, sunday),
        "month": Days(day.replace(day=1), month_ends),
    }


def bounds(days: Days) -> tuple[datetime, datetime]:
    """The first moment of it, and the first after it, in the city's time zone."""
    return _midnight(days.first), _midnight(days.last + timedelta(days=1))


def parse_day(text: str) -> date | None:
    """``2027-03-15``; None for whatever is no day."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return day if day and FIRST <= day <= LAST else None


def today() -> date:
    """In the city."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def midnight() -> datetime:
    """The moment when today is over."""
    return _midnight(today() + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
