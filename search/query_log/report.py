"""What people look for, read for the media team. Nothing that fewer than three visits asked for within the period."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, F, FloatField, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils import timezone

from search.models import AskedFor

LEAST = 3  # visits, or days: what only one or two people ever asked for is theirs
PERIODS = (7, 28, 90, 180)  # days
LATE_RANK = 4.0  # below what most people see at once
LEAST_CLICKS = 3
RECENT, BEFORE = 7, 28  # days
LEAST_RECENT = 5  # visits: below, a few people are a wave
RISE = 1.5
BATCH = 500
MOST_LINES = 5_000

Rows = QuerySet[Any, Any]  # dictionaries: AskedFor, grouped


@dataclass(frozen=True)
class Line:
    """One text in one language. ``hits`` when it was last asked without filters; None where it never was.

    ``usual``: visits in a week of the four before the last seven days.
    """

    text: str
    language: str
    visits: int
    asked: int
    clicks: int
    last_day: date
    hits: int | None
    mean_rank: float | None
    worst_rank: int
    usual: float | None = None


def top(language: str, days: int) -> Rows:
    return _grouped(language, days).order_by("-people", "-times", "text", "language")


def rising(language: str, days: int = 0) -> Rows:
    """The last seven days beside the 28 before them, whatever the period."""
    turn = timezone.localdate() - timedelta(days=RECENT)
    recent = Coalesce(Sum("visits", filter=Q(day__gt=turn)), 0)
    before = Coalesce(Sum("visits", filter=Q(day__lte=turn)), 0)
    rows = _grouped(language, RECENT + BEFORE).annotate(
        recent=recent, usual=Cast(before, FloatField()) * Value(RECENT / BEFORE)
    )
    risen = rows.filter(recent__gte=LEAST_RECENT, recent__gt=F("usual") * Value(RISE))
    return risen.annotate(rise=F("recent") - F("usual")).order_by("-rise", "text", "language")


def nothing(language: str, days: int) -> Rows:
    """Nothing was found, without any filters, when it was asked last."""
    plain = _grouped(language, days, filters="")
    rows = plain.annotate(found=Max("day", filter=Q(hits__gt=0)), missed=Max("day", filter=Q(hits=0)))
    missed = Q(missed__isnull=False) & (Q(found=None) | Q(missed__gt=F("found")))
    return rows.filter(missed).order_by("-people", "-times", "text", "language")


def late(language: str, days: int) -> Rows:
    """What they open stands far down."""
    rows = _grouped(language, days).filter(opened__gte=LEAST_CLICKS, mean__gte=LATE_RANK)
    return rows.order_by("-mean", "-people", "text", "language")


LISTS: dict[str, Callable[[str, int], Rows]] = {"top": top, "rising": rising, "nothing": nothing, "late": late}


def lines(rows: Iterable[dict[str, Any]]) -> Iterator[Line]:
    """A query more for each batch."""
    remaining = iter(rows)
    while some := list(islice(remaining, BATCH)):
        hits = _last_hits({row["text"] for row in some})
        yield from (_line(row, hits) for row in some)


def _grouped(language: str, days: int, **narrowed: str) -> Rows:
    """By text and language, with what several of them show."""
    asked = AskedFor.objects.filter(day__gt=timezone.localdate() - timedelta(days=days), **narrowed)
    if language:
        asked = asked.filter(language=language)
    rows = asked.values("text", "language").annotate(
        people=Sum("visits"),
        days=Count("day", distinct=True),
        times=Sum("asked"),
        opened=Sum("clicks"),
        mean=Cast(Sum("rank_sum"), FloatField()) / NullIf(Sum("clicks"), 0),
        worst=Max("rank_worst"),
        last=Max("day"),
    )
    return rows.filter(Q(people__gte=LEAST) | Q(days__gte=LEAST))


def _last_hits(texts: set[str]) -> dict[tuple[str, str], int]:
    plain = AskedFor.objects.filter(filters="")
    newest = plain.filter(text=OuterRef("text"), language=OuterRef("language")).order_by("-day").values("day")[:1]
    rows = plain.filter(text__in=texts, day=Subquery(newest)).values_list("text", "language", "hits")
    return {(text, language): hits for text, language, hits in rows}


def _line(row: dict[str, Any], hits: dict[tuple[str, str], int]) -> Line:
    return Line(
        text=row["text"],
        language=row["language"],
        visits=row.get("recent", row["people"]),
        asked=row["times"],
        clicks=row["opened"],
        last_day=row["last"],
        hits=hits.get((row["text"], row["language"])),
        mean_rank=row["mean"],
        worst_rank=row["worst"],
        usual=row.get("usual"),
    )
