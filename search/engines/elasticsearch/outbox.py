"""Changes that the cluster has to be told: written with the entry, sent by the worker, taken away when it has them."""

import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from common.page_cache import drop
from search.documents import known_names
from search.engines.base import CACHE_TAG
from search.engines.elasticsearch.connection import FAILURES, client
from search.engines.elasticsearch.schema import index_language, languages, writes_alias
from search.engines.elasticsearch.sources import tombstone
from search.engines.elasticsearch.writing import AT_ONCE, Fate, Outcome, Written, send, with_words, written
from search.models import Change, ClusterIndex, Entry

logger = logging.getLogger("learning_city.search")

BEHIND = timedelta(seconds=5)  # a change that waits longer: the cluster doesn't know what is public any more
LEASE = timedelta(seconds=30)  # whoever has taken a change and says nothing for so long was killed
PAUSE, LONGEST_WAIT = timedelta(seconds=0.5), timedelta(seconds=15)
ATTEMPTS = 10
SEVERITY = [Fate.TAKEN, Fate.REJECTED, Fate.FAILED, Fate.LATER]


def add(entries: Iterable[Entry]) -> None:
    Change.objects.bulk_create(_change(entry.pk, entry.language, entry.version) for entry in entries)


def add_gone(entry_ids: Sequence[int]) -> None:
    """While they are still there. Of those that are not nobody knows the language: every index is told."""
    rows = {row.pk: row for row in Entry.everything.filter(pk__in=entry_ids).only("language", "version")}
    above_all = time.time_ns() // 1000
    Change.objects.bulk_create(
        _change(pk, rows[pk].language, max(above_all, rows[pk].version + 1))
        if pk in rows
        else _change(pk, "", above_all)
        for pk in entry_ids
    )


def is_behind() -> bool:
    """Whether a change waits for too long, or comes from the future: then a clock was set back, and nobody knows."""
    first = Change.objects.filter(rejected="").order_by("pk").values_list("made_at", flat=True).first()
    return first is not None and abs(timezone.now() - first) > BEHIND


def waiting() -> int:
    return Change.objects.filter(rejected="").count()


def rejected() -> int:
    return Change.objects.exclude(rejected="").count()


def try_rejected_again(language: str = "") -> None:
    refused = Change.objects.exclude(rejected="")
    if language:
        refused = refused.filter(language__in=[language, ""])
    refused.update(rejected="", attempts=0, due_at=timezone.now())


def send_due() -> int:
    """Tell the cluster of changes that are due, each entry as it is now. How many were taken in hand.

    Two may do this at once: each takes other changes, and what both send is ordered by its version. What a killed one
    had taken is due again after a while. Where the cluster cannot be reached the changes wait and its error is raised.
    """
    changes = _claim()
    if changes:
        _deliver(changes)
    return len(changes)


# --- steps ------------------------------------------------------------------------------------------------------------
def _change(entry_id: int, language: str, version: int) -> Change:
    now = timezone.now()
    return Change(entry_id=entry_id, language=language, version=version, made_at=now, due_at=now)


def _claim() -> list[Change]:
    """In a short transaction: nobody who writes waits for the cluster."""
    now = timezone.now()
    due = Q(due_at__lte=now) | Q(due_at__gt=now + LEASE * 2)  # so late none is due: a clock was set back
    some = Change.objects.filter(due, rejected="").order_by("pk")
    if not some.exists():  # no lock of SQLite's for nothing
        return []
    with transaction.atomic():
        changes = list(some.select_for_update(skip_locked=True)[:AT_ONCE])
        Change.objects.filter(pk__in=[change.pk for change in changes]).update(due_at=now + LEASE)
    return changes


def _deliver(changes: Sequence[Change]) -> None:
    indexes = filled_indexes()  # before the entries: an index that comes later is filled with what is there by then
    documents = list({(one.entry_id, one.language): one for one in _documents(changes)}.values())
    outcomes, failure = _send(documents, indexes)
    given_up = {change.entry_id for change in changes if _verdict(change, outcomes) == Fate.REJECTED}
    if given_up and not failure:
        failure = _withdraw([one for one in documents if one.entry_id in given_up], indexes, outcomes)
    if not failure:
        failure = _show(indexes)
    _settle(changes, {} if failure else outcomes)
    if failure:
        raise failure


def filled_indexes() -> dict[str, list[str]]:
    """Of each language those that have to hold everything: the one that answers, and the one that is being filled."""
    indexes = defaultdict(list)
    for language, name in ClusterIndex.objects.exclude(uuid="").values_list("language", "name"):
        indexes[language].append(name)
    return indexes


