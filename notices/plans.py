"""When a letter may leave: at once or together with others, never in somebody's quiet hours."""

from datetime import datetime, timedelta

from accounts.models import User
from common.digests import at, here, next_digest
from notices import queries
from notices.enums import Pace
from notices.kinds import Kind
from notices.models import Preferences


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
    local = here(moment)
    over_midnight = begin > end
    quiet = (local.time() >= begin or local.time() < end) if over_midnight else begin <= local.time() < end
    if not quiet:
        return moment
    return at(local + timedelta(days=int(over_midnight and local.time() >= begin)), end)


def when_to_write(person: User | None, moment: datetime) -> datetime:
    """For accounts.quiet: who has no account is content with what the city has chosen."""
    return after_quiet_hours(queries.preferences_of(person) if person else Preferences(), moment)


def _wanted(pace: Pace, now: datetime) -> datetime:
    return now if pace == Pace.AT_ONCE else next_digest(now, weekly=pace == Pace.WEEKLY)
