"""When each thing could first be found by everybody: what a saved search takes for new.

Neither ``published`` nor ``version`` tells that: the one may lie in the past, the other grows with every rewrite. So
the worker notes each thing once, however often it is written anew or translated. What went away soon after it came is
forgotten, so that it is news when it comes back; whoever was told of it before is not told again (models.Told).
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from search.enums import Access
from search.models import Arrival, Entry, Reached

NAME = "arrivals"
BATCH = 1_000
LATE = 30 * 60 * 1_000_000  # microseconds: entries of a long transaction come with versions of its beginning
SETTLED = timedelta(minutes=10)  # until then a thing may still be on its way: to us, or to an engine that lags
RECENT = timedelta(days=31)  # no search that still waits to tell looks further back


def note() -> int:
    """What came since the last time. Safe to repeat, and for several at once; returns how many things were new."""
    reached, _ = Reached.objects.get_or_create(name=NAME)
    newest = Entry.objects.aggregate(newest=Max("version"))["newest"] or 0
    earliest = _nothing_earlier() if reached.version else None  # what was there before anybody counted is old
    place, noted = (reached.version - LATE, 0), 0
    while some := _written_after(*place):
        place = some[-1][:2]
        noted += _note(some, earliest)
    Reached.objects.filter(name=NAME, version__lt=newest).update(version=newest)
    return noted


def forget_gone() -> int:
    """What came lately and is not public any more."""
    public = Entry.objects.filter(access=Access.PUBLIC, translation_key=OuterRef("thing"))
    recent = Arrival.objects.filter(at__gte=timezone.now() - RECENT)
    return recent.exclude(Exists(public)).delete()[0]


def entries_between(after: datetime, until: datetime) -> frozenset[int]:
    """Entries of what came after the first moment and not after the second, in all languages."""
    things = Arrival.objects.filter(at__gt=after, at__lte=until).values("thing")
    public = Entry.objects.filter(access=Access.PUBLIC, translation_key__in=things)
    return frozenset(public.values_list("pk", flat=True))


def _nothing_earlier() -> datetime:
    """However late something is noticed: what has been told up to a moment ends before this one."""
    return timezone.now() - SETTLED / 2


def _written_after(version: int, pk: int) -> list[tuple[int, int, str]]:
    newer = Q(version__gt=version) | Q(version=version, pk__gt=pk)
    public = Entry.objects.filter(newer, access=Access.PUBLIC).order_by("version", "pk")
    return list(public.values_list("version", "pk", "translation_key")[:BATCH])


@transaction.atomic
def _note(some: Iterable[tuple[int, int, str]], earliest: datetime | None) -> int:
    came = {thing: datetime.fromtimestamp(version / 1_000_000, UTC) for version, _pk, thing in reversed(list(some))}
    known = set(Arrival.objects.filter(thing__in=came).values_list("thing", flat=True))
    new = [
        Arrival(thing=thing, at=max(moment, earliest) if earliest else moment)
        for thing, moment in came.items()
        if thing not in known
    ]
    Arrival.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)
