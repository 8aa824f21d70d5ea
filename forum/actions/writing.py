"""Start, reply, change, remove, react: what people do with posts."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from common.page_cache import drop
from forum import rules, tasks
from forum.actions import watching
from forum.actions.steps import (
    Draft,
    changed,
    check,
    check_address,
    count,
    html,
    is_first,
    keep_history,
    locked,
    locked_with,
    retitle,
    sent_before,
    tags,
    take_down,
    take_out,
    topic_tag,
    write,
)
from forum.boards import KnownBoard
from forum.enums import Standing
from forum.errors import ClosedError, NotAllowedError
from forum.models import Post, Reaction, ReadMark, Topic
from search import actions as index


@transaction.atomic
def start_topic(board: KnownBoard, draft: Draft, *, by: User) -> Post:
    if sent := sent_before(draft, by):
        return sent
    check(rules.can_start(by, board) and draft.kind in board.kinds)
    check_address(by)
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
            topic.tags.set(tags(draft.tags))
            post = write(topic, draft, by=by, standing=standing)
    except IntegrityError:  # the same form, sent twice at once
        if sent := sent_before(draft, by):
            return sent
        raise
    if post.is_shown:
        count(topic, post)
    mark_read(by, topic, topic.last_number)
    watching.follow_own(by, topic, started=True)
    return post


@transaction.atomic
def reply(topic: Topic, draft: Draft, *, by: User) -> Post:
    topic = locked(topic)
    if sent := sent_before(draft, by):
        return sent
    if not rules.can_reply(by, topic):
        raise NotAllowedError if topic.is_open else ClosedError
    check_address(by)
    waits = rules.must_wait(by, rules.board_of(topic))
    post = write(topic, draft, by=by, standing=Standing.WAITING if waits else Standing.SHOWN)
    if post.is_shown:
        count(topic, post)
        mark_read(by, topic, topic.last_number)
    watching.follow_own(by, topic, started=False)
    return post


@transaction.atomic
def edit(post: Post, draft: Draft, *, by: User) -> Post:
    """The words before stay in the history. Title and tags are those of the topic: they change with its first post."""
    topic, post = locked_with(post)
    check(rules.can_edit(by, post))
    first = is_first(post)
    title = draft.title if first and draft.title else topic.title
    if (post.source, topic.title) != (draft.source, title):
        keep_history(post, topic if title != topic.title else None, by=by)
        post.source, post.html = draft.source, html(topic, draft.source)
        post.edited_at = timezone.now()
        post.save(update_fields=["source", "html", "edited_at"])
    if first:
        topic.tags.set(tags(draft.tags))
        retitle(topic, title)
    if post.is_shown:
        tasks.tell_of_edit.enqueue(post.pk)
    index.index(post)
    changed(topic)
    return post


@transaction.atomic
def remove(post: Post, *, by: User, reason: str = "") -> None:
    """Leaves a trace: number, moment, who and why; moderators still read it. The first post takes its topic along."""
    topic, post = locked_with(post)
    check(rules.can_remove(by, post))
    was_shown, was_waiting = post.is_shown, post.is_waiting
    post.standing, post.removed_at, post.removed_by, post.reason = Standing.REMOVED, timezone.now(), by, reason
    post.save(update_fields=["standing", "removed_at", "removed_by", "reason"])
    if is_first(post):
        take_down(topic)
    elif was_shown:
        take_out(topic, post)
    if was_waiting:
        watching.stop_waiting(post)
    if by.pk != post.author_id:
        log(instance=topic, action="forum.remove", user=by, data={"post": post.pk, "reason": reason})
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
    if on:
        topic.accepted = post
    elif topic.accepted_id == post.pk:
        topic.accepted = None
    topic.save(update_fields=["accepted"])
    if on:
        watching.tell_of_help(post, by=by)
    changed(topic)


def mark_read(person: User, topic: Topic, number: int) -> None:
    """Never back: an earlier page doesn't make later posts unread."""
    marks = ReadMark.objects.filter(person=person, topic=topic)
    if not marks.filter(number__lt=number).update(number=number) and not marks.exists():
        ReadMark.objects.bulk_create([ReadMark(person=person, topic=topic, number=number)], ignore_conflicts=True)
