"""Writes. Each owns its transaction: it locks the topic, asks the rules, writes, counts, tells the index and the cache.

Whoever needs several rows locks the topic first, then boards' tallies in the order of their numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from accounts.models import User
from common import markdown
from common.page_cache import drop
from forum import queries, rules
from forum.boards import KnownBoard
from forum.enums import Kind, Pin, Standing, State
from forum.errors import AddressNotConfirmedError, ClosedError, NotAllowedError
from forum.models import Edit, Post, Reaction, ReadMark, Tag, Tally, Topic
from search import actions as index

ABOUT_PAGES = "about"  # tag of pages that show what is said of them
NEW_TOPICS = "topics"  # tag of what lists all topics: a reply doesn't change it


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say. ``ticket`` names the form: sent twice, it says it once."""

    source: str
    title: str = ""
    kind: str = Kind.DISCUSSION
    language: str = ""
    tags: tuple[str, ...] = ()
    page: Page | None = None
    ticket: UUID | None = None


@transaction.atomic
def start_topic(board: KnownBoard, draft: Draft, *, by: User) -> Post:
    if sent := _sent_before(draft, by):
        return sent
    _check(rules.can_start(by, board) and draft.kind in board.kinds)
    _check_address(by)
    standing = Standing.WAITING if rules.must_wait(by, board) else Standing.SHOWN
    try:
        with transaction.atomic():
            topic = Topic.objects.create(
                board_id=board.pk,
                kind=draft.kind,
                title=draft.title,
                language=board.language or draft.language,
                author=by,
                page=draft.page,
                standing=standing,
            )
            topic.tags.set(_tags(draft.tags))
            post = _write(topic, draft, by=by, standing=standing)
    except IntegrityError:  # the same form, sent twice at once
        if sent := _sent_before(draft, by):
            return sent
        raise
    if post.is_shown:
        _count(topic, post)
    mark_read(by, topic, topic.last_number)
    return post


@transaction.atomic
def reply(topic: Topic, draft: Draft, *, by: User) -> Post:
    topic = _locked(topic)
    if sent := _sent_before(draft, by):
        return sent
    if not rules.can_reply(by, topic):
        raise NotAllowedError if topic.is_open else ClosedError
    _check_address(by)
    waits = rules.must_wait(by, rules.board_of(topic))
    post = _write(topic, draft, by=by, standing=Standing.WAITING if waits else Standing.SHOWN)
    if post.is_shown:
        _count(topic, post)
        mark_read(by, topic, topic.last_number)
    return post


@transaction.atomic
def approve(post: Post, *, by: User) -> Post:
    """It gets its number only now: nobody saw it before."""
    topic, post = _locked_with(post)
    _check(post.is_waiting and rules.can_moderate(by, rules.board_of(topic)) and topic.standing != Standing.REMOVED)
    topic.standing = post.standing = Standing.SHOWN
    post.number = topic.last_number + 1
    post.save(update_fields=["standing", "number"])
    _count(topic, post)
    log(instance=topic, action="forum.approve", user=by, data={"post": post.pk})
    return post


@transaction.atomic
def edit(post: Post, draft: Draft, *, by: User) -> Post:
    """The words before stay in the history. Title and tags are those of the topic: they change with its first post."""
    topic, post = _locked_with(post)
    _check(rules.can_edit(by, post))
    first = is_first(post)
    title = draft.title if first and draft.title else topic.title
    if (post.source, topic.title) != (draft.source, title):
        _keep_history(post, topic if title != topic.title else None, by=by)
        post.source, post.html = draft.source, _html(topic, draft.source)
        post.edited_at = timezone.now()
        post.save(update_fields=["source", "html", "edited_at"])
    if first:
        topic.tags.set(_tags(draft.tags))
        _retitle(topic, title)
    index.index(post)
    _changed(topic)
    return post


@transaction.atomic
def remove(post: Post, *, by: User, reason: str = "") -> None:
    """Leaves a trace: number, moment, who and why; moderators still read it. The first post takes its topic along."""
    topic, post = _locked_with(post)
    _check(rules.can_remove(by, post))
    was_shown = post.is_shown
    post.standing, post.removed_at, post.removed_by, post.reason = Standing.REMOVED, timezone.now(), by, reason
    post.save(update_fields=["standing", "removed_at", "removed_by", "reason"])
    if is_first(post):
        _take_down(topic)
    elif was_shown:
        _take_out(topic, post)
    if by.pk != post.author_id:
        log(instance=topic, action="forum.remove", user=by, data={"post": post.pk, "reason": reason})
    index.remove(post)
    _changed(topic)


@transaction.atomic
def react(post: Post, kind: str, *, by: User, on: bool) -> None:
    _check(rules.can_react(by, post))
    if on:
        Reaction.objects.bulk_create([Reaction(post=post, person=by, kind=kind)], ignore_conflicts=True)
    else:
        Reaction.objects.filter(post=post, person=by, kind=kind).delete()
    drop(topic_tag(post.topic_id))


@transaction.atomic
def accept_answer(post: Post, *, by: User, on: bool = True) -> None:
    """One at most: another one takes its place."""
    topic, post = _locked_with(post)
    _check(rules.can_accept(by, topic) and post.is_shown and not is_first(post))
    if on:
        topic.accepted = post
    elif topic.accepted_id == post.pk:
        topic.accepted = None
    topic.save(update_fields=["accepted"])
    _changed(topic)


@transaction.atomic
def pin_topic(topic: Topic, pin: Pin, *, by: User) -> None:
    topic = _moderated(topic, by)
    topic.pin = pin
    topic.save(update_fields=["pin"])
    log(instance=topic, action="forum.pin", user=by, data={"pin": pin})
    _changed(topic)


