"""What goes with time: links that nobody followed, addresses that do not answer, what was told long ago."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.actions import post
from search.models import SavedSearch, Subscriber, Told
from search.saved import letters, queries
from search.saved.tokens import AGREED_WITHIN, CONFIRMED_WITHIN

ASKED_AGAIN_AFTER = timedelta(days=365)
TOLD_KEPT = timedelta(days=800)


def look_after() -> None:
    now = timezone.now()
    SavedSearch.objects.filter(confirmed_at=None, created_at__lt=now - CONFIRMED_WITHIN).delete()
    without = Subscriber.objects.filter(person=None)
    without.filter(asked_again_at__lt=now - AGREED_WITHIN).delete()
    without.exclude(Exists(SavedSearch.objects.filter(subscriber=OuterRef("pk")))).delete()
    for pk in without.filter(agreed_at__lt=now - ASKED_AGAIN_AFTER, asked_again_at=None).values_list("pk", flat=True):
        _ask_again(pk)
    Told.objects.filter(told_at__lt=now - TOLD_KEPT).delete()


@transaction.atomic
def _ask_again(pk: int) -> None:
    """Once, however many workers do so."""
    if not Subscriber.objects.filter(pk=pk, asked_again_at=None).update(asked_again_at=timezone.now()):
        return
    subscriber = Subscriber.objects.get(pk=pk)
    post(subscriber.email, letters.to_agree(subscriber, queries.searches_of(subscriber)))
