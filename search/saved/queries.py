"""Reads of saved searches."""

from accounts.models import User
from search.models import SavedSearch, Subscriber
from search.query import Query
from search.saved.asking import key


def subscriber_of(person: User) -> Subscriber | None:
    return Subscriber.objects.filter(person=person).first()


def subscriber_without_account(pk: int) -> Subscriber | None:
    return Subscriber.objects.filter(pk=pk, person=None).first()


def searches_of(subscriber: Subscriber | None) -> list[SavedSearch]:
    """The newest first, without those that nobody has confirmed."""
    confirmed = SavedSearch.objects.filter(subscriber=subscriber, confirmed_at__isnull=False)
    return list(confirmed.order_by("-created_at", "-pk")) if subscriber else []


def saved_by(person: User, query: Query) -> SavedSearch | None:
    return SavedSearch.objects.filter(subscriber__person=person, key=key(query)).first()


def to_confirm(pk: int) -> SavedSearch | None:
    return SavedSearch.objects.filter(pk=pk).select_related("subscriber").first()