@transaction.atomic
def set_state(topic: Topic, state: State, *, by: User) -> None:
    """Lock, archive or open again."""
    topic = _moderated(topic, by)
    topic.state = state
    topic.save(update_fields=["state"])
    log(instance=topic, action="forum.state", user=by, data={"state": state})
    _changed(topic)


@transaction.atomic
def move_topic(topic: Topic, board: KnownBoard, *, by: User) -> None:
    topic = _moderated(topic, by)
    _check(rules.can_moderate(by, board))
    before = topic.board_id
    if before == board.pk:
        return
    topic.board_id = board.pk
    topic.save(update_fields=["board"])
    if topic.is_shown:
        for pk, sign in sorted([(before, -1), (board.pk, 1)]):
            _tally(pk, topics=sign, posts=sign * (topic.replies + 1))
    log(instance=topic, action="forum.move", user=by, data={"from": before, "to": board.pk})
    reindex_topics([topic])
    drop(NEW_TOPICS)
    _changed(topic)


def mark_read(person: User, topic: Topic, number: int) -> None:
    """Never back: an earlier page doesn't make later posts unread."""
    marks = ReadMark.objects.filter(person=person, topic=topic)
    if not marks.filter(number__lt=number).update(number=number) and not marks.exists():
        ReadMark.objects.bulk_create([ReadMark(person=person, topic=topic, number=number)], ignore_conflicts=True)


def reindex_topics(topics: Iterable[Topic]) -> None:
    """After who may read them, their titles or their language changed."""
    for topic in topics:
        index.index_all(topic.posts.select_related("topic").order_by("pk").iterator(chunk_size=200))


def topic_tag(pk: int) -> str:
    return f"talk:{pk}"


def is_first(post: Post) -> bool:
    """Also while it waits: it has no number then, and the topic has none either."""
    return post.number == 1 or (post.number is None and post.topic.last_number == 0)


# --- inside ---------------------------------------------------------------------------------------------------------
def _check(allowed: bool) -> None:
    if not allowed:
        raise NotAllowedError


def _check_address(person: User) -> None:
    if not rules.has_confirmed_address(person):
        raise AddressNotConfirmedError


def _locked(topic: Topic) -> Topic:
    return Topic.objects.select_for_update().get(pk=topic.pk)


def _locked_with(post: Post) -> tuple[Topic, Post]:
    topic = Topic.objects.select_for_update().get(pk=post.topic_id)
    fresh = Post.objects.get(pk=post.pk)
    fresh.topic = topic
    return topic, fresh


def _moderated(topic: Topic, by: User) -> Topic:
    topic = _locked(topic)
    _check(rules.can_moderate(by, rules.board_of(topic)))
    return topic


def _sent_before(draft: Draft, by: User) -> Post | None:
    if draft.ticket is None:
        return None
    return Post.objects.filter(ticket=draft.ticket, author=by).select_related("topic").first()


def _write(topic: Topic, draft: Draft, *, by: User, standing: Standing) -> Post:
    return Post.objects.create(
        topic=topic,
        number=topic.last_number + 1 if standing == Standing.SHOWN else None,
        author=by,
        source=draft.source,
        html=_html(topic, draft.source),
        standing=standing,
        ticket=draft.ticket,
    )


def _html(topic: Topic, source: str) -> str:
    people = queries.names_in(topic) if "@" in source else set()
    return markdown.render(source, people)


def _count(topic: Topic, post: Post) -> None:
    """The topic is locked, so its last number is the one that was given out last."""
    topic.last_number = post.number or 0
    topic.replies += post.number != 1
    topic.last_posted_at, topic.last_author_id = timezone.now(), post.author_id
    topic.save(update_fields=["standing", "last_number", "replies", "last_posted_at", "last_author"])
    _tally(topic.board_id, topics=int(post.number == 1), posts=1)
    if post.number == 1:
        drop(NEW_TOPICS)
    index.index(post)
    _changed(topic)


def _take_out(topic: Topic, post: Post) -> None:
    topic.replies -= 1
    if topic.accepted_id == post.pk:
        topic.accepted = None
    last = topic.posts.filter(standing=Standing.SHOWN).order_by("-number").first()
    if last:
        topic.last_posted_at, topic.last_author_id = last.posted_at, last.author_id
    topic.save(update_fields=["replies", "accepted", "last_posted_at", "last_author"])
    _tally(topic.board_id, topics=0, posts=-1)


def _take_down(topic: Topic) -> None:
    if topic.is_shown:
        _tally(topic.board_id, topics=-1, posts=-(topic.replies + 1))
    topic.standing = Standing.REMOVED
    topic.save(update_fields=["standing"])
    drop(NEW_TOPICS)
    reindex_topics([topic])


def _tally(board_id: int, *, topics: int, posts: int) -> None:
    Tally.objects.bulk_create([Tally(board_id=board_id)], ignore_conflicts=True)
    Tally.objects.filter(board_id=board_id).update(topics=F("topics") + topics, posts=F("posts") + posts)


def _keep_history(post: Post, topic: Topic | None, *, by: User) -> None:
    Edit.objects.create(post=post, by=by, source=post.source, html=post.html, title=topic.title if topic else "")


def _retitle(topic: Topic, title: str) -> None:
    if title != topic.title:
        topic.title = title
        topic.save(update_fields=["title"])
        reindex_topics([topic])


def _tags(names: Iterable[str]) -> list[Tag]:
    wanted = list(dict.fromkeys(name.lower() for name in names))
    Tag.objects.bulk_create([Tag(name=name) for name in wanted], ignore_conflicts=True)
    return list(Tag.objects.filter(name__in=wanted))


def _changed(topic: Topic) -> None:
    drop("forum", topic_tag(topic.pk), *([ABOUT_PAGES] if topic.page_id else []))
