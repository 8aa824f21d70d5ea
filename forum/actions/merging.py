"""Two topics become one, or posts of one become a topic of their own. Numbers that were given out never shift.

A post keeps its row, and with it address, history, reactions, reports and decisions: only topic and number change.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Subquery

from accounts.models import User
from common.page_cache import drop
from forum import rules
from forum.actions import watching
from forum.actions.indexing import index_merge, reindex_topics
from forum.actions.safety import log_decision
from forum.actions.steps import NEW_TOPICS, changed, check, find_last, moderated, tally
from forum.actions.telling import tell_of_decision
from forum.boards import KnownBoard
from forum.enums import Deed, Kind, Standing, State
from forum.models import Post, ReadMark, Topic, Watch
from notices import actions as notices

MOST_SPLIT = 200
BATCH = 500


@transaction.atomic
def merge_topics(topic: Topic, into: Topic, *, by: User, reason: str = "") -> Topic:
    """Its posts follow those of the other one, with the next numbers. It stays, empty, and leads there.

    Both are locked in the order of their numbers: who is replying just then waits, and replies to the other one.
    """
    locked = {one.pk: one for one in _locked_all([topic.pk, into.pk])}
    source, target = locked[topic.pk], locked[into.pk]
    if source.merged_into_id == target.pk:
        return target
    check(rules.can_merge_topics(by, source, target))
    offset = target.last_number
    before = {"posts": source.last_number, "board": source.board_id, "accepted": source.accepted_id}
    _carry_marks(source, target, offset)
    source.posts.update(topic=target, number=F("number") + offset)
    _count_merged(source, target)
    Topic.objects.filter(merged_into=source).update(merged_into=target)
    watching.carry_watches(source, target)
    notices.change_thread(watching.thread_of(source.pk), watching.thread_of(target.pk))
    after = {"into": target.pk, "title": target.title, "first_number": offset + 1}
    tell_of_decision(log_decision(source, Deed.MERGE, by=by, reason=reason, before=before, after=after))
    index_merge(source, target, offset + 1)
    drop(NEW_TOPICS)
    changed(source)
    changed(target)
    return target


@transaction.atomic
def split_topic(
    topic: Topic, numbers: Sequence[int], board: KnownBoard, title: str, *, by: User, reason: str = ""
) -> Topic:
    """Posts of these numbers become a topic, in their order. In their old places stands that they were moved."""
    topic = moderated(topic, by)
    posts = list(topic.posts.filter(number__in=numbers).order_by("number"))
    check(rules.can_split(by, topic) and rules.can_split_to(by, board))
    check(0 < len(posts) <= MOST_SPLIT and len(posts) == len(set(numbers)))
    check(all(post.is_shown and post.number != 1 for post in posts))
    places = [post.number or 0 for post in posts]
    new = _begin(topic, posts, board, title)
    for number, post in enumerate(posts, start=1):
        post.topic, post.number = new, number
    Post.objects.bulk_update(posts, ["topic", "number"], batch_size=BATCH)
    _leave_places(topic, posts, places)
    _count_split(topic, new, posts)
    _follow_split(topic, new, posts, places)
    _log_split(topic, new, posts, places, by=by, reason=reason)
    reindex_topics([new])
    drop(NEW_TOPICS)
    changed(topic)
    changed(new)
    return new


def _locked_all(pks: Sequence[int]) -> list[Topic]:
    return list(Topic.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


# --- merge ------------------------------------------------------------------------------------------------------------
def _carry_marks(source: Topic, target: Topic, offset: int) -> None:
    """Whoever has read all of the one has read as much of what comes as they had read of the other."""
    read = ReadMark.objects.filter(topic=source, person=OuterRef("person"))
    done = ReadMark.objects.filter(Exists(read), topic=target, number__gte=offset)
    done.update(number=offset + Subquery(read.values("number")[:1]))
    ReadMark.objects.filter(topic=source).delete()


def _count_merged(source: Topic, target: Topic) -> None:
    """The first post of the one is a reply now: what can be read there grows by its replies and one."""
    came = source.replies + 1
    for pk, topics, posts in sorted([(source.board_id, -1, -came), (target.board_id, 0, came)]):
        tally(pk, topics=topics, posts=posts)
    if target.kind == Kind.QUESTION and target.accepted_id is None:
        target.accepted_id = source.accepted_id
    if source.last_posted_at >= target.last_posted_at:
        target.last_posted_at, target.last_author_id = source.last_posted_at, source.last_author_id
    target.last_number += source.last_number
    target.replies += came
    target.save(update_fields=["accepted", "last_posted_at", "last_author", "last_number", "replies"])
    source.standing, source.state, source.merged_into = Standing.MOVED, State.LOCKED, target
    source.accepted, source.last_number, source.replies = None, 0, 0
    source.save(update_fields=["standing", "state", "merged_into", "accepted", "last_number", "replies"])


# --- split ------------------------------------------------------------------------------------------------------------
def _begin(topic: Topic, posts: Sequence[Post], board: KnownBoard, title: str) -> Topic:
    first, last = posts[0], max(posts, key=lambda post: (post.posted_at, post.number))
    kinds = [kind for kind in board.kinds if kind != Kind.PROPOSAL]
    kind = topic.kind if topic.kind in kinds else kinds[0]
    moved = {post.pk for post in posts[1:]}
    new = Topic.objects.create(
        board_id=board.pk,
        kind=kind,
        title=title,
        language=board.language or topic.language,
        author_id=first.author_id,
        page_id=topic.page_id,
        accepted_id=topic.accepted_id if kind == Kind.QUESTION and topic.accepted_id in moved else None,
        started_at=first.posted_at,
        last_number=len(posts),
        replies=len(posts) - 1,
        last_posted_at=last.posted_at,
        last_author_id=last.author_id,
    )
    new.tags.set(topic.tags.all())
    return new


def _leave_places(topic: Topic, posts: Sequence[Post], places: Sequence[int]) -> None:
    """Rows without words and author: the numbers after them stay what they are."""
    left = (
        Post(topic=topic, number=number, standing=Standing.MOVED, moved_to=post, posted_at=post.posted_at)
        for post, number in zip(posts, places, strict=True)
    )
    Post.objects.bulk_create(left, batch_size=BATCH)


def _count_split(topic: Topic, new: Topic, posts: Sequence[Post]) -> None:
    topic.replies -= len(posts)
    if topic.accepted_id in {post.pk for post in posts}:
        topic.accepted = None
    find_last(topic)
    topic.save(update_fields=["replies", "accepted", "last_posted_at", "last_author"])
    for pk, topics, change in sorted([(topic.board_id, 0, -len(posts)), (new.board_id, 1, len(posts))]):
        tally(pk, topics=topics, posts=change)


def _follow_split(topic: Topic, new: Topic, posts: Sequence[Post], places: Sequence[int]) -> None:
    """What was read and what is followed stays so; what was told of these posts belongs to the new topic."""
    marks = ReadMark.objects.filter(topic=topic, number__gte=places[0]).values_list("person", "number")
    read = (
        ReadMark(person_id=person, topic=new, number=bisect_right(places, number))
        for person, number in marks.iterator(chunk_size=BATCH)
    )
    ReadMark.objects.bulk_create(read, batch_size=BATCH, ignore_conflicts=True)
    watches = Watch.objects.filter(topic=topic).values_list("person", "mode", "by_itself")
    follow = (
        Watch(person_id=person, topic=new, mode=mode, by_itself=own)
        for person, mode, own in watches.iterator(chunk_size=BATCH)
    )
    Watch.objects.bulk_create(follow, batch_size=BATCH, ignore_conflicts=True)
    keys = [f"{word}:{post.pk}" for post in posts for word in ("post", "helped")]
    notices.change_thread(watching.thread_of(topic.pk), watching.thread_of(new.pk), *keys)


def _log_split(
    topic: Topic, new: Topic, posts: Sequence[Post], places: Sequence[int], *, by: User, reason: str
) -> None:
    """A decision for each author, who is told of their own posts."""
    written = sorted(
        ((post.author_id or 0, number) for post, number in zip(posts, places, strict=True)), key=lambda one: one[0]
    )
    for author, own in groupby(written, key=lambda one: one[0]):
        before = {"topic": topic.pk, "title": topic.title, "numbers": [number for _author, number in own]}
        after = {"topic": new.pk, "board": new.board_id}
        decision = log_decision(
            new, Deed.SPLIT, by=by, reason=reason, before=before, after=after, person_id=author or None
        )
        tell_of_decision(decision)
