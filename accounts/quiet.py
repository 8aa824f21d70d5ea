"""When somebody may be written to. The app that knows people's quiet hours registers it in ``AppConfig.ready()``."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User

WhenToWrite = Callable[[User | None, datetime], datetime]
_known: list[WhenToWrite] = []


def register(when: WhenToWrite) -> None:
    _known[:] = [when]


def when_to_write(person: User | None, moment: datetime) -> datetime:
    """That moment, or the first after it that is not in quiet hours. None: somebody without an account."""
    return _known[0](person, moment) if _known else moment