def _documents(changes: Sequence[Change]) -> list[Written]:
    names, now = known_names(), timezone.now()
    entries = with_words(Entry.everything.filter(pk__in={change.entry_id for change in changes}))
    documents = [written(entry, names, now) for entry in entries]
    there = {one.entry_id for one in documents}
    return documents + [
        one for change in changes if change.entry_id not in there for one in _tombstones(change, changes, now)
    ]


def _tombstones(change: Change, changes: Sequence[Change], now: datetime) -> list[Written]:
    """Numbers of entries are never used again: what is not there now will never be."""
    version = max(other.version for other in changes if other.entry_id == change.entry_id)
    wanted = [index_language(change.language)] if change.language else languages()
    return [Written(change.entry_id, one, version, tombstone(change.entry_id, now)) for one in wanted]


def _send(documents: Sequence[Written], indexes: dict[str, list[str]]) -> tuple[dict[int, Outcome], Exception | None]:
    """The worst that became of each entry, where each of its indexes has answered; and why the others have not."""
    answers = defaultdict(list)
    failure = None
    try:
        for one in send(documents, indexes):
            answers[one.entry_id].append(one)
    except FAILURES as error:
        failure = error
    asked: Counter[int] = Counter()
    for document in documents:
        asked[document.entry_id] += len(indexes.get(document.language, ()))
    whole = {pk: known for pk, known in answers.items() if len(known) == asked[pk]}
    return {pk: max(known, key=lambda one: SEVERITY.index(one.fate)) for pk, known in whole.items()}, failure


def _withdraw(
    documents: Sequence[Written], indexes: dict[str, list[str]], outcomes: dict[int, Outcome]
) -> Exception | None:
    """What the cluster does not take must not stay there as it was before."""
    now = timezone.now()
    stones = [Written(one.entry_id, one.language, one.version, tombstone(one.entry_id, now)) for one in documents]
    fates, failure = _send(stones, indexes)
    for one in stones:
        if one.entry_id not in fates or fates[one.entry_id].fate != Fate.TAKEN:
            outcomes.pop(one.entry_id, None)
    return failure


def _show(indexes: dict[str, list[str]]) -> Exception | None:
    """A change is told only when it can be found: pages that were stored before are dropped then, and not earlier."""
    names = [writes_alias(name) for some in indexes.values() for name in some]
    try:
        client().indices.refresh(index=names, ignore_unavailable=True)
    except FAILURES as error:
        return error
    return None


def _settle(changes: Sequence[Change], outcomes: dict[int, Outcome]) -> None:
    """What nothing became of, for want of an index or of an answer, is tried again and again, and never given up."""
    by_fate = defaultdict(list)
    for change in changes:
        by_fate[_verdict(change, outcomes)].append(change)
    with transaction.atomic():
        _take_away(by_fate[Fate.TAKEN])
        drop(CACHE_TAG)
        _wait([*by_fate[Fate.LATER], *by_fate[Fate.FAILED]])
        for change in by_fate[Fate.REJECTED]:
            _reject(change, outcomes[change.entry_id].reason)
        Change.objects.filter(pk__in=[change.pk for change in by_fate[None]]).update(due_at=timezone.now() + PAUSE)


def _verdict(change: Change, outcomes: Mapping[int, Outcome]) -> Fate | None:
    """What fails again and again by the fault of nobody else is given up."""
    outcome = outcomes.get(change.entry_id)
    if outcome and outcome.fate == Fate.FAILED and change.attempts >= ATTEMPTS:
        return Fate.REJECTED
    return outcome.fate if outcome else None


def _take_away(changes: Sequence[Change]) -> None:
    """With them what was rejected of the same entries earlier: it was another version."""
    told = Q(pk__in=[change.pk for change in changes])
    Change.objects.filter(told | Q(entry_id__in={change.entry_id for change in changes}) & ~Q(rejected="")).delete()


def _wait(changes: Sequence[Change]) -> None:
    by_attempts = defaultdict(list)
    for change in changes:
        by_attempts[change.attempts].append(change.pk)
    for attempts, pks in by_attempts.items():
        wait = min(LONGEST_WAIT, PAUSE * 2 ** min(attempts, 10))
        Change.objects.filter(pk__in=pks).update(attempts=F("attempts") + 1, due_at=timezone.now() + wait)


def _reject(change: Change, reason: str) -> None:
    kind, *_ = reason.split(":")  # the rest may quote the text
    logger.error("entry %s rejected by the cluster: %s", change.entry_id, kind)
    Change.objects.filter(pk=change.pk).update(rejected=reason)
