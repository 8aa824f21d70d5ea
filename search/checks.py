"""Whether the index tells the truth: content against entries, entries against the engines."""

from collections.abc import Iterator, Sequence

from search import actions, registry
from search.actions import WRITTEN, Answer, answer, entry_of
from search.engines import current_engine
from search.engines.base import Difference
from search.models import Entry

COMPARED = [name for name in WRITTEN if name not in {"version", "picture"}] + ["picture_id"]


def differences() -> Iterator[Difference]:
    seen: set[int] = set()
    for source in registry.sources():
        for thing in source.things():
            yield from _compare(answer(thing, source), seen)
    rows = Entry.everything.order_by("pk").values_list("pk", "kind", "key", "language")
    for pk, kind, key, language in rows.iterator():
        if pk not in seen:
            yield Difference(kind, f"{kind} {key} {language}: nothing public stands for it", key=key)
    yield from current_engine().differences()


def repair(found: Sequence[Difference]) -> None:
    """Say anew what is public about these things, and tell the engines again of these entries."""
    keys = {one.key for one in found if one.key}
    things = list(registry.things_of(sorted(keys)))
    actions.index_all(things)
    actions.remove_keys(keys.difference(map(registry.key_of, things)))
    actions.write_again(sorted({one.entry_id for one in found if one.entry_id}))


def _compare(said: Answer, seen: set[int]) -> Iterator[Difference]:
    if said.draft is None:
        return
    wanted = entry_of(said)
    named = f"{wanted.kind} {wanted.key} {wanted.language}"
    row = Entry.everything.filter(kind=wanted.kind, key=wanted.key, language=wanted.language).first()
    if row is None:
        yield Difference(wanted.kind, f"{named}: missing", key=wanted.key)
        return
    seen.add(row.pk)
    wrong = [name for name in COMPARED if getattr(row, name) != getattr(wanted, name)]
    if wrong:
        yield Difference(wanted.kind, f"{named}: {', '.join(wrong)} differ", key=wanted.key)
