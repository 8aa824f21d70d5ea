"""What moderators do with topics."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.page_cache import drop
from forum import boards, rules
from forum.actions.indexing import index_move
from forum.actions.safety import log_decision, settle, waits_again
from forum.actions.steps import (
    NEW_TOPICS,
    changed,
    check,
    count,
    is_first,
    locked_with,
    moderated,
    put_back,
    put_up,
    tally,
)
from forum.actions.telling import tell_of_decision
from forum.boards import KnownBoard
from forum.enums import Deed, Pin, Standing, State
from forum.models import Decision, Post, Topic


@transaction.atomic
def approve(post: Post, *, by: User) -> Post:
    """It gets its number only now: nobody saw it before."""
    topic, post = locked_with(post)
    check(post.is_waiting and rules.can_moderate(by, rules.board_of(topic)) and topic.standing != Standing.REMOVED)
    _show(topic, post)
    decision = log_decision(
        post, Deed.APPROVE, by=by, before={"standing": Standing.WAITING}, after={"number": post.number}
    )
    settle(decision, post=post)
    tell_of_decision(decision)
    return post


@transaction.atomic
def restore(post: Post, *, by: User, reason: str = "", told: bool = True) -> Post:
    """With its number, where it has one. With its first post comes the topic."""
    topic, post = locked_with(post)
    check(rules.can_restore(by, post))
    first = is_first(post)
    before = {"standing": Standing.REMOVED, "reason": post.reason}
    post.removed_at, post.removed_by, post.reason = None, None, ""
    if post.number is None:
        _show(topic, post, "removed_at", "removed_by", "reason")
    else:
        post.standing = Standing.SHOWN
        post.save(update_fields=["standing", "removed_at", "removed_by", "reason"])
        put_up(topic) if first else put_back(topic, post)
    if first:
        waits_again(topic)
    _accept_again(topic, post)
    decision = log_decision(post, Deed.RESTORE, by=by, reason=reason, before=before, after={"number": post.number})
    if told:
        tell_of_decision(decision)
    changed(topic)
    return post


def _show(topic: Topic, post: Post, *changed: str) -> None:
    """Nobody has seen it before: it is posted now, so that numbers and moments have the same order."""
    topic.standing = post.standing = Standing.SHOWN
    post.number, post.posted_at = topic.last_number + 1, timezone.now()
    post.save(update_fields=["standing", "number", "posted_at", *changed])
    count(topic, post)


def _accept_again(topic: Topic, post: Post) -> None:
    """An answer that helped does so again, unless another one has taken its place."""
    removal = post.decisions.filter(deed=Deed.REMOVE).order_by("-pk").first()
    if removal and removal.before.get("accepted") and topic.accepted_id is None:
        topic.accepted = post
        topic.save(update_fields=["accepted"])


@transaction.atomic
def pin_topic(topic: Topic, pin: Pin, *, by: User) -> None:
    topic = moderated(topic, by)
    before, topic.pin = topic.pin, pin
    topic.save(update_fields=["pin"])
    log_decision(topic, Deed.PIN, by=by, before={"pin": before}, after={"pin": pin})
    changed(topic)


@transaction.atomic
def set_state(topic: Topic, state: State, *, by: User, reason: str = "", told: bool = True) -> None:
    """Lock, archive or open again."""
    topic = moderated(topic, by)
    before, topic.state = topic.state, state
    if before == state:
        return
    topic.save(update_fields=["state"])
    decision = log_decision(topic, Deed.STATE, by=by, reason=reason, before={"state": before}, after={"state": state})
    if told:
        tell_of_decision(decision)
    changed(topic)


@transaction.atomic
def move_topic(topic: Topic, board: KnownBoard, *, by: User, reason: str = "") -> None:
    topic = moderated(topic, by)
    check(rules.can_moderate(by, board))
    if topic.board_id != board.pk:
        tell_of_decision(put_on(topic, board, by=by, reason=reason))


def put_on(topic: Topic, board: KnownBoard, *, by: User, reason: str = "") -> Decision:
    """Within the transaction of the caller, who has locked the topic and asked the rules."""
    before = topic.board_id
    topic.board_id = board.pk
    topic.save(update_fields=["board"])
    if topic.is_shown:
        for pk, sign in sorted([(before, -1), (board.pk, 1)]):
            tally(pk, topics=sign, posts=sign * (topic.replies + 1))
    decision = log_decision(topic, Deed.MOVE, by=by, reason=reason, before={"board": before}, after={"board": board.pk})
    index_move(topic, boards.by_pk(before), board)
    drop(NEW_TOPICS)
    changed(topic)
    return decision
