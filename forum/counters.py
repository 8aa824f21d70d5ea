"""What is counted as people write, counted anew: both must agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max, Q, Sum

from forum.enums import Standing
from forum.models import Board, Post, Proposal, Tally, Topic

BATCH = 500


@dataclass(frozen=True)
class Difference:
    thing: str
    stored: tuple[int, ...]
    counted: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.thing}: stored {self.stored}, counted {self.counted}"


def differences(*, mend: bool = False) -> Iterator[Difference]:
    """Topics first: boards are counted by what their topics say."""
    last = 0
    while pks := list(Topic.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield from _topics(pks, mend=mend)
        last = pks[-1]
    last = 0
    while pks := list(Proposal.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield from _proposals(pks, mend=mend)
        last = pks[-1]
    for board in Board.objects.order_by("pk"):
        yield from _board(board, mend=mend)


@transaction.atomic
def _topics(pks: list[int], *, mend: bool) -> list[Difference]:
    """(last number, replies) of each. Numbers must also be dense: as many as the last one says."""
    topics = Topic.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    shown = Count("pk", filter=Q(standing=Standing.SHOWN, number__gt=1))
    rows = (
        Post.objects.filter(topic__in=pks)
        .values_list("topic")
        .annotate(Max("number"), replies=shown, numbered=Count("number"))
    )
    counted = {pk: (last or 0, replies, numbered) for pk, last, replies, numbered in rows.order_by()}
    found = []
    for topic in topics:
        last, replies, numbered = counted.get(topic.pk, (0, 0, 0))
        if (topic.last_number, topic.replies, topic.last_number) != (last, replies, numbered):
            found.append(
                Difference(
                    f"topic {topic.pk}",
                    (topic.last_number, topic.replies, topic.last_number),
                    (last, replies, numbered),
                )
            )
            if mend:
                Topic.objects.filter(pk=topic.pk).update(last_number=last, replies=replies)
    return found


@transaction.atomic
def _proposals(pks: list[int], *, mend: bool) -> list[Difference]:
    """(supports,) of each. Votes are given under the lock of the topic."""
    list(Topic.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    rows = Proposal.objects.filter(pk__in=pks).order_by("pk").annotate(counted=Count("support_rows"))
    wrong = [(row.pk, row.supports, row.counted) for row in rows if row.supports != row.counted]
    if mend:
        for pk, _stored, counted in wrong:
            Proposal.objects.filter(pk=pk).update(supports=counted)
    return [Difference(f"proposal {pk}", (stored,), (counted,)) for pk, stored, counted in wrong]


@transaction.atomic
def _board(board: Board, *, mend: bool) -> list[Difference]:
    """(topics, posts)."""
    tally = Tally.objects.select_for_update().filter(board=board).first() or Tally(board=board)
    shown = board.topics.filter(standing=Standing.SHOWN)
    topics, replies = shown.aggregate(topics=Count("pk"), replies=Sum("replies", default=0)).values()
    counted = (topics, topics + replies)
    stored = (tally.topics, tally.posts)
    if stored == counted:
        return []
    if mend:
        Tally.objects.update_or_create(board=board, defaults={"topics": counted[0], "posts": counted[1]})
    return [Difference(f"board {board.slug}", stored, counted)]
