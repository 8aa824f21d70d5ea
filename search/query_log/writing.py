"""Writes what a process has counted. Everything by increments: several processes write the same rows."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from search.models import AskedFor
from search.query_log import visits
from search.query_log.buffer import Click, Count, Row

KEPT_DAYS = 180
MOST_ROWS_A_DAY = 20_000


def write(counts: dict[Row, Count], clicks: list[Click]) -> None:
    _tell_visits_apart(counts)
    _keep_first_ones(clicks)
    with transaction.atomic():
        _make_missing(counts)
        for row in sorted(counts):  # in one order, so that two processes never wait for each other
            count = counts[row]
            AskedFor.objects.filter(**row._asdict()).update(
                hits=count.hits, asked=F("asked") + count.asked, visits=F("visits") + count.new_visits
            )
        for click in sorted(clicks):
            _add_click(click.row, click.rank)


def clear_old(today: date | None = None) -> int:
    """How many rows went."""
    oldest = (today or timezone.localdate()) - timedelta(days=KEPT_DAYS)
    return AskedFor.objects.filter(day__lt=oldest).delete()[0]


def _tell_visits_apart(counts: dict[Row, Count]) -> None:
    for row, count in counts.items():
        while count.visits:
            count.new_visits += visits.is_first(count.visits.pop(), row.day)


def _make_missing(counts: dict[Row, Count]) -> None:
    """Without counts. Past the most of a day nothing new is begun: nobody can fill the table by asking."""
    room = {day: MOST_ROWS_A_DAY - AskedFor.objects.filter(day=day).count() for day in {row.day for row in counts}}
    missing = []
    for row in sorted(counts):
        if room[row.day] > 0:
            room[row.day] -= 1
            missing.append(AskedFor(**row._asdict(), hits=counts[row].hits))
    AskedFor.objects.bulk_create(missing, ignore_conflicts=True)


def _keep_first_ones(clicks: list[Click]) -> None:
    """Pressed again and again, a result counts once for each visit. Asked once, also where the writing fails."""
    clicks[:] = [
        click._replace(visit=b"") for click in clicks if not click.visit or visits.is_first(click.visit, click.row.day)
    ]


def _add_click(row: Row, rank: int) -> None:
    """Of a search that was written down; another one adds nothing."""
    AskedFor.objects.filter(**row._asdict()).update(
        clicks=F("clicks") + 1, rank_sum=F("rank_sum") + rank, rank_worst=Greatest(F("rank_worst"), Value(rank))
    )
