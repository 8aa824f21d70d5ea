"""Paging by key: page N costs what the first one costs, and nothing is missed or shown twice when something new comes.

For rows that are ordered by a moment and their primary key, newest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
KEY_FORMAT = "%Y%m%dT%H%M%S.%f"
LONGEST = 60


@dataclass(frozen=True)
class KeyPage(Generic[Row]):
    items: Sequence[Row]
    older: str  # the key to go on from; empty where there is nothing more
    newer: str


def page_by_key(rows: QuerySet[Any], field: str, *, size: int, before: str = "", after: str = "") -> KeyPage[Any]:
    """`before` and `after` are the keys that an earlier page gave; others count as none."""
    ordered = rows.order_by(f"-{field}", "-pk")
    if key := _parse(after):
        found = list(reversed(ordered.filter(_beyond(field, key, "gt")).order_by(field, "pk")[: size + 1]))
        more, found = len(found) > size, found[-size:]
        return KeyPage(found, _key(found[-1], field) if found else "", _key(found[0], field) if more else "")
    key = _parse(before)
    found = list((ordered.filter(_beyond(field, key, "lt")) if key else ordered)[: size + 1])
    more, found = len(found) > size, found[:size]
    return KeyPage(found, _key(found[-1], field) if more else "", _key(found[0], field) if key and found else "")


def _beyond(field: str, key: tuple[datetime, int], side: str) -> Q:
    """Twice the moment: the plain comparison is what an index range is read by."""
    return Q(**{f"{field}__{side}e": key[0]}) & (
        Q(**{f"{field}__{side}": key[0]}) | Q(**{field: key[0], f"pk__{side}": key[1]})
    )


def _key(row: Any, field: str) -> str:
    return f"{getattr(row, field).astimezone(UTC):{KEY_FORMAT}}-{row.pk}"


def _parse(text: str) -> tuple[datetime, int] | None:
    moment, _, pk = text[:LONGEST].partition("-")
    try:
        return datetime.strptime(moment, KEY_FORMAT).replace(tzinfo=UTC), int(pk)
    except ValueError:
        return None
