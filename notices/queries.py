"""Reads: the centre by key, what is unread."""

from django.db.models import QuerySet

from accounts.models import User
from common.keyset import KeyPage, page_by_key
from notices import kinds
from notices.enums import Group
from notices.models import Notice, Preferences

ON_A_PAGE = 30
MOST_COUNTED = 100  # more than that is "99+" to everybody


def unread_threads(person: User) -> list[str]:
    """Of each unread notice the thread, of at most a hundred of them: one look into a small index."""
    unread = Notice.objects.filter(person=person, read_at=None)
    return list(unread.values_list("thread", flat=True)[:MOST_COUNTED])


def unread_page(person: User, *, before: str = "", after: str = "") -> KeyPage[Notice]:
    return _page(_of(person).filter(read_at=None), before, after)


def read_page(person: User, *, before: str = "", after: str = "") -> KeyPage[Notice]:
    return _page(_of(person).filter(read_at__isnull=False), before, after)


def find(person: User, pk: int) -> Notice | None:
    return _of(person).filter(pk=pk).first()


def preferences_of(person: User) -> Preferences:
    return Preferences.objects.filter(person=person).first() or Preferences(person=person)


def find_thread(pk: int) -> Notice | None:
    """By a letter's link, whoever follows it: only while the account is open."""
    found = Notice.objects.filter(pk=pk, kind__in=kinds.known(), person__is_active=True)
    return found.select_related("person", "actor").first()


def has_duties(person: User) -> bool:
    """Whether anything ever waited for this person as a moderator."""
    duties = [name for name in kinds.known() if kinds.of(name).group == Group.DUTIES]
    return Notice.objects.filter(person=person, kind__in=duties).exists()


def _of(person: User) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person, kind__in=kinds.known()).select_related("actor")


def _page(notices: QuerySet[Notice], before: str, after: str) -> KeyPage[Notice]:
    return page_by_key(notices, "made_at", size=ON_A_PAGE, before=before, after=after)
