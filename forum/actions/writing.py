"""Start, reply, change, remove, react: what people do with posts."""

from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from common.page_cache import drop, dropping_together
from forum import rules, tasks
from forum.actions import proposals, unsent, watching
from forum.actions.safety import log_decision, settle, wait_on_desk
from forum.actions.screening import check_what_is_new, screen
from forum.actions.steps import (
    Draft,
    Idea,
    changed,
    check,
    check_address,
    check_not_silent,
    count,
    hang,
    html,
    is_first,
    keep_history,
    likeness,
    locked,
    locked_with,
    pictures_to_show,
    retitle,
    sent_before,
    tags,
    take_down,
    take_out,
    topic_tag,
    write,
)
from forum.actions.telling import tell_of_decision
from forum.boards import KnownBoard
from forum.enums import Deed, Ground, Kind, Standing
from forum.errors import ClosedError, NotAllowedError, RefusedError
from forum.models import Post, Reaction, ReadMark, Topic
from search import actions as index


@transaction.atomic
def start_topic(board: KnownBoard, draft: Draft, *, by: User) -> Post:
    if sent := sent_before(draft, by):
        return sent
    check_not_silent(by)
    check(rules.can_start(by, board) and draft.kind in board.kinds)
    check_address(by)
    cause = screen(board, draft, by=by)
    standing = Standing.WAITING if cause else Standing.SHOWN
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
            topic.tags.set(tags(draft.tags))
            if topic.kind == Kind.PROPOSAL:
                proposals.begin(topic, draft.idea or Idea(draft.source))
            post = write(topic, draft, by=by, standing=standing)
    except IntegrityError:  # the same form, sent twice at once
        if sent := sent_before(draft, by):
            return sent
        raise
    if cause:
        wait_on_desk(post, cause)
    else:
        count(topic, post)
    _mark(by, topic, topic.last_number)
    watching.follow_own(by, topic, started=True)
    unsent.forget_sent(by, ticket=draft.ticket, seen=draft.seen)
    return post


def reply(topic: Topic, draft: Draft, *, by: User) -> Post:
    """To the topic that it was merged into, if that was quicker. The lock of the first is set free before."""
    while True:
        try:
            with dropping_together():
                return _reply(topic, draft, by=by)
        except _MergedAway as away:
            topic = away.into
        except (RefusedError, IntegrityError):
            if sent := sent_before(draft, by):  # the same form once more: the ticket is taken, or too soon after itself
                return sent
            raise


class _MergedAway(Exception):  # noqa: N818 - a way on, no error
    def __init__(self, into: Topic) -> None:
        self.into = into


@transaction.atomic
def _reply(topic: Topic, draft: Draft, *, by: User) -> Post:
    topic = locked(topic)
    if topic.merged_into:
        raise _MergedAway(topic.merged_into)
    check_not_silent(by)
    if not rules.can_reply(by, topic):
        raise NotAllowedError if topic.is_open else ClosedError
    check_address(by)
    cause = screen(rules.board_of(topic), draft, by=by)
    post = write(topic, draft, by=by, standing=Standing.WAITING if cause else Standing.SHOWN)
    if cause:
        wait_on_desk(post, cause)
    else:
        count(topic, post)
        _mark(by, topic, topic.last_number)
    watching.follow_own(by, topic, started=False)
    unsent.forget_sent(by, ticket=draft.ticket, seen=draft.seen)
    return post


@transaction.atomic
def edit(post: Post, draft: Draft, *, by: User, told: bool = True) -> Post:
    """The words before stay in the history. Title and tags are those of the topic: they change with its first post."""
    topic, post = locked_with(post)
    check_not_silent(by)
    check(rules.can_edit(by, post))
    check_what_is_new(post, draft, by=by)
    first = is_first(post)
    title = draft.title if first and draft.title else topic.title
    before = words_of(post, topic)
    if (post.source, topic.title) != (draft.source, title):
        keep_history(post, topic if title != topic.title else None, by=by)
        pictures = pictures_to_show(draft.source, by=by, post=post)
        post.source, post.html = draft.source, html(topic, draft.source, pictures)
        hang(pictures, post)
        post.edited_at, post.likeness = timezone.now(), likeness(draft.source)
        post.save(update_fields=["source", "html", "edited_at", "likeness"])
    if first:
        topic.tags.set(tags(draft.tags))
        if topic.kind == Kind.PROPOSAL:
            proposals.reword(topic, draft.idea or Idea(draft.source))
        retitle(topic, title)
    if by.pk != post.author_id and (after := words_of(post, topic)) != before:
        decision = log_decision(post, Deed.EDIT, by=by, before=before, after=after)
        if told:
            tell_of_decision(decision)
    unsent.forget_sent(by, ticket=draft.ticket, seen=draft.seen)
    if post.is_shown:
        tasks.tell_of_edit.enqueue(post.pk)
    index.index(post)
    changed(topic)
    return post


