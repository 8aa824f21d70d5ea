"""When letters leave that gather what happened, by the city's clock."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

MONDAY = 0


def next_digest(now: datetime, *, weekly: bool = False) -> datetime:
    """After ``now``: the next morning, or that of the next Monday."""
    today = here(now)
    days = (MONDAY - today.weekday()) % 7 if weekly else 0
    hour = time(settings.DIGEST_HOUR)
    moment = at(today + timedelta(days=days), hour)
    return moment if moment > now else at(today + timedelta(days=7 if weekly else 1), hour)


def here(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


def at(day: datetime, hour: time) -> datetime:
    return datetime.combine(day.date(), hour, timezone.get_default_timezone())
