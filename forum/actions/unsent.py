"""Keep what people are writing until they send it, throw it away or forget about it."""

from datetime import timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forum.errors import OtherWordsError
from forum.models import Unsent
from forum.places import Place
from forum.queries import unsent as queries

MOST_UNSENT = 50  # of one person; the oldest go


@transaction.atomic
def keep(person: User, place: Place, words: dict[str, str], *, ticket: UUID | None, seen: UUID | None) -> Unsent | None:
    """Other words that the writer hasn't seen are not written over. None where there is nothing to keep any more.

    The person's row is locked: what two devices keep at once is kept one after the other.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    known = queries.unsent_at(person, str(place))
    if known and not _is_continued(known, ticket, seen):
        raise OtherWordsError(known)
    if not any(words.values()):
        throw_away(person, place)
        return None
    fresh = Unsent(person=person, place=str(place), words=words, ticket=ticket)
    kept, made = Unsent.objects.update_or_create(
        person=person,
        place=fresh.place,
        defaults={"words": words, "ticket": ticket, "mark": fresh.mark, "saved_at": fresh.saved_at},
    )
    if made:
        _forget_beyond(person)
    return kept


@transaction.atomic
def throw_away(person: User, place: Place) -> None:
    Unsent.objects.filter(person=person, place=str(place)).delete()


def forget_sent(person: User, *, ticket: UUID | None, seen: UUID | None) -> None:
    """In the transaction that posts it. Words of another device that the writer hasn't seen stay."""
    known = {"ticket": ticket, "mark": seen}
    sent = [Q(**{name: value}) for name, value in known.items() if value]
    if sent:
        Unsent.objects.filter(reduce(or_, sent), person=person).delete()


@transaction.atomic
def forget_all(person: User) -> None:
    Unsent.objects.filter(person=person).delete()


def forget_old() -> None:
    since = timezone.now() - timedelta(days=settings.FORUM_DRAFT_DAYS)
    Unsent.objects.filter(saved_at__lt=since).delete()


def _is_continued(known: Unsent, ticket: UUID | None, seen: UUID | None) -> bool:
    return known.mark == seen or (known.ticket is not None and known.ticket == ticket)


def _forget_beyond(person: User) -> None:
    own = Unsent.objects.filter(person=person).order_by("-saved_at", "-pk")
    too_many = list(own.values_list("pk", flat=True)[MOST_UNSENT:])
    if too_many:
        Unsent.objects.filter(pk__in=too_many).delete()
