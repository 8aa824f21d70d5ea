"""Writes of saved searches. Whoever changes the list of one subscriber holds that subscriber's row."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.actions import post
from accounts.models import User
from common.digests import next_digest
from search.enums import Pace
from search.models import SavedSearch, Subscriber, Told
from search.query import Query
from search.saved import letters, news
from search.saved.asking import asked, key

MOST = 20
MOST_WAITING = 10  # unconfirmed ones of one address: more letters than that are somebody's prank


class TooManyError(Exception):
    """So many as one may have are there already."""


@transaction.atomic
def save(person: User, query: Query, pace: Pace) -> SavedSearch:
    """Once, however often it is asked for; what is there already takes the new pace."""
    subscriber, _created = Subscriber.objects.get_or_create(person=person)
    search = _saved(_held(subscriber.pk), query, pace)
    return _confirm(search, pace)


@transaction.atomic
def ask_to_confirm(email: str, query: Query, pace: Pace) -> None:
    """A letter to whoever reads that address. Nothing else leaves before they have said yes."""
    language = get_language() or "ru"
    made, _created = Subscriber.objects.get_or_create(person=None, email=email.lower(), defaults={"language": language})
    subscriber = _held(made.pk)
    if subscriber.searches.filter(confirmed_at=None).exclude(key=key(query)).count() >= MOST_WAITING:
        return
    search = _saved(subscriber, query, pace)
    post(subscriber.email, letters.to_confirm(search, pace, language))


@transaction.atomic
def confirm(pk: int, pace: Pace) -> SavedSearch | None:
    """None where it was removed meanwhile. Twice does no more than once."""
    found = SavedSearch.objects.filter(pk=pk).values_list("subscriber", flat=True).first()
    subscriber = _held(found) if found else None
    search = subscriber.searches.filter(pk=pk).first() if subscriber else None
    if subscriber is None or search is None:
        return None
    _agree(subscriber)
    return _confirm(search, pace)


@transaction.atomic
def change_pace(search: SavedSearch, pace: Pace) -> None:
    due = next_digest(timezone.now(), weekly=pace == Pace.WEEKLY)
    SavedSearch.objects.filter(pk=search.pk, confirmed_at__isnull=False).update(pace=pace, due_at=due)


@transaction.atomic
def remove(subscriber: Subscriber, searches: Collection[int]) -> int:
    """How many were there. An address that follows nothing any more is forgotten."""
    held = Subscriber.objects.select_for_update(no_key=True).filter(pk=subscriber.pk).first()
    if held is None:
        return 0
    count, _by_model = held.searches.filter(pk__in=searches).delete()
    if held.person_id is None and not held.searches.exists():
        held.delete()
    return count


@transaction.atomic
def agree(pk: int) -> Subscriber | None:
    """The address wants its letters for another year."""
    subscriber = Subscriber.objects.select_for_update(no_key=True).filter(pk=pk, person=None).first()
    if subscriber:
        _agree(subscriber)
    return subscriber


def forget_all(person: User) -> None:
    """For accounts.leaving: also what was followed with the same address before there was an account."""
    Subscriber.objects.filter(person=person).delete()
    Subscriber.objects.filter(person=None, email=person.email).delete()


def _held(pk: int) -> Subscriber:
    return Subscriber.objects.select_for_update(no_key=True).get(pk=pk)


def _saved(subscriber: Subscriber, query: Query, pace: Pace) -> SavedSearch:
    made, _created = SavedSearch.objects.get_or_create(
        subscriber=subscriber,
        key=key(query),
        defaults={"asked": asked(query), "language": query.language, "pace": pace},
    )
    return made


def _confirm(search: SavedSearch, pace: Pace) -> SavedSearch:
    """Its subscriber is held."""
    if search.confirmed_at is None:
        confirmed = SavedSearch.objects.filter(subscriber=search.subscriber_id, confirmed_at__isnull=False)
        if confirmed.count() >= MOST:
            raise TooManyError
        search.confirmed_at = timezone.now()
        _begin(search)
    search.pace = pace
    search.due_at = next_digest(timezone.now(), weekly=pace == Pace.WEEKLY)
    search.save(update_fields=["confirmed_at", "pace", "due_at"])
    return search


def _begin(search: SavedSearch) -> None:
    """What is found already is not news, where the calendar and not the arrival of things brings new ones."""
    Told.objects.bulk_create(
        (Told(search=search, thing=thing) for thing in news.found_already(search)), ignore_conflicts=True
    )


def _agree(subscriber: Subscriber) -> None:
    subscriber.agreed_at, subscriber.asked_again_at = timezone.now(), None
    subscriber.save(update_fields=["agreed_at", "asked_again_at"])
