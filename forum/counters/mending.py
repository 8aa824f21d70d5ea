"""What has to be locked before something is mended, and mending where it is more than storing a number."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from django.db.models import F, Max
from django.utils import timezone

from accounts.models import User
from common.page_cache import drop
from forum.actions import DESK
from forum.counters.recount import Wrong, write
from forum.enums import Cause, Matter, Standing
from forum.models import Case, Post, ReadMark, Tally, Topic
from search import actions as index


# --- locks ------------------------------------------------------------------------------------------------------------
def lock_topics(pks: Sequence[int]) -> None:
    list(Topic.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))


def lock_topics_and_where_they_lead(pks: Sequence[int]) -> None:
    lead = Topic.objects.filter(merged__in=pks).values_list("pk", flat=True)
    lock_topics([*pks, *lead])


def lock_topics_of(model: Any) -> Callable[[Sequence[int]], None]:
    """Of posts, marks or cases."""
    path = "post__topic" if model is Case else "topic"
    return lambda pks: lock_topics(list(model._default_manager.filter(pk__in=pks).values_list(path, flat=True)))


def lock_people(pks: Sequence[int]) -> None:
    list(User.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values_list("pk"))


def lock_tallies(pks: Sequence[int]) -> None:
    Tally.objects.bulk_create([Tally(board_id=pk) for pk in pks], ignore_conflicts=True)
    list(Tally.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))


# --- topics -----------------------------------------------------------------------------------------------------------
def carry_posts_over(wrong: Sequence[Wrong]) -> None:
    """As a merge does. The topics that they come to are counted next."""
    for topic in Topic.objects.filter(pk__in=[one.pk for one in wrong]).order_by("pk"):
        last = Post.objects.filter(topic=topic.merged_into_id).aggregate(last=Max("number"))["last"] or 0
        came = list(topic.posts.values_list("pk", flat=True))
        topic.posts.update(topic=topic.merged_into_id, number=F("number") + last)
        index.index_all(Post.objects.filter(pk__in=came).select_related("topic").order_by("pk"))


def count_topics(wrong: Sequence[Wrong]) -> None:
    for one in wrong:
        last, _replies, numbers = one.counted
        if last != numbers:
            _close_gaps(one.pk, last)
    counted = [Wrong(one.pk, one.name, one.stored, (one.counted[2], one.counted[1])) for one in wrong]
    write(Topic, "last_number", "replies")(counted)


def _close_gaps(topic: int, last: int) -> None:
    """What stands after a gap moves up to it, with the marks of those who have read so far."""
    posts, marks = Post.objects.filter(topic=topic), ReadMark.objects.filter(topic=topic)
    numbers = [number or 0 for number in posts.exclude(number=None).order_by("number").values_list("number", flat=True)]
    begins = [later for one, later in pairwise([0, *numbers]) if later != one + 1]
    for begin, end in pairwise([*begins, last + 1]):
        moved = {"number__gte": begin, "number__lt": end}
        step = begin - 1 - numbers.index(begin)
        posts.filter(**moved).update(number=F("number") + last)  # out of the way: each number is there once
        posts.filter(number__gte=begin + last, number__lt=end + last).update(number=F("number") - last - step)
        marks.filter(**moved).update(number=F("number") - step)


# --- desk and boards --------------------------------------------------------------------------------------------------
def lay_on_the_desk(wrong: Sequence[Wrong]) -> None:
    posts = Post.objects.filter(pk__in=[one.pk for one in wrong]).select_related("topic")
    Case.objects.bulk_create([Case(matter=_matter(post), cause=Cause.BOARD, post=post) for post in posts])
    drop(DESK)


def take_off_the_desk(wrong: Sequence[Wrong]) -> None:
    Case.objects.filter(pk__in=[one.pk for one in wrong]).update(closed_at=timezone.now())
    drop(DESK)


def write_tallies(wrong: Sequence[Wrong]) -> None:
    rows = [Tally(board_id=one.pk, topics=one.counted[0], posts=one.counted[1]) for one in wrong]
    Tally.objects.bulk_update(rows, ["topics", "posts"])


def _matter(post: Post) -> Matter:
    return Matter.TOPIC if post.topic.standing == Standing.WAITING else Matter.POST
