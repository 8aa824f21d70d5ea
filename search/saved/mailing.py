"""Letters with what is new for saved searches: looked for, claimed, read anew, sent.

How far a search has told is moved on and committed before its letter is handed to the mail server, and is moved back
only where that surely didn't take it. A worker that is killed in between loses one letter and never sends one twice.
What is not public any more when the letter is written is taken out of it, and may be told once it comes back.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from accounts import quiet
from accounts.rules import has_confirmed_address
from common.digests import next_digest
from common.handing_over import Outcome, hand_over
from search.enums import Pace
from search.models import SavedSearch, Subscriber, Told
from search.saved import letters, telling
from search.saved.arrivals import SETTLED
from search.saved.news import Window, untold

logger = logging.getLogger("learning_city.search")

SUBSCRIBERS_AT_ONCE = 200
PAUSE = timedelta(minutes=10)
LONGEST = 60  # seconds: then other tasks of the worker have their turn


@dataclass(frozen=True)
class Claimed:
    """``search`` as it was before; ``things``: entry → thing, the newest first."""

    search: SavedSearch
    things: Mapping[int, str]


def send_due() -> int:
    """Letters that are due, as many as fit into a minute. Several workers may do so at once."""
    now, began, sent = timezone.now(), time.monotonic(), 0
    window, connection = Window(now - SETTLED), get_connection()
    try:
        while subscribers := _subscribers_with_due(now):
            for subscriber in subscribers:
                sent += _serve_safely(connection, subscriber, now, window)
                if time.monotonic() - began > LONGEST:
                    return sent
    finally:
        connection.close()
    return sent


def is_anything_due() -> bool:
    return _due(timezone.now()).exists()


def _due(now: datetime) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(due_at__lte=now)


def _subscribers_with_due(now: datetime) -> Sequence[Subscriber]:
    pks = _due(now).order_by("subscriber").values_list("subscriber", flat=True).distinct()
    return list(Subscriber.objects.filter(pk__in=list(pks[:SUBSCRIBERS_AT_ONCE])).select_related("person"))


def _serve_safely(connection: BaseEmailBackend, subscriber: Subscriber, now: datetime, window: Window) -> bool:
    """Whatever is wrong with one search, all others are told."""
    try:
        return _serve(connection, subscriber, now, window)
    except (OSError, DatabaseError):  # wrong for all
        raise
    except Exception:
        logger.exception("searches of one subscriber not told", extra={"subscriber": subscriber.pk})
        _put_off(list(_due(now).filter(subscriber=subscriber)), None, now)
        return False


def _serve(connection: BaseEmailBackend, subscriber: Subscriber, now: datetime, window: Window) -> bool:
    due = list(_due(now).filter(subscriber=subscriber).order_by("created_at", "pk"))
    later = quiet.when_to_write(subscriber.person, now)
    if later > now or not _may_be_written_to(subscriber):
        _put_off(due, later if later > now else None, now)
        return False
    claimed = _claim(subscriber, [Claimed(search, untold(search, window)) for search in due], now, window.until)
    return bool(claimed) and _send(connection, subscriber, claimed, window.until)


def _may_be_written_to(subscriber: Subscriber) -> bool:
    person = subscriber.person
    return person is None or (person.is_active and has_confirmed_address(person))


def _put_off(due: Sequence[SavedSearch], until: datetime | None, now: datetime) -> None:
    """Until a moment, or until they are due again. Nothing counts as told."""
    for search in due:
        SavedSearch.objects.filter(pk=search.pk, due_at=search.due_at).update(due_at=until or _next(search, now))


@transaction.atomic
def _claim(subscriber: Subscriber, found: Sequence[Claimed], now: datetime, until: datetime) -> list[Claimed]:
    """Those with something new that nobody else has claimed, changed or removed since they were looked at."""
    if not Subscriber.objects.select_for_update(no_key=True).filter(pk=subscriber.pk).exists():
        return []
    claimed = [one for one in found if _move_on(one, now, until) and one.things]
    Told.objects.bulk_create(
        Told(search=one.search, thing=thing, told_at=now) for one in claimed for thing in one.things.values()
    )
    return claimed


def _move_on(one: Claimed, now: datetime, until: datetime) -> bool:
    search = one.search
    as_it_was = SavedSearch.objects.filter(pk=search.pk, due_at=search.due_at, told_until=search.told_until)
    moved = as_it_was.update(
        due_at=_next(search, now),
        told_until=max(search.told_until, until),
        told_at=now if one.things else search.told_at,
    )
    return moved == 1


def _next(search: SavedSearch, now: datetime) -> datetime:
    return next_digest(now, weekly=search.pace == Pace.WEEKLY)


def _send(connection: BaseEmailBackend, subscriber: Subscriber, claimed: Sequence[Claimed], until: datetime) -> bool:
    with override(letters.language_of(subscriber)):
        told, hidden = telling.sections([(one.search, list(one.things)) for one in claimed])
    for one in claimed:
        _take_back(one.search, [one.things[entry] for entry in hidden[one.search.pk]])
    if not told:
        return False
    try:
        outcome = hand_over(connection, letters.compose(subscriber, told))
    except OSError:  # nothing has left
        _put_back(claimed, until, due_at=timezone.now() + PAUSE)
        raise
    if outcome == Outcome.NOT_NOW:  # the next letter tells it
        _put_back(claimed, until)
    return outcome == Outcome.TAKEN


@transaction.atomic
def _put_back(claimed: Sequence[Claimed], until: datetime, **due: datetime) -> None:
    for one in claimed:
        search = one.search
        here = SavedSearch.objects.filter(pk=search.pk, told_until=max(search.told_until, until))
        here.update(told_until=search.told_until, told_at=search.told_at, **due)
        _take_back(search, list(one.things.values()))


def _take_back(search: SavedSearch, things: Sequence[str]) -> None:
    if things:
        Told.objects.filter(search=search, thing__in=things).delete()
