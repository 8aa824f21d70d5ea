"""Letters with notices: claimed, composed, sent.

A notice is claimed (``mailed_at``) and committed before its letter is handed to the mail server, and is set free again
only where that surely didn't take it. A worker that is killed in between loses one letter, of which everything stands
in the notice centre; nobody ever gets the same one twice, which the reader could not know from news.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from accounts.queries import closed_accounts
from accounts.rules import has_confirmed_address
from common.handing_over import Outcome, hand_over
from notices import kinds, letters, showing
from notices.models import Notice, Preferences

PEOPLE_AT_ONCE = 200
MOST_IN_A_LETTER = 200
PAUSE = timedelta(minutes=10)
GIVEN_UP_AFTER = timedelta(days=2)
DELETED_AT_ONCE = 1000


def send_due() -> int:
    """Every letter that is due. Several workers may do so at once: each person's notices are claimed by one of them."""
    now, sent = timezone.now(), 0
    connection = get_connection()
    try:
        while people := _people_with_due(now):
            for pk in people:
                person, claimed = _claim(pk, now)
                sent += bool(claimed) and _send(connection, person, claimed)
    finally:
        connection.close()
    return sent


def _people_with_due(now: datetime) -> list[int]:
    due = Notice.objects.filter(_due(now)).order_by("person").values_list("person", flat=True).distinct()
    return list(due[:PEOPLE_AT_ONCE])


def _due(now: datetime) -> Q:
    return Q(mail_at__lte=now, mailed_at=None, read_at=None)


@transaction.atomic
def _claim(pk: int, now: datetime) -> tuple[User, list[Notice]]:
    """All that is due, without what a letter told before that isn't read yet: one letter for each thread."""
    person = User.objects.select_for_update(no_key=True).get(pk=pk)
    due = Notice.objects.filter(_due(now), person=pk)
    found = list(due.select_related("actor").order_by("-made_at", "-pk")[:MOST_IN_A_LETTER])
    told = Notice.objects.filter(person=pk, read_at=None, mailed_at__isnull=False)
    known = set(told.filter(thread__in={notice.thread for notice in found}).values_list("thread", flat=True))
    chosen = [notice for notice in found if _may_be_mailed(notice, known)]
    Notice.objects.filter(pk__in=[notice.pk for notice in chosen]).update(mailed_at=now)
    due.update(mail_at=None)  # the rest: told already, or too much for a letter
    return person, chosen


def _may_be_mailed(notice: Notice, known_threads: set[str]) -> bool:
    if notice.kind not in kinds.known():
        return False
    return kinds.of(notice.kind).always or notice.thread not in known_threads


def _send(connection: BaseEmailBackend, person: User, claimed: Sequence[Notice]) -> bool:
    with override(person.language):
        told, hidden = showing.for_reader(person, claimed)
    if not person.is_active or not has_confirmed_address(person):
        told, hidden = [], list(claimed)
    _put_back(hidden, mail_at=None)
    if not told:
        return False
    try:
        outcome = hand_over(connection, letters.compose(person, told))
    except OSError:  # nothing has left
        _put_back(claimed, mail_at=timezone.now() + PAUSE)
        raise
    if outcome == Outcome.NOT_NOW and claimed[0].made_at > timezone.now() - GIVEN_UP_AFTER:
        _put_back(claimed, mail_at=timezone.now() + PAUSE)
    return outcome == Outcome.TAKEN


def _put_back(notices: Sequence[Notice], mail_at: datetime | None) -> None:
    if notices:
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=None, mail_at=mail_at)


def forget_old() -> int:
    """Notices that nobody will look for any more, and all of those who have closed their account."""
    limit = timezone.now() - timedelta(days=settings.NOTICES_KEPT_DAYS)
    gone = closed_accounts().values("pk")
    Preferences.objects.filter(person__in=gone).delete()
    return _delete(Q(made_at__lt=limit)) + _delete(Q(person__in=gone))


def _delete(which: Q) -> int:
    """Some at a time: nobody else waits for long."""
    count = 0
    while pks := list(Notice.objects.filter(which).order_by("pk").values_list("pk", flat=True)[:DELETED_AT_ONCE]):
        count += Notice.objects.filter(pk__in=pks).delete()[0]
    return count