@transaction.atomic
def remove(post: Post, *, by: User, reason: str = "", ground: Ground | str = "") -> None:
    """Leaves a trace: number, moment, who and why; moderators still read it. The first post takes its topic along."""
    topic, post = locked_with(post)
    check(rules.can_remove(by, post))
    was_shown, was_waiting, first = post.is_shown, post.is_waiting, is_first(post)
    before = {"standing": post.standing, "number": post.number, "accepted": topic.accepted_id == post.pk}
    post.standing, post.removed_at, post.removed_by, post.reason = Standing.REMOVED, timezone.now(), by, reason
    post.save(update_fields=["standing", "removed_at", "removed_by", "reason"])
    if first:
        take_down(topic)
    elif was_shown:
        take_out(topic, post)
    if was_waiting:
        watching.stop_waiting(post)
    decision = None
    if by.pk != post.author_id:
        words = words_of(post, topic)
        decision = log_decision(post, Deed.REMOVE, by=by, ground=ground, reason=reason, before=before | words)
        tell_of_decision(decision)
    settle(decision, **({"post__topic": topic} if first else {"post": post}))
    index.remove(post)
    changed(topic)


@transaction.atomic
def react(post: Post, kind: str, *, by: User, on: bool) -> None:
    check(rules.can_react(by, post))
    if on:
        Reaction.objects.bulk_create([Reaction(post=post, person=by, kind=kind)], ignore_conflicts=True)
    else:
        Reaction.objects.filter(post=post, person=by, kind=kind).delete()
    drop(topic_tag(post.topic_id))


@transaction.atomic
def accept_answer(post: Post, *, by: User, on: bool = True) -> None:
    """One at most: another one takes its place."""
    topic, post = locked_with(post)
    check(rules.can_accept(by, topic) and post.is_shown and not is_first(post))
    before = topic.accepted_id
    if on:
        topic.accepted = post
    elif topic.accepted_id == post.pk:
        topic.accepted = None
    topic.save(update_fields=["accepted"])
    if on:
        watching.tell_of_help(post, by=by)
    if by.pk != topic.author_id and before != topic.accepted_id:
        after = {"post": topic.accepted_id}
        tell_of_decision(log_decision(topic, Deed.ACCEPT, by=by, before={"post": before}, after=after))
    changed(topic)


def words_of(post: Post, topic: Topic) -> dict[str, Any]:
    """What the log keeps of a text that a moderator changes or takes away."""
    said: dict[str, Any] = {"source": post.source}
    if is_first(post):
        said |= {"title": topic.title, "tags": sorted(topic.tags.values_list("name", flat=True))}
        if topic.kind == Kind.PROPOSAL:
            said["idea"] = asdict(proposals.idea_of(topic))
    return said


def mark_read(person: User, topic: Topic, number: int) -> None:
    """Never back: an earlier page doesn't make later posts unread. Of a topic that is being merged away, nothing.

    A new mark waits for the lock of the topic: the merge has looked for marks before this one is there.
    """
    if _move_mark(person, topic, number):
        return
    with transaction.atomic():
        there = Topic.objects.select_for_update(no_key=True).filter(pk=topic.pk, last_number__gte=number)
        if there.values_list("pk").first():
            _mark(person, topic, number)


def _mark(person: User, topic: Topic, number: int) -> None:
    """The topic is locked."""
    if not _move_mark(person, topic, number):
        ReadMark.objects.bulk_create([ReadMark(person=person, topic=topic, number=number)], ignore_conflicts=True)


def _move_mark(person: User, topic: Topic, number: int) -> int:
    return ReadMark.objects.filter(person=person, topic=topic, number__lt=number).update(number=number)
