"""Whether the index tells the truth: content against entries, entries against the engine."""

from collections.abc import Iterator

from search import registry
from search.actions import WRITTEN, Answer, answer, entry_of
from search.engines import current_engine
from search.models import Entry

COMPARED = [name for name in WRITTEN if name not in {"version", "picture"}] + ["picture_id"]


def differences() -> Iterator[str]:
    seen: set[int] = set()
    for source in registry.sources():
        for thing in source.things():
            yield from _compare(answer(thing, source), seen)
    for pk, *names in Entry.everything.order_by("pk").values_list("pk", "kind", "key", "language").iterator():
        if pk not in seen:
            yield f"{' '.join(names)}: nothing public stands for it"
    yield from current_engine().differences()


def _compare(said: Answer, seen: set[int]) -> Iterator[str]:
    if said.draft is None:
        return
    wanted = entry_of(said)
    row = Entry.everything.filter(kind=wanted.kind, key=wanted.key, language=wanted.language).first()
    if row is None:
        yield f"{wanted.kind} {wanted.key} {wanted.language}: missing"
        return
    seen.add(row.pk)
    wrong = [name for name in COMPARED if getattr(row, name) != getattr(wanted, name)]
    if wrong:
        yield f"{wanted.kind} {wanted.key} {wanted.language}: {', '.join(wrong)} differ"
