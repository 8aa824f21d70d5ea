"""Finding what differs, and mending it: the same way for everything that is kept twice.

Each question is one statement, so it is answered rightly also while people write: what comes in between is in both
sides of it or in neither. What differs is locked, asked about once more, and mended.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import Combinable

BATCH = 5_000  # rows that are asked about at once
MENDED_AT_ONCE = 500


@dataclass(frozen=True)
class Difference:
    thing: str
    stored: tuple[Any, ...]
    counted: tuple[Any, ...]

    def __str__(self) -> str:
        return f"{self.thing}: stored {_said(self.stored)}, counted {_said(self.counted)}"


@dataclass(frozen=True)
class Wrong:
    """``name``: what the thing is called in the report."""

    pk: int
    name: Any
    stored: tuple[Any, ...]
    counted: tuple[Any, ...]


@dataclass(frozen=True)
class Recount:
    """``pairs``: field → (what is stored, what is counted). ``locks``: what writers of it hold, by its keys."""

    thing: str
    rows: Callable[[], QuerySet[Any]]
    pairs: Mapping[str, tuple[Combinable, Combinable]]
    lock: Callable[[Sequence[int]], object]
    mend: Callable[[Sequence[Wrong]], object]
    name: str = "pk"

    def find(self, rows: QuerySet[Any]) -> list[Wrong]:
        stored = {f"stored_{number}": pair[0] for number, pair in enumerate(self.pairs.values())}
        counted = {f"counted_{number}": pair[1] for number, pair in enumerate(self.pairs.values())}
        wrong = Q()
        for one, other in zip(stored, counted, strict=True):
            wrong |= _differ(one, other)
        found = rows.annotate(**stored).annotate(**counted).filter(wrong).order_by("pk")
        half = len(self.pairs)
        return [
            Wrong(pk, name, tuple(values[:half]), tuple(values[half:]))
            for pk, name, *values in found.values_list("pk", self.name, *stored, *counted)
        ]


def differences(*, mend: bool = False) -> Iterator[Difference]:
    """What leads elsewhere comes first, then topics: boards are counted by what their topics say."""
    from forum.counters.recounts import RECOUNTS

    for recount in RECOUNTS:
        for batch in _batches(recount.rows()):
            wrong = recount.find(batch)
            if mend:
                wrong = [one for some in _some(wrong) for one in _mend(recount, some)]
            yield from (Difference(f"{recount.thing} {one.name}", one.stored, one.counted) for one in wrong)


@transaction.atomic
def _mend(recount: Recount, pks: Sequence[int]) -> list[Wrong]:
    recount.lock(pks)
    wrong = recount.find(recount.rows().filter(pk__in=pks))
    if wrong:
        recount.mend(wrong)
    return wrong


def write(model: type[Model], *names: str) -> Callable[[Sequence[Wrong]], object]:
    """Mends by storing what was counted: the first of it in the first field, and so on."""

    def mend(wrong: Sequence[Wrong]) -> None:
        rows = [model(pk=one.pk, **dict(zip(names, one.counted, strict=False))) for one in wrong]
        model._default_manager.bulk_update(rows, names, batch_size=MENDED_AT_ONCE)

    return mend


def _differ(one: str, other: str) -> Q:
    """Also where only one of them is empty."""
    empty, full = ({f"{name}__isnull": is_null for name in (one, other)} for is_null in (True, False))
    return (Q(**full) & ~Q(**{one: F(other)})) | ~(Q(**full) | Q(**empty))


def _batches(rows: QuerySet[Any]) -> Iterator[QuerySet[Any]]:
    """By ranges of keys, so that no list of them is sent to and fro."""
    last = 0
    while True:
        rest = rows.filter(pk__gt=last)
        edge = rest.order_by("pk").values_list("pk", flat=True)[BATCH - 1 : BATCH].first()
        if edge is None:
            yield rest
            return
        yield rest.filter(pk__lte=edge)
        last = edge


def _some(wrong: Sequence[Wrong]) -> Iterator[list[int]]:
    for begin in range(0, len(wrong), MENDED_AT_ONCE):
        yield [one.pk for one in wrong[begin : begin + MENDED_AT_ONCE]]


def _said(values: Sequence[Any]) -> str:
    """As a tuple of plain values: moments in ISO."""
    plain = tuple(value.isoformat() if hasattr(value, "isoformat") else value for value in values)
    return str(plain)
