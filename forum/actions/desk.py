"""Deciding what lies on the desk: one thing at a time, by one moderator at a time."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forum import rules
from forum.actions import people
from forum.actions.moderating import approve
from forum.actions.safety import log_decision, settle
from forum.actions.steps import check
from forum.actions.telling import tell_of_decision
from forum.actions.undoing import topics_of, undo
from forum.actions.writing import remove
from forum.enums import Deed, Ground, Matter
from forum.errors import DecidedError, NotAllowedError, TakenError
from forum.models import Appeal, Case, Decision, Post, Topic

HELD_FOR = timedelta(minutes=15)  # then others may take what somebody took and left


def take(case: Case, *, by: User) -> None:
    """By condition: of two who press the button at once, one gets it."""
    check(rules.can_decide(by, case))
    now = timezone.now()
    free = Q(taken_by=None) | Q(taken_by=by) | Q(taken_at__lt=now - HELD_FOR)
    if Case.objects.filter(free, pk=case.pk, closed_at=None).update(taken_by=by, taken_at=now) == 0:
        _refuse(Case.objects.select_related("taken_by", "decision__by").get(pk=case.pk), by)


def put_back(case: Case, *, by: User) -> None:
    Case.objects.filter(pk=case.pk, taken_by=by).update(taken_by=None, taken_at=None)


@transaction.atomic
def decide(case: Case, deed: Deed, *, by: User, ground: Ground | str = "", reason: str = "") -> Decision:
    """``deed``: one of ``rules.deeds_for(case)``. Refused while somebody else is at it, and where it is decided."""
    case = _locked(case)
    check(rules.can_decide(by, case) and deed in rules.deeds_for(case))
    _refuse(case, by)
    if case.matter == Matter.APPEAL:
        return _judge(case, _appealed(case), deed, by, reason)
    if deed == Deed.KEEP:
        settle(log_decision(_thing(case), deed, by=by, reason=reason), pk=case.pk)
    elif case.post:
        approve(case.post, by=by) if deed == Deed.APPROVE else remove(case.post, by=by, ground=ground, reason=reason)
    elif case.person and deed == Deed.SHOW_PROFILE:
        people.show_profile(case.person, by=by, reason=reason)
    elif case.person:
        people.hide_profile(case.person, by=by, ground=ground, reason=reason)
    return Decision.objects.get(pk=Case.objects.values("decision").get(pk=case.pk)["decision"])


def _locked(case: Case) -> Case:
    """Topics before cases, people before cases: as wherever both are locked."""
    about = Case.objects.select_related("post", "appealed").get(pk=case.pk)
    topics = {about.post.topic_id} if about.post else set()
    topics |= topics_of(about.appealed) if about.appealed else set()
    list(Topic.objects.select_for_update().filter(pk__in=topics).order_by("pk"))
    if about.person_id:
        User.objects.select_for_update(no_key=True).get(pk=about.person_id)
    Case.objects.select_for_update().get(pk=case.pk)
    related = ("post__topic", "person", "taken_by", "decision__by", "appealed__topic", "appealed__post__topic")
    return Case.objects.select_related(*related).get(pk=case.pk)


def _refuse(case: Case, by: User) -> None:
    if case.closed_at:
        if case.decision is None or case.decision.by is None:
            raise NotAllowedError
        raise DecidedError(case.decision.by.get_full_name(), case.decision.get_deed_display())
    if case.taken_by and case.taken_by != by and case.taken_at and case.taken_at > timezone.now() - HELD_FOR:
        raise TakenError(case.taken_by.get_full_name())


def _thing(case: Case) -> Post | User:
    """One of them it is: the database sees to that."""
    thing = case.post or case.person
    assert thing is not None  # noqa: S101
    return thing


def _appealed(case: Case) -> Decision:
    assert case.appealed is not None  # noqa: S101
    return case.appealed


def _judge(case: Case, appealed: Decision, deed: Deed, by: User, reason: str) -> Decision:
    thing = appealed.post or appealed.topic or _thing(case)
    after = {"undone": undo(appealed, by=by)} if deed == Deed.OVERTURN else {}
    before = {"decision": appealed.pk}
    outcome = log_decision(thing, deed, by=by, reason=reason, before=before, after=after, person_id=appealed.person_id)
    Appeal.objects.filter(decision=appealed).update(outcome=outcome)
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now(), decision=outcome)
    tell_of_decision(outcome)
    return outcome
