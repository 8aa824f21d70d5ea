"""Where the cluster holds something else than the table. What is on its way there is not looked at."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.utils import timezone
from elasticsearch.helpers import scan

from search.documents import Names, known_names
from search.engines.base import Difference
from search.engines.elasticsearch import building, outbox
from search.engines.elasticsearch.connection import FAILURES, client
from search.engines.elasticsearch.keeping import is_complete
from search.engines.elasticsearch.schema import alias, aliases, languages
from search.engines.elasticsearch.sources import HELD
from search.engines.elasticsearch.writing import with_words, written
from search.models import Change, Entry

KIND = "elasticsearch"
AT_ONCE = 200
WITH_ACCESS = {"query": {"exists": {"field": "access"}}, "_source": False}


def differences() -> Iterator[Difference]:
    if outbox.is_behind():
        yield Difference(KIND, f"elasticsearch: {outbox.waiting()} changes wait to be sent")
    if not is_complete():
        yield Difference(KIND, "elasticsearch: not every language has an index that answers")
        return
    for pk, reason in Change.objects.exclude(rejected="").order_by("pk").values_list("entry_id", "rejected"):
        yield Difference(KIND, f"entry {pk}: rejected by the cluster, {reason}", entry_id=pk)
    try:
        yield from _compared()
    except FAILURES as error:
        yield Difference(KIND, f"elasticsearch: away ({type(error).__name__})")


def _compared() -> Iterator[Difference]:
    names = known_names()
    for language in languages():
        entries = with_words(building.entries_of(language)).order_by("pk").iterator(chunk_size=AT_ONCE)
        while some := list(islice(entries, AT_ONCE)):
            yield from _differing(some, language, names)
    client().indices.refresh(index=aliases())
    held = (int(hit["_id"]) for hit in scan(client(), WITH_ACCESS, index=aliases(), size=1_000))
    while ids := list(islice(held, 1_000)):
        yield from _orphans(ids)


def _differing(entries: Sequence[Entry], language: str, names: Names) -> Iterator[Difference]:
    answer = client().mget(index=alias(language), ids=[str(entry.pk) for entry in entries])
    held = {int(found["_id"]): found.get("_source") for found in answer["docs"]}
    wrong = {entry.pk: entry for entry in entries if written(entry, names, timezone.now()).source != held[entry.pk]}
    for pk in _settled(wrong):
        entry, is_there = wrong[pk], (held[pk] or {}).get("access")
        line = f"{entry.kind} {entry.key} {entry.language}: in the cluster {'differs' if is_there else 'missing'}"
        yield Difference(entry.kind, line, entry_id=pk)


def _orphans(ids: Iterable[int]) -> Iterator[Difference]:
    gone = set(ids).difference(Entry.everything.filter(pk__in=ids, access__in=HELD).values_list("pk", flat=True))
    for pk in _settled(gone):
        yield Difference(KIND, f"entry {pk} in the cluster, which is gone or not public", entry_id=pk)


def _settled(ids: Iterable[int]) -> list[int]:
    """Those of which no change is on its way, and none was rejected."""
    wanted = set(ids)
    return sorted(wanted.difference(Change.objects.filter(entry_id__in=wanted).values_list("entry_id", flat=True)))
