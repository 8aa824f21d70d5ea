"""The city's time in the tests is Irkutsk's: eight hours before Greenwich."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from notices import kinds, plans
from notices.enums import Pace
from notices.models import Preferences

HERE = ZoneInfo("Asia/Irkutsk")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In March 2027: the 1st is a Monday."""
    return datetime(2027, 3, day, hour, minute, tzinfo=HERE)


def wants(pace: str, begin: time | None = None, end: time | None = None) -> Preferences:
    return Preferences(personal=pace, followed=pace, quiet_from=begin, quiet_until=end)


@pytest.mark.parametrize(
    ("pace", "now", "then"),
    [
        (Pace.AT_ONCE, at(3, 14, 5), at(3, 14, 5)),
        (Pace.DAILY, at(3, 7, 59), at(3, 8)),
        (Pace.DAILY, at(3, 8), at(4, 8)),
        (Pace.DAILY, at(31, 9), datetime(2027, 4, 1, 8, tzinfo=HERE)),
        (Pace.WEEKLY, at(1, 7), at(1, 8)),
        (Pace.WEEKLY, at(1, 9), at(8, 8)),
        (Pace.WEEKLY, at(3, 14), at(8, 8)),
        (Pace.NEVER, at(3, 14), None),
    ],
)
def test_letters_leave_at_the_chosen_pace(pace, now, then):
    assert plans.mail_at(wants(pace), kinds.of("test"), now) == then


@pytest.mark.parametrize(
    ("begin", "end", "now", "then"),
    [
        (time(22), time(7), at(3, 21, 59), at(3, 21, 59)),
        (time(22), time(7), at(3, 22), at(4, 7)),
        (time(22), time(7), at(3, 3), at(3, 7)),
        (time(22), time(7), at(3, 7), at(3, 7)),
        (time(9), time(12), at(3, 10), at(3, 12)),
        (time(9), time(12), at(3, 12), at(3, 12)),
        (time(9), time(9), at(3, 9), at(3, 9)),
        (None, None, at(3, 3), at(3, 3)),
    ],
)
def test_quiet_hours_put_letters_off(begin, end, now, then):
    assert plans.mail_at(wants(Pace.AT_ONCE, begin, end), kinds.of("test"), now) == then


def test_gathered_letters_wait_for_the_end_of_quiet_hours_too():
    assert plans.mail_at(wants(Pace.DAILY, time(20), time(10)), kinds.of("test"), at(3, 9)) == at(4, 10)


def test_decisions_are_told_whatever_one_has_chosen_but_not_at_night():
    chosen = wants(Pace.NEVER, time(22), time(7))

    assert plans.mail_at(chosen, kinds.of("test_decision"), at(3, 14)) == at(3, 14)
    assert plans.mail_at(chosen, kinds.of("test_decision"), at(3, 23)) == at(4, 7)
