"""Writes to the index. All of them run in the transaction of whoever calls, so that both happen or neither."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from wagtail.models import Page

from common.page_cache import drop, drop_now
from search import registry
from search.ahead import Ahead
from search.batches import batches
from search.engines import current_engine
from search.engines.base import CACHE_TAG
from search.engines.database import DatabaseEngine
from search.models import Entry
from search.registry import EntryDraft, Source

BATCH = 200
AHEAD = 3  # batches
PLACE_LIVES = 60 * 60 * 24  # seconds
WRITTEN = [field.name for field in Entry._meta.fields if field.name not in {"id", "kind", "key", "language"}]
LONGEST = {"title": 255, "partner_name": 255, "place": 255, "url": 1000}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a builder said about one thing."""

    kind: str
    key: str
    draft: EntryDraft | None


def index(thing: models.Model) -> None:
    """Say anew what is public about this thing. What has no builder is not for the index."""
    index_all([thing])


def add(thing: models.Model) -> None:
    """As index, of what is public for the first time: nothing is looked for that stood there before."""
    if source := registry.source_of(thing):
        _write([answer(thing, source)], _add_batch)


def index_all(things: Iterable[models.Model]) -> None:
    pairs = ((thing, registry.source_of(thing)) for thing in things)
    write(answer(thing, source) for thing, source in pairs if source)


def index_tree(page: Page) -> None:
    """A page and everything below it."""
    index_all(Page.objects.descendant_of(page, inclusive=True).specific().iterator(chunk_size=BATCH))


def index_partner(slug: str) -> None:
    """Everything that names this organisation, after its name or its standing changed."""
    keys = Entry.everything.filter(partner=slug).values_list("key", flat=True)
    index_all(thing for some in batches(list(keys), BATCH) for thing in registry.things_of(some))
    drop("partners")  # what shows the name by its entry was told of the change before the entry was


def index_word(slugs: Iterable[str], names: Iterable[str]) -> None:
    """Everything that carries a word of the vocabulary, by its slugs and names before and after a change."""
    drop_now(["vocabulary"])  # a worker may be quicker than the hook that does the same after the commit
    carries = models.Q(pk=None)
    for slug in slugs:
        carries |= models.Q(district=slug) | models.Q(topics__contains=slug) | models.Q(audiences__contains=slug)
    for name in names:
        carries |= models.Q(keywords__contains=name)
    keys = Entry.everything.filter(carries).values_list("key", flat=True)
    index_all(thing for some in batches(list(keys), BATCH) for thing in registry.things_of(some))


def index_partner_later(slug: str) -> None:
    from search import tasks

    transaction.on_commit(lambda: tasks.index_partner.enqueue(slug))


def index_word_later(slugs: list[str], names: list[str]) -> None:
    from search import tasks

    transaction.on_commit(lambda: tasks.index_word.enqueue(slugs, names))


def remove(thing: models.Model) -> None:
    remove_keys([registry.key_of(thing)])


def remove_all(things: Iterable[models.Model]) -> None:
    remove_keys(registry.key_of(thing) for thing in things)


def rehead(things: Iterable[models.Model], *, title: str, within: str) -> None:
    """They are called so and stand there now. All else stays: their words are not looked at again."""
    with transaction.atomic(savepoint=False):
        for some in batches((registry.key_of(thing) for thing in things), BATCH):
            _rehead_batch(some, title[: LONGEST["title"]], within)
        drop(CACHE_TAG)


def remove_keys(keys: Iterable[str]) -> None:
    with transaction.atomic(savepoint=False):
        for some in batches(keys, BATCH):
            _delete(Entry.everything.filter(key__in=some))
        drop(CACHE_TAG)


def write_again(entry_ids: Iterable[int]) -> None:
    """Tell the engine anew what it should know already. Entries that are gone go there too.

    As a new version: what was damaged in a cluster may carry a higher one than it was sent with.
    """
    for some in batches(entry_ids, BATCH):
        with transaction.atomic(savepoint=False):
            Entry.everything.filter(pk__in=some).update(version=Greatest(F("version") + 1, Value(_now())))
            there = list(Entry.everything.filter(pk__in=some).order_by("pk"))
            current_engine().write(there)
            current_engine().remove(sorted(set(some).difference(entry.pk for entry in there)))
            drop(CACHE_TAG)


def entries(kind: str = "") -> models.QuerySet[Entry]:
    return Entry.everything.filter(kind=kind) if kind else Entry.everything.all()


def rewrite(kind: str = "") -> Iterator[int]:
    """What the engine ``database`` holds, anew from the entries; what is right already is only read.

    Yields how many are done; goes on where another was killed.

    While some are written, others are taken apart into words.
    """
    place = f"search:rewritten:{kind}"
    done = 0
    with Ahead() as ahead:
        engine = DatabaseEngine(ahead)
        for some, words in _taken_apart(ahead, _unwritten(kind, cache.get(place, 0))):
            ahead.take(words)
            with transaction.atomic():
                engine.rewrite(_as_they_are(some))
            done += len(some)
            cache.set(place, some[-1].pk, PLACE_LIVES)
            yield done
    cache.delete(place)


