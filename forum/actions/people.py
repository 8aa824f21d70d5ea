"""What moderators do about people, and people about each other."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.page_cache import drop
from forum import rules
from forum.actions.safety import log_decision, open_case, settle
from forum.actions.steps import check
from forum.actions.telling import tell_of_decision
from forum.boards import KnownBoard
from forum.enums import Deed, Ground, Matter, Penalty
from forum.models import Block, Decision, Note, Post, Sanction

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)
DEEDS = {Penalty.WARNING: Deed.WARN, Penalty.SILENCE: Deed.SILENCE, Penalty.BAN: Deed.BAN}


@transaction.atomic
def sanction(
    person: User,
    penalty: Penalty,
    *,
    by: User,
    reason: str,
    ground: Ground | str = "",
    days: int = 0,
    post: Post | None = None,
) -> Sanction:
    """Told to the person in these words. A warning may come from a board's moderator, the rest from the network's."""
    person = _locked(person)
    check(rules.can_sanction(by, person, penalty, post))
    until = timezone.now() + timedelta(days=days) if penalty == Penalty.SILENCE else None
    named: dict[str, Any] = {"post": post, "topic": post.topic, "board_id": post.topic.board_id} if post else {}
    decision = log_decision(
        person,
        DEEDS[penalty],
        by=by,
        ground=ground,
        reason=reason,
        after={"until": until.isoformat()} if until else {},
        **named,
    )
    made = Sanction.objects.create(person=person, penalty=penalty, until=until, decision=decision)
    _sum_up(person)
    tell_of_decision(decision)
    return made


@transaction.atomic
def lift(sanction: Sanction, *, by: User, reason: str = "") -> Decision:
    person = _locked(sanction.person)
    sanction = Sanction.objects.select_related("person").get(pk=sanction.pk)
    check(rules.can_lift(by, sanction))
    decision = log_decision(person, Deed.LIFT, by=by, reason=reason, before={"penalty": sanction.penalty})
    take_back(sanction)
    tell_of_decision(decision)
    return decision


def take_back(sanction: Sanction) -> None:
    Sanction.objects.filter(pk=sanction.pk, lifted_at=None).update(lifted_at=timezone.now())
    _sum_up(sanction.person)


@transaction.atomic
def write_note(person: User, text: str, *, by: User, board: KnownBoard | None = None) -> Note:
    """Of a board's moderator it belongs to the board: those of other boards don't read it."""
    check(rules.can_write_note(by, board))
    log_decision(person, Deed.NOTE, by=by, reason=text, board_id=board.pk if board else None)
    return Note.objects.create(person=person, by=by, board_id=board.pk if board else None, text=text)


@transaction.atomic
def hide_profile(person: User, *, by: User, ground: Ground | str = "", reason: str = "") -> Decision:
    """The page is closed; opened again by its owner, it waits on the desk. The words before are in the log."""
    person = _locked(person)
    check(rules.can_hold_profile(by, person))
    before = {"name": person.display_name, "bio": person.bio, "shown": person.show_profile}
    person.profile_held_at, person.show_profile = timezone.now(), False
    person.save(update_fields=["profile_held_at", "show_profile"])
    decision = log_decision(person, Deed.HIDE_PROFILE, by=by, ground=ground, reason=reason, before=before)
    settle(decision, person=person)
    tell_of_decision(decision)
    return decision


@transaction.atomic
def show_profile(person: User, *, by: User, reason: str = "") -> Decision:
    person = _locked(person)
    check(rules.can_hold_profile(by, person))
    decision = log_decision(person, Deed.SHOW_PROFILE, by=by, reason=reason, after={"bio": person.bio})
    release_profile(person)
    settle(decision, person=person, matter=Matter.PROFILE)
    tell_of_decision(decision)
    return decision


def release_profile(person: User) -> None:
    person.profile_held_at, person.show_profile = None, True
    person.save(update_fields=["profile_held_at", "show_profile"])


@transaction.atomic
def look_at_profile(person: User) -> None:
    """After its owner has saved it."""
    person = _locked(person)
    if person.profile_held_at and person.show_profile:
        open_case(Matter.PROFILE, person=person)
    elif not person.show_profile:
        settle(None, person=person, matter=Matter.PROFILE)


@transaction.atomic
def block(person: User, *, by: User) -> None:
    check(rules.can_block(by, person))
    Block.objects.bulk_create([Block(person=by, blocked=person)], ignore_conflicts=True)
    drop(blocks_tag(by.pk))


@transaction.atomic
def unblock(person: User, *, by: User) -> bool:
    """Whether they were blocked."""
    gone = Block.objects.filter(person=by, blocked=person).delete()[0]
    drop(blocks_tag(by.pk))
    return gone > 0


def blocks_tag(pk: int) -> str:
    return f"blocks:{pk}"


def _locked(person: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _sum_up(person: User) -> None:
    """Until when somebody is silent, by all that is in force: the page reads it with the person, without a question."""
    in_force = Sanction.objects.filter(person=person, lifted_at=None).exclude(penalty=Penalty.WARNING)
    ends = [one.until or FOR_EVER for one in in_force]
    person.silent_until = max(ends, default=None)
    User.objects.filter(pk=person.pk).update(silent_until=person.silent_until)
