"""Asking moderators to look, and saying that a decision was wrong."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import rules
from forum.actions.safety import open_case
from forum.actions.steps import check, locked_with
from forum.enums import Ground, Matter
from forum.errors import PaceError
from forum.models import Appeal, Case, Decision, Post, Report

MOST_REPORTS = 30  # of one person in a day
DAY = 86_400


@transaction.atomic
def report_post(post: Post, ground: Ground | str, words: str = "", *, by: User) -> Report:
    """Once while it is open: who reports again changes nothing."""
    _topic, post = locked_with(post)
    check(rules.can_report_post(by, post))
    return _report(open_case(Matter.REPORT, post=post), ground, words, by)


@transaction.atomic
def report_person(person: User, ground: Ground | str, words: str = "", *, by: User) -> Report:
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    check(rules.can_report_person(by, person))
    return _report(open_case(Matter.REPORT, person=person), ground, words, by)


@transaction.atomic
def appeal(decision: Decision, words: str, *, by: User) -> Appeal:
    """The desk gets it back; rules.can_judge says who may decide it."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # sent twice, it is one
    check(rules.can_appeal(by, decision))
    made = Appeal.objects.create(decision=decision, words=words)
    Case.objects.filter(appealed=decision).delete()
    open_case(Matter.APPEAL, appealed=decision, post=decision.post, person=by)
    return made


def _report(case: Case, ground: str, words: str, by: User) -> Report:
    if known := Report.objects.filter(case=case, by=by).first():
        return known
    since = timezone.now() - timedelta(days=1)
    if Report.objects.filter(by=by, at__gt=since).count() >= MOST_REPORTS:
        raise PaceError(DAY)
    return Report.objects.create(case=case, by=by, ground=ground, words=words)
