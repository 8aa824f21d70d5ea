"""Filling a new index beside the one that answers, and putting it in its place.

Whatever changes meanwhile is sent to both (search.engines.elasticsearch.outbox), so a new index is complete as soon as
it has been given the last entry. How far it is filled is kept: whoever goes on, a command or a worker, goes on there.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from elasticsearch import NotFoundError

from search.documents import known_names
from search.engines.elasticsearch import outbox
from search.engines.elasticsearch.connection import client
from search.engines.elasticsearch.schema import (
    alias,
    every_index,
    index_language,
    language_of,
    languages,
    mapping,
    pace,
    settings_of,
    shape,
    writes_alias,
)
from search.engines.elasticsearch.sources import HELD
from search.engines.elasticsearch.writing import AT_ONCE, Fate, send, with_words, written
from search.models import ClusterIndex, Entry

logger = logging.getLogger("learning_city.search")

READ = 2_000
IDLE = timedelta(seconds=10)  # nobody has gone on with it for so long: whoever did was killed


class NotTakenError(Exception):
    """The cluster took a part of what it was given. The rest is given again."""


def begin(language: str) -> ClusterIndex:
    """The index that is being filled, or a new one. The row comes first: an index without a row belongs to nobody."""
    now = timezone.now()
    name = f"{alias(language)}-{now:%Y%m%d%H%M%S%f}"
    try:
        with transaction.atomic():
            row, is_new = ClusterIndex.objects.get_or_create(
                language=language, serving=False, defaults={"name": name, "touched_at": now}
            )
    except IntegrityError:
        return ClusterIndex.objects.get(language=language, serving=False)
    if is_new or not row.uuid:
        _create(row)
    return row


def _create(row: ClusterIndex) -> None:
    elasticsearch = client()
    elasticsearch.options(ignore_status=400).indices.create(
        index=row.name,
        mappings=mapping(row.language),
        settings=settings_of(row.language, filling=True),
        aliases={writes_alias(row.name): {}},
    )
    made = elasticsearch.indices.get(index=row.name)[row.name]
    row.uuid, row.shape = made["settings"]["index"]["uuid"], shape(row.language, made["mappings"])
    ClusterIndex.objects.filter(pk=row.pk).update(uuid=row.uuid, shape=row.shape, touched_at=timezone.now())
    logger.info("index %s begun", row.name)


def advance(row: ClusterIndex) -> int:
    """Give it the next entries, and when there are none let it answer. How many it was given; 0 at the end.

    What it does not take goes the way of every change (outbox.py), so that one entry holds up no others.
    """
    names, now = known_names(), timezone.now()
    pks = list(islice(_pks(row), AT_ONCE))
    if not pks:
        _let_answer(row)
        return 0
    entries = list(with_words(Entry.everything.filter(pk__in=pks)))
    documents = [written(entry, names, now) for entry in entries]
    outcomes = list(send(documents, {row.language: [row.name]}))
    if any(one.fate == Fate.LATER for one in outcomes):
        raise NotTakenError
    refused = {one.entry_id: one.reason for one in outcomes if one.fate != Fate.TAKEN}
    outbox.add(entry for entry in entries if entry.pk in refused)
    row.copied, row.touched_at = pks[-1], now
    ClusterIndex.objects.filter(pk=row.pk, copied__lt=row.copied).update(copied=row.copied, touched_at=now)
    return len(entries)


def left(row: ClusterIndex) -> int:
    """How many entries it still has to be given."""
    return entries_of(row.language).filter(pk__gt=row.copied).count()


def unfinished() -> list[ClusterIndex]:
    return list(ClusterIndex.objects.filter(serving=False).exclude(uuid="").order_by("pk"))


def is_idle(row: ClusterIndex) -> bool:
    return abs(timezone.now() - row.touched_at) > IDLE


def drop(name: str) -> None:
    client().options(ignore_status=404).indices.delete(index=name)


def entries_of(language: str) -> QuerySet[Entry]:
    others = [code for code in languages() if code != language]
    mine = Entry.everything.filter(access__in=HELD)
    return mine.exclude(language__in=others) if index_language("") == language else mine.filter(language=language)


def _pks(row: ClusterIndex) -> Iterator[int]:
    """Of what it still has to be given. Read by number alone: asked for more, a database would sort all there is."""
    last = row.copied
    while rows := Entry.everything.filter(pk__gt=last).order_by("pk").values_list("pk", "access", "language")[:READ]:
        for pk, access, language in rows:
            if access in HELD and index_language(language) == row.language:
                yield pk
            last = pk


def _let_answer(row: ClusterIndex) -> None:
    """All of it may be done again, by somebody else too: killed between two steps it is not finished yet."""
    indices = client().indices
    indices.put_settings(index=row.name, settings={"index": pace(filling=False)})
    indices.refresh(index=row.name)
    before = _before(row)
    outgoing = [{"remove": {"index": name, "alias": alias(row.language), "must_exist": False}} for name in before]
    indices.update_aliases(actions=[*outgoing, {"add": {"index": row.name, "alias": alias(row.language)}}])
    with transaction.atomic():
        ClusterIndex.objects.filter(language=row.language, serving=True).exclude(pk=row.pk).delete()
        ClusterIndex.objects.filter(pk=row.pk).update(serving=True, touched_at=timezone.now())
    for name in before:
        drop(name)
    outbox.try_rejected_again(row.language)
    logger.info("index %s answers", row.name)


def _before(row: ClusterIndex) -> list[str]:
    """The indexes of this language that answered until now."""
    try:
        known = client().indices.get_alias(index=every_index(), name=alias(row.language))
    except NotFoundError:
        return []
    return [name for name in known if name != row.name and language_of(name) == row.language]
