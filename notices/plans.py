"""When a letter may leave: at once or together with others, never in somebody's quiet hours."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from notices.enums import Pace
from notices.kinds import Kind
from notices.models import Preferences

MONDAY = 0


def mail_at(preferences: Preferences, kind: Kind, now: datetime) -> datetime | None:
    """None where the person wants no letter of this kind."""
    pace = Pace.AT_ONCE if kind.always else preferences.pace_of(kind.group)
    if pace == Pace.NEVER:
        return None
    return after_quiet_hours(preferences, _wanted(pace, now))


def after_quiet_hours(preferences: Preferences, moment: datetime) -> datetime:
    begin, end = preferences.quiet_from, preferences.quiet_until
    if begin is None or end is None or begin == end:
        return moment
    here = _here(moment)
    over_midnight = begin > end
    quiet = (here.time() >= begin or here.time() < end) if over_midnight else begin <= here.time() < end
    if not quiet:
        return moment
    return _at(here + timedelta(days=int(over_midnight and here.time() >= begin)), end)


def _wanted(pace: Pace, now: datetime) -> datetime:
    if pace == Pace.AT_ONCE:
        return now
    here = _here(now)
    days = (MONDAY - here.weekday()) % 7 if pace == Pace.WEEKLY else 0
    hour = time(settings.DIGEST_HOUR)
    moment = _at(here + timedelta(days=days), hour)
    return moment if moment > now else _at(here + timedelta(days=7 if pace == Pace.WEEKLY else 1), hour)


def _here(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


def _at(day: datetime, hour: time) -> datetime:
    return datetime.combine(day.date(), hour, timezone.get_default_timezone())
