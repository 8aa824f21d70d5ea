"""Paging by key: page N costs what the first one costs, and nothing is missed or shown twice when something new comes.

For rows that are ordered by a moment or a whole number and their primary key: the highest first, or the lowest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import DateTimeField, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
Key = tuple[datetime | int, int]
KEY_FORMAT = "%Y%m%dT%H%M%S.%f"
LONGEST = 60


@dataclass(frozen=True)
class KeyPage(Generic[Row]):
    items: Sequence[Row]
    older: str  # the key to go on from; empty where there is nothing more
    newer: str


def page_by_key(
    rows: QuerySet[Any], field: str, *, size: int, before: str = "", after: str = "", lowest_first: bool = False
) -> KeyPage[Any]:
    """`before` and `after` are the keys that an earlier page gave; others count as none."""
    dated = isinstance(rows.model._meta.get_field(field), DateTimeField)
    down, up = (f"-{field}", "-pk"), (field, "pk")
    on, back = ("gt", "lt") if lowest_first else ("lt", "gt")
    onward, backward = (up, down) if lowest_first else (down, up)
    ordered = rows.order_by(*onward)
    if key := _parse(after, dated):
        found = list(reversed(ordered.filter(_beyond(field, key, back)).order_by(*backward)[: size + 1]))
        more, found = len(found) > size, found[-size:]
        return KeyPage(found, _key(found[-1], field) if found else "", _key(found[0], field) if more else "")
    key = _parse(before, dated)
    found = list((ordered.filter(_beyond(field, key, on)) if key else ordered)[: size + 1])
    more, found = len(found) > size, found[:size]
    return KeyPage(found, _key(found[-1], field) if more else "", _key(found[0], field) if key and found else "")


def _beyond(field: str, key: Key, side: str) -> Q:
    """Twice the moment: the plain comparison is what an index range is read by."""
    return Q(**{f"{field}__{side}e": key[0]}) & (
        Q(**{f"{field}__{side}": key[0]}) | Q(**{field: key[0], f"pk__{side}": key[1]})
    )


def _key(row: Any, field: str) -> str:
    value = getattr(row, field)
    said = f"{value.astimezone(UTC):{KEY_FORMAT}}" if isinstance(value, datetime) else str(value)
    return f"{said}-{row.pk}"


def _parse(text: str, dated: bool) -> Key | None:
    said, _, pk = text[:LONGEST].partition("-")
    try:
        value = datetime.strptime(said, KEY_FORMAT).replace(tzinfo=UTC) if dated else int(said)
        return value, int(pk)
    except ValueError:
        return None
