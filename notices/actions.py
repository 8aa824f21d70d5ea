"""Writes. Whoever tells people something calls ``tell``; it may be called twice and has its effect once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notices import kinds, plans, queries, tasks
from notices.enums import Group, Pace
from notices.models import Notice, Preferences

BATCH = 500


@dataclass(frozen=True)
class Happening:
    """``key``: told to each person once. ``thread``: what they open to have read it. ``path``: without a language."""

    kind: str
    key: str
    thread: str
    path: str
    params: dict[str, Any] = field(default_factory=dict)
    actor: int | None = None


def tell(people: Iterable[int], happening: Happening) -> None:
    """Never who did it, nobody twice, nobody whose account is locked or closed. Letters leave after the commit."""
    now, due = timezone.now(), False
    with transaction.atomic():
        for pks in _batches(pk for pk in people if pk != happening.actor):
            due = _tell(pks, happening, now) or due
        if due:
            transaction.on_commit(tasks.send_letters.enqueue)


def mark_read(person: User, *threads: str) -> int:
    unread = Notice.objects.filter(person=person, thread__in=threads, read_at=None)
    return unread.update(read_at=timezone.now())


def change_thread(old: str, new: str, *keys: str) -> None:
    """What is opened to have read these is another thing now. Without keys: of everything that was told of it."""
    told = Notice.objects.filter(thread=old)
    (told.filter(key__in=keys) if keys else told).update(thread=new)


def mark_all_read(person: User, until: int) -> int:
    """Up to the notice of this number: what came while the list was looked at has not been seen."""
    return Notice.objects.filter(person=person, pk__lte=until, read_at=None).update(read_at=timezone.now())


def settle(notices: Iterable[Notice]) -> None:
    """Count as read what its person may not see any more."""
    if unread := [notice.pk for notice in notices if notice.is_unread]:
        Notice.objects.filter(pk__in=unread, read_at=None).update(read_at=timezone.now())


def withdraw(people: Iterable[int], *keys: str) -> int:
    """It needs nobody's attention any more."""
    unread = Notice.objects.filter(person__in=list(people), key__in=keys, read_at=None)
    return unread.update(read_at=timezone.now())


@transaction.atomic
def save_preferences(preferences: Preferences) -> None:
    """What already waits for a letter follows the new wish. What was not to be mailed at all stays as it is."""
    preferences.save()
    now = timezone.now()
    waiting = Notice.objects.filter(person=preferences.person_id, read_at=None, mailed_at=None, mail_at__isnull=False)
    for name in set(waiting.values_list("kind", flat=True)).intersection(kinds.known()):
        waiting.filter(kind=name).update(mail_at=plans.mail_at(preferences, kinds.of(name), now))


@transaction.atomic
def unsubscribe(person: User, groups: Iterable[Group]) -> None:
    """No letters of these groups any more; the centre goes on telling."""
    preferences = queries.preferences_of(person)
    for group in groups:
        setattr(preferences, group, Pace.NEVER)
    save_preferences(preferences)


def mute(notice: Notice) -> None:
    """Nothing more about its thread, in letters and in the centre."""
    kind = kinds.of(notice.kind)
    if kind.mute:
        kind.mute(notice.person, notice.thread)
    mark_read(notice.person, notice.thread)


def _batches(people: Iterable[int]) -> Iterator[set[int]]:
    rest = iter(people)
    while batch := set(islice(rest, BATCH)):
        yield batch


def _tell(pks: set[int], happening: Happening, now: datetime) -> bool:
    """Whether a letter to one of them is due at once."""
    kind = kinds.of(happening.kind)
    active = User.objects.filter(pk__in=pks, is_active=True).order_by("pk").values_list("pk", flat=True)
    chosen = Preferences.objects.in_bulk(pks)
    notices = [
        Notice(
            person_id=pk,
            kind=happening.kind,
            key=happening.key,
            thread=happening.thread,
            path=happening.path,
            params=happening.params,
            actor_id=happening.actor,
            made_at=now,
            mail_at=plans.mail_at(chosen.get(pk) or Preferences(), kind, now),
        )
        for pk in active
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return any(notice.mail_at is not None and notice.mail_at <= now for notice in notices)
