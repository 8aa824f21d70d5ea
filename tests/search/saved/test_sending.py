"""Letters with what is new: to whom they are sent, when, and never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from common import city
from notices.models import Preferences
from search import tasks
from search.enums import Pace
from search.models import SavedSearch, Told
from search.query import Query
from search.saved import actions, mailing, news
from tests.factories import make_user
from tests.notices.test_mailing import server
from tests.search.saved.conftest import a_week_later, claim, follow, make_due, time_passes


# --- to whom and when -------------------------------------------------------------------------------------------------
def test_letter_is_in_the_readers_language_and_leads_where_it_was_asked(anna, add):
    User.objects.update(language="be")
    follow(anna, language="ru")
    add("Велосипед")

    [letter] = a_week_later()

    assert '<html lang="be">' in mail.outbox[0].alternatives[0][0]
    assert ("http://testserver/ru/search/?q=" in letter, "http://testserver/be/search/follow/mine/" in letter) == (
        True,
        True,
    )


@pytest.mark.parametrize("wrong", [{"is_active": False}, {"email": "else@example.org"}])
def test_neither_locked_nor_unconfirmed_accounts_are_written_to(anna, add, wrong):
    follow(anna)
    add("Велосипед")
    User.objects.filter(pk=anna.pk).update(**wrong)

    assert a_week_later() == []
    assert SavedSearch.objects.get().due_at > timezone.now()


def test_unconfirmed_search_tells_nothing(add, db):
    actions.ask_to_confirm("anna@example.org", Query("велосипед"), Pace.DAILY)
    add("Велосипед")

    assert a_week_later() == []


def test_in_quiet_hours_the_letter_waits(anna, add):
    here = timezone.localtime()
    begin, end = (here - timedelta(hours=1)).time(), (here + timedelta(hours=1)).time()
    Preferences.objects.create(person=anna, quiet_from=begin, quiet_until=end)
    follow(anna)
    add("Велосипед")

    quiet = a_week_later()
    due = SavedSearch.objects.get().due_at
    make_due()
    Preferences.objects.all().delete()
    tasks.tell_of_searches.enqueue()

    assert quiet == []
    assert timedelta() < due - timezone.now() <= timedelta(hours=1)
    assert len(mail.outbox) == 1


def test_weekly_search_is_due_on_monday_and_daily_the_next_morning(anna):
    daily, weekly = follow(anna), follow(anna, "ремонт", pace=Pace.WEEKLY)

    due = [timezone.localtime(search.due_at) for search in (daily, weekly)]
    assert [moment.hour for moment in due] == [8, 8]
    assert due[0] - timezone.now() <= timedelta(days=1)
    assert due[1].weekday() == 0


# --- never twice ------------------------------------------------------------------------------------------------------
def test_task_that_runs_again_sends_nothing_again(anna, add):
    follow(anna)
    add("Велосипед")

    letters = a_week_later()
    for _ in range(2):
        make_due()
        tasks.tell_of_searches.enqueue()

    assert (len(letters), len(mail.outbox)) == (1, 1)


def test_letter_that_a_killed_worker_had_claimed_is_not_sent_again(anna, add):
    search = follow(anna)
    add("Велосипед")
    time_passes()
    claimed, _until = claim(search)  # and the worker is gone

    make_due()
    tasks.tell_of_searches.enqueue()

    assert (len(claimed), mail.outbox, Told.objects.count()) == (1, [], 1)


def test_search_that_was_removed_or_changed_while_it_was_looked_at_is_not_claimed(anna, add):
    removed, changed = follow(anna), follow(anna, "новый велосипед")
    add("Новый велосипед")
    time_passes()
    now = timezone.now()
    window = news.Window(now - mailing.SETTLED)
    found = [mailing.Claimed(one, news.untold(one, window)) for one in SavedSearch.objects.order_by("pk")]
    actions.remove(removed.subscriber, [removed.pk])
    actions.change_pace(changed, Pace.WEEKLY)

    assert [len(one.things) for one in found] == [1, 1]
    assert mailing._claim(removed.subscriber, found, now, window.until) == []
    assert Told.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter_to_each(add):
    people = [make_user() for _ in range(8)]
    for person in people:
        follow(person)
    add("Велосипед")
    time_passes()
    barrier = Barrier(2)

    def work(_: int) -> None:
        barrier.wait()
        try:
            tasks.tell_of_searches.enqueue()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work, range(2)))

    assert sorted(message.to[0] for message in mail.outbox) == sorted(person.email for person in people)


def test_one_search_that_cannot_be_answered_keeps_nobody_else_waiting(anna, add, caplog):
    broken = follow(anna)
    SavedSearch.objects.filter(pk=broken.pk).update(asked="&".join(["kind=news"] * 20_000))  # more than Django reads
    follow(make_user("boris@example.org"))
    add("Велосипед")

    letters = a_week_later()

    assert (len(letters), mail.outbox[0].to) == (1, ["boris@example.org"])
    assert [record.message for record in caplog.records] == ["searches of one subscriber not told"]
    assert not mailing.is_anything_due()


def test_letter_waits_while_the_mail_server_is_away(anna, add, settings):
    follow(anna)
    add("Велосипед")
    time_passes()
    before = SavedSearch.objects.get()
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(ConnectionRefusedError):
        mailing.send_due()

    after = SavedSearch.objects.get()
    assert (after.told_until, after.told_at, Told.objects.count()) == (before.told_until, None, 0)
    assert timezone.now() < after.due_at < timezone.now() + timedelta(hours=1)
    settings.EMAIL_BACKEND = backend
    make_due()
    assert mailing.send_due() == 1


@pytest.mark.parametrize(("mood", "comes_again"), [("450", True), ("550", False), ("leaves", False)])
def test_letter_comes_again_only_where_it_surely_was_not_taken(anna, add, settings, mood, comes_again):
    follow(anna)
    add("Велосипед")
    time_passes()

    with server(settings, mood):
        count = mailing.send_due()

    assert (count, Told.objects.count()) == (0, 0 if comes_again else 1)
    assert SavedSearch.objects.get().due_at > timezone.now()


# --- headers and cost -------------------------------------------------------------------------------------------------
def test_headers_let_mail_programs_unsubscribe_by_one_press(anna, add):
    follow(anna)
    add("Велосипед")

    a_week_later()

    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"].startswith("<http://testserver/en/search/follow/stop/")
    assert headers["List-Unsubscribe"].endswith("/>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Id"] == "<searches.testserver>"


def test_search_with_line_breaks_makes_no_headers(anna, add):
    search = follow(anna)
    SavedSearch.objects.filter(pk=search.pk).update(
        asked="q=%D0%B2%D0%B5%D0%BB%D0%BE%D1%81%D0%B8%D0%BF%D0%B5%D0%B4%0D%0ABcc:all@example.org"
    )
    add("Велосипед bcc all example org")

    a_week_later()

    assert mail.outbox[0].message()["Bcc"] is None


def test_letters_to_many_cost_the_same_each(db, add, django_assert_num_queries):
    people = [make_user() for _ in range(3)]
    for person in people:
        follow(person)
    add("Велосипед")
    time_passes()
    with override("ru"):
        city.name()  # a new site writes its settings

    each = 23 if connection.vendor == "sqlite" else 35  # settings of the planner, and savepoints for them
    with django_assert_num_queries(3 * each + 5):
        mailing.send_due()

    assert len(mail.outbox) == 3
