"""The log of decisions, and what lies on the moderators' desk. Each within the transaction of its caller."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from common.page_cache import drop
from forum.actions.telling import tell_reporters
from forum.enums import Cause, Deed, Ground, Matter, Standing
from forum.models import Case, Decision, Post, Topic

DESK = "desk"  # tag of whatever counts what lies there


def log_decision(
    thing: Topic | Post | User,
    deed: Deed,
    *,
    by: User,
    ground: Ground | str = "",
    reason: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    **more: Any,
) -> Decision:
    """Before and after are plain values, as far as the deed changed them. ``more``: a person's deed may name a post."""
    return Decision.objects.create(
        **(_what(thing) | more),
        deed=deed,
        by=by,
        ground=ground,
        reason=reason,
        before=before or {},
        after=after or {},
    )


def open_case(matter: Matter, *, cause: Cause | str = "", **about: Any) -> Case:
    """The one that is open already, if there is one. Whoever calls holds the lock of what it is about."""
    drop(DESK)
    case = Case.objects.filter(matter=matter, closed_at=None, **about).first()
    return case or Case.objects.create(matter=matter, cause=cause, **about)


def wait_on_desk(post: Post, cause: Cause | str) -> None:
    first = post.topic.last_number == 0 and post.topic.standing == Standing.WAITING
    open_case(Matter.TOPIC if first else Matter.POST, post=post, cause=cause)


def settle(decision: Decision | None, **about: Any) -> None:
    """What was open about it is decided: now by this decision, or by its author, who took it back."""
    now = timezone.now()
    open_ones = list(Case.objects.filter(closed_at=None, **about).exclude(matter=Matter.APPEAL))
    Case.objects.filter(pk__in=[case.pk for case in open_ones]).update(closed_at=now, decision=decision)
    if open_ones:
        tell_reporters([case.pk for case in open_ones if case.matter == Matter.REPORT], decision)
        drop(DESK)


def waits_again(topic: Topic) -> None:
    """Of a topic that comes back, what had been waiting waits on."""
    for post in topic.posts.filter(standing=Standing.WAITING):
        post.topic = topic
        wait_on_desk(post, Cause.BOARD)


def _what(thing: Topic | Post | User) -> dict[str, Any]:
    if isinstance(thing, Post):
        return {"board_id": thing.topic.board_id, "topic": thing.topic, "post": thing, "person_id": thing.author_id}
    if isinstance(thing, Topic):
        return {"board_id": thing.board_id, "topic": thing, "person_id": thing.author_id}
    return {"person": thing}
