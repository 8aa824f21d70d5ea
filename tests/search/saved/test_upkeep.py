"""What goes with time."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from search import tasks
from search.enums import Pace
from search.models import SavedSearch, Subscriber, Told
from search.query import Query
from search.saved import actions
from tests.search.conftest import ago
from tests.search.saved.conftest import follow
from tests.search.saved.test_views import links

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def address(db) -> Subscriber:
    actions.ask_to_confirm("anna@example.org", Query("велосипед"), Pace.DAILY)
    actions.confirm(SavedSearch.objects.get().pk, Pace.DAILY)
    return Subscriber.objects.get()


def test_what_nobody_confirms_is_forgotten_with_its_address(db):
    actions.ask_to_confirm("anna@example.org", Query("велосипед"), Pace.DAILY)
    tasks.look_after_saved_searches.enqueue()
    young = Subscriber.objects.count()
    SavedSearch.objects.update(created_at=ago(4))

    tasks.look_after_saved_searches.enqueue()

    assert (young, Subscriber.objects.count()) == (1, 0)


def test_address_is_asked_again_after_a_year_once_and_goes_on(address, client, django_capture_on_commit_callbacks):
    Subscriber.objects.update(agreed_at=ago(366))
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            tasks.look_after_saved_searches.enqueue()
    [link] = set(links("agree/", str(mail.outbox[0].body)))

    looked = client.get(link)
    before = Subscriber.objects.get().asked_again_at
    client.post(link)

    subscriber = Subscriber.objects.get()
    assert (len(mail.outbox), looked.status_code, before is not None) == (1, 200, True)
    assert (subscriber.asked_again_at, subscriber.agreed_at > ago(1)) == (None, True)


def test_address_that_does_not_answer_is_forgotten(address):
    Subscriber.objects.update(agreed_at=ago(400), asked_again_at=ago(29))
    tasks.look_after_saved_searches.enqueue()
    waits = SavedSearch.objects.count()
    Subscriber.objects.update(asked_again_at=ago(31))

    tasks.look_after_saved_searches.enqueue()

    assert (waits, Subscriber.objects.count(), SavedSearch.objects.count()) == (1, 0, 0)


def test_people_with_an_account_are_not_asked_again(anna):
    follow(anna)
    Subscriber.objects.update(agreed_at=ago(2_000))

    tasks.look_after_saved_searches.enqueue()

    assert (mail.outbox, SavedSearch.objects.count()) == ([], 1)


def test_what_was_told_long_ago_is_forgotten(anna):
    search = follow(anna)
    for thing, days in (("old", 801), ("young", 799)):
        Told.objects.create(search=search, thing=thing, told_at=timezone.now() - timedelta(days=days))

    tasks.look_after_saved_searches.enqueue()

    assert list(Told.objects.values_list("thing", flat=True)) == ["young"]