def _unwritten(kind: str, last: int) -> Iterator[list[Entry]]:
    while some := list(entries(kind).filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield some
        last = some[-1].pk


def _taken_apart(ahead: Ahead, batches: Iterator[list[Entry]]) -> Iterator[tuple[list[Entry], Any]]:
    waiting = deque[tuple[list[Entry], Any]]()
    for some in batches:
        said = {(text, entry.language) for entry in some for text in (entry.title, entry.summary, entry.body)}
        waiting.append((some, ahead.begin(said)))
        if len(waiting) > AHEAD:
            yield waiting.popleft()
    yield from waiting


def _as_they_are(some: list[Entry]) -> list[Entry]:
    """Locked, and read again where they have changed since they were read."""
    pks = [entry.pk for entry in some]
    now = dict(Entry.everything.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk", "version"))
    changed = Entry.everything.in_bulk(
        [entry.pk for entry in some if now.get(entry.pk, entry.version) != entry.version]
    )
    return [changed.get(entry.pk, entry) for entry in some if entry.pk in now]


def reindex_all(kind: str = "") -> Iterator[int]:
    """Rebuild while the site serves, batch by batch, and take out what nothing stands for. Yields how many are done.

    Whoever begins anew within a day goes on where another was killed.
    """
    done = 0
    for source in registry.sources(kind):
        place = f"search:rebuilt:{source.model._meta.label_lower}"
        for some in batches(source.things(after=cache.get(place, 0)), BATCH):
            write(answer(thing, source) for thing in some)
            cache.set(place, some[-1].pk, PLACE_LIVES)
            done += len(some)
            yield done
    remove_orphans(kind)
    cache.delete_many(f"search:rebuilt:{source.model._meta.label_lower}" for source in registry.sources(kind))


def remove_orphans(kind: str = "") -> int:
    """Entries of things that are gone, or of a kind that nobody registers any more."""
    known = {
        registry.key_of(thing) for source in registry.sources() for thing in source.model._default_manager.only("pk")
    }
    orphans = [key for key in entries(kind).values_list("key", flat=True).iterator() if key not in known]
    remove_keys(orphans)
    return len(orphans)


def answer(thing: Any, source: Source) -> Answer:
    return Answer(source.kind, registry.key_of(thing), source.builder(thing))


def write(answers: Iterable[Answer]) -> None:
    _write(answers, _write_batch)


def _write(answers: Iterable[Answer], write_batch: Callable[[list[Answer]], None]) -> None:
    """Without a savepoint: what fails here takes along what the caller has written."""
    with transaction.atomic(savepoint=False):
        for some in batches(answers, BATCH):
            write_batch(list({said.key: said for said in some}.values()))
        drop(CACHE_TAG)


def _add_batch(answers: list[Answer]) -> None:
    rows = [entry_of(said) for said in answers if said.draft]
    for row in rows:
        row.version = _now()
    _save(rows)


def _write_batch(answers: list[Answer]) -> None:
    before = {
        (row.key, row.kind, row.language): row
        for row in Entry.everything.select_for_update()
        .filter(key__in=[said.key for said in answers])
        .order_by("pk")
        .only("key", "kind", "language", "version", "is_part")
    }
    rows = [entry_of(said) for said in answers if said.draft]
    for row in rows:
        known = before.get((row.key, row.kind, row.language))
        row.version = max(_now(), known.version + 1 if known else 0)
        if known and known.is_part == row.is_part:  # else it is another entry: parts and wholes are kept differently
            del before[row.key, row.kind, row.language]
    if before:
        _delete(Entry.everything.filter(pk__in=[row.pk for row in before.values()]))
    _save(rows)


def _save(rows: list[Entry]) -> None:
    written = Entry.everything.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "key", "language"], update_fields=WRITTEN
    )
    current_engine().write(written)


def _rehead_batch(keys: list[str], title: str, within: str) -> None:
    rows = Entry.everything.select_for_update().filter(key__in=keys).order_by("pk").defer("body", "summary")
    entries = list(rows)
    for row in entries:
        row.title, row.within = title, within
    version = Greatest(F("version") + 1, Value(_now()))
    here = Entry.everything.filter(pk__in=[row.pk for row in entries])
    here.update(title=title, within=within, version=version)
    current_engine().rehead(entries)


def entry_of(said: Answer) -> Entry:
    """The row that a draft asks for, cut to what the columns hold."""
    fields = dict(vars(said.draft))
    fields |= {name: " ".join(fields[name]) for name in ("topics", "audiences")}
    fields["kind"] = fields["kind"] or said.kind
    row = Entry(key=said.key, **fields)
    row.translation_key = row.translation_key or said.key
    for name, longest in LONGEST.items():
        setattr(row, name, getattr(row, name)[:longest])
    return row


def _now() -> int:
    """In microseconds."""
    return time.time_ns() // 1000


def _delete(entries: models.QuerySet[Entry]) -> None:
    current_engine().remove(list(entries.values_list("pk", flat=True)))
    entries.delete()
