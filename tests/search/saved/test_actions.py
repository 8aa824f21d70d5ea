"""Saving, confirming, changing, removing: once each, and no more than twenty."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.actions import close_account
from accounts.models import Letter
from search.enums import Pace
from search.models import SavedSearch, Subscriber, Told
from search.query import Query
from search.saved import actions
from search.saved.asking import asked, key, query_of
from search.wanted import NEWEST
from tests.factories import make_user
from tests.search.saved.conftest import follow

BIKES = Query("велосипед")


def ask_anna() -> SavedSearch:
    actions.ask_to_confirm("anna@example.org", BIKES, Pace.WEEKLY)
    return SavedSearch.objects.get()


def test_query_is_kept_as_its_address_says_it_without_page_and_order(anna):
    query = Query("Вело", "be", {"kind": ("news", "topic")}, page=3, when="week", order=NEWEST)

    search = actions.save(anna, query, Pace.WEEKLY)

    assert search.asked == "q=%D0%92%D0%B5%D0%BB%D0%BE&kind=news&kind=topic&when=week"
    assert query_of(search) == Query("Вело", "be", {"kind": ("news", "topic")}, when="week")
    assert search.due_at > timezone.now()


def test_equal_searches_have_one_key():
    one = Query("Вело", chosen={"kind": ("news", "topic")}, page=2, order=NEWEST)
    other = Query("вело", "en", {"kind": ("topic", "news")})

    assert key(one) == key(other)
    assert key(one) != key(Query("вело", chosen={"kind": ("news",)}))
    assert asked(Query()) == ""


def test_same_search_is_saved_once_and_takes_the_new_pace(anna):
    first = follow(anna, pace=Pace.DAILY)
    second = follow(anna, "ВЕЛОСИПЕД", pace=Pace.WEEKLY)

    assert first.pk == second.pk
    assert SavedSearch.objects.get().pace == Pace.WEEKLY


@pytest.mark.django_db(transaction=True)
def test_two_saves_at_once_make_one_search():
    person, barrier = make_user(), Barrier(2)

    def save(_: int) -> int:
        barrier.wait()
        try:
            return actions.save(person, BIKES, Pace.DAILY).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        saved = set(threads.map(save, range(2)))

    assert saved == set(SavedSearch.objects.values_list("pk", flat=True))
    assert len(saved) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_the_twenty_first_is_refused():
    person, barrier = make_user(), Barrier(2)
    for number in range(actions.MOST - 1):
        follow(person, f"тема {number}")

    def save(number: int) -> bool:
        barrier.wait()
        try:
            follow(person, f"новая {number}")
        except actions.TooManyError:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        done = sorted(threads.map(save, range(2)))

    assert (done, SavedSearch.objects.count()) == ([False, True], actions.MOST)


def test_database_refuses_a_second_one_and_a_subscriber_who_is_nobody_or_two(anna):
    search = follow(anna)
    for wrong in (
        lambda: SavedSearch.objects.create(subscriber=search.subscriber, key=search.key, language="ru"),
        lambda: Subscriber.objects.create(),
        lambda: Subscriber.objects.create(person=make_user(), email="b@example.org"),
        lambda: Subscriber.objects.create(email="B@example.org"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


# --- an address without an account ------------------------------------------------------------------------------------
def test_address_is_asked_by_a_letter_and_nothing_is_due_before_it_answers(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        search = ask_anna()
        before = len(mail.outbox)

    assert (before, [message.to for message in mail.outbox]) == (0, [["anna@example.org"]])
    assert (search.confirmed_at, search.due_at) == (None, None)


def test_confirmed_search_is_due_and_hears_of_what_came_since_it_was_asked_for(db):
    search = ask_anna()

    confirmed = actions.confirm(search.pk, Pace.WEEKLY)

    assert confirmed == search
    assert (confirmed.pace, confirmed.told_until) == (Pace.WEEKLY, search.told_until)
    assert confirmed.due_at > timezone.now()


def test_nobody_who_is_not_confirmed_changes_the_pace_of_what_is(db):
    search = ask_anna()
    actions.confirm(search.pk, Pace.WEEKLY)

    actions.ask_to_confirm("ANNA@example.org", BIKES, Pace.DAILY)

    assert SavedSearch.objects.get().pace == Pace.WEEKLY
    assert Letter.objects.count() == 2


def test_confirming_what_was_removed_does_nothing(db):
    search = ask_anna()
    actions.remove(search.subscriber, [search.pk])

    assert actions.confirm(search.pk, Pace.DAILY) is None
    assert not Subscriber.objects.exists()


def test_no_more_than_ten_letters_wait_for_one_address(db):
    for number in range(actions.MOST_WAITING + 3):
        actions.ask_to_confirm("anna@example.org", Query(f"тема {number}"), Pace.DAILY)

    assert Letter.objects.count() == SavedSearch.objects.count() == actions.MOST_WAITING


def test_address_follows_no_more_than_twenty(db):
    for number in range(actions.MOST):
        actions.ask_to_confirm("anna@example.org", Query(f"тема {number}"), Pace.DAILY)
        actions.confirm(SavedSearch.objects.get(confirmed_at=None).pk, Pace.DAILY)
    actions.ask_to_confirm("anna@example.org", BIKES, Pace.DAILY)
    waiting = SavedSearch.objects.get(confirmed_at=None)

    with pytest.raises(actions.TooManyError):
        actions.confirm(waiting.pk, Pace.DAILY)

    waiting.refresh_from_db()
    assert waiting.confirmed_at is None


def test_words_that_lead_elsewhere_do_not_go_to_an_address_that_has_not_confirmed(db):
    for text in ("заходи на casino.example", "https://casino.example", "пиши a@b"):
        actions.ask_to_confirm("anna@example.org", Query(text), Pace.DAILY)
    actions.ask_to_confirm("anna@example.org", BIKES, Pace.DAILY)

    *advertisements, plain = Letter.objects.order_by("pk").values_list("text", flat=True)
    assert [word for text in advertisements for word in ("casino", "a@b") if word in text] == []
    assert "велосипед" in plain


# --- changing and removing --------------------------------------------------------------------------------------------
def test_changed_pace_changes_when_it_is_due(anna):
    search = follow(anna, pace=Pace.WEEKLY)
    weekly = search.due_at

    actions.change_pace(search, Pace.DAILY)

    search.refresh_from_db()
    assert (search.pace, search.due_at <= weekly) == (Pace.DAILY, True)


def test_only_ones_own_are_removed(anna):
    own, other = follow(anna), follow(make_user())

    assert actions.remove(own.subscriber, [own.pk, other.pk]) == 1
    assert SavedSearch.objects.get() == other


def test_searches_go_with_the_account_and_those_of_its_address_too(anna):
    search = follow(anna)
    Told.objects.create(search=search, thing="one")
    ask = make_user("boris@example.org")
    follow(ask)
    actions.ask_to_confirm("anna@example.org", BIKES, Pace.DAILY)

    close_account(anna)

    assert list(SavedSearch.objects.values_list("subscriber__person", flat=True)) == [ask.pk]
    assert (Subscriber.objects.count(), Told.objects.count()) == (1, 0)
