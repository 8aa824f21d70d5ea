"""What moderators do with topics."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from common.page_cache import drop
from forum import rules
from forum.actions.steps import NEW_TOPICS, changed, check, count, locked_with, moderated, reindex_topics, tally
from forum.boards import KnownBoard
from forum.enums import Pin, Standing, State
from forum.models import Post, Topic


@transaction.atomic
def approve(post: Post, *, by: User) -> Post:
    """It gets its number only now: nobody saw it before."""
    topic, post = locked_with(post)
    check(post.is_waiting and rules.can_moderate(by, rules.board_of(topic)) and topic.standing != Standing.REMOVED)
    topic.standing = post.standing = Standing.SHOWN
    post.number = topic.last_number + 1
    post.save(update_fields=["standing", "number"])
    count(topic, post)
    log(instance=topic, action="forum.approve", user=by, data={"post": post.pk})
    return post


@transaction.atomic
def pin_topic(topic: Topic, pin: Pin, *, by: User) -> None:
    topic = moderated(topic, by)
    topic.pin = pin
    topic.save(update_fields=["pin"])
    log(instance=topic, action="forum.pin", user=by, data={"pin": pin})
    changed(topic)


@transaction.atomic
def set_state(topic: Topic, state: State, *, by: User) -> None:
    """Lock, archive or open again."""
    topic = moderated(topic, by)
    topic.state = state
    topic.save(update_fields=["state"])
    log(instance=topic, action="forum.state", user=by, data={"state": state})
    changed(topic)


@transaction.atomic
def move_topic(topic: Topic, board: KnownBoard, *, by: User) -> None:
    topic = moderated(topic, by)
    check(rules.can_moderate(by, board))
    before = topic.board_id
    if before == board.pk:
        return
    topic.board_id = board.pk
    topic.save(update_fields=["board"])
    if topic.is_shown:
        for pk, sign in sorted([(before, -1), (board.pk, 1)]):
            tally(pk, topics=sign, posts=sign * (topic.replies + 1))
    log(instance=topic, action="forum.move", user=by, data={"from": before, "to": board.pk})
    reindex_topics([topic])
    drop(NEW_TOPICS)
    changed(topic)
