"""Letters: to whom, what about, when, and never twice."""

import socketserver
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import time, timedelta
from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from accounts.actions import close_account
from accounts.models import User
from common import city
from notices import actions, mailing, tasks
from notices.actions import Happening
from notices.enums import Group, Pace
from notices.models import Notice, Preferences
from tests.factories import make_user
from tests.notices.conftest import MAY_SEE


def tell(person: User, key: str = "post:7", *, kind: str = "to_me", thread: str = "topic:5", **params) -> Notice:
    actions.tell([person.pk], Happening(kind, key, thread, f"/forum/posts/{key[5:]}/", params))
    return Notice.objects.get(person=person, key=key)


def make_due(**which) -> None:
    Notice.objects.filter(mail_at__isnull=False, **which).update(mail_at=timezone.now() - timedelta(seconds=1))


def sent() -> list[tuple[list[str], str]]:
    return [(message.to, message.subject.partition(" — ")[0]) for message in mail.outbox]


# --- to whom ----------------------------------------------------------------------------------------------------------
def test_letter_leaves_after_the_commit(anna, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(anna, what="it rains")
        before = len(mail.outbox)

    assert before == 0
    assert sent() == [(["anna@example.org"], "Former member: it rains")]


def test_letter_is_in_the_readers_language_and_has_both_parts(boris):
    boris.language = "be"
    boris.save()
    tell(boris, what="дождж", excerpt="Ідзе <b>дождж</b>", place="Тэма «Надвор’е»")

    mailing.send_due()

    text, (html, mime) = mail.outbox[0].body, mail.outbox[0].alternatives[0]
    assert (mime, '<html lang="be">' in html) == ("text/html", True)
    assert "http://testserver/be/forum/posts/7/" in text
    assert "http://testserver/be/forum/posts/7/" in html
    assert ("Ідзе <b>дождж</b>" in text, "&lt;b&gt;дождж" in html) == (True, True)
    assert "Тэма «Надвор’е»" in text


def test_only_confirmed_addresses_are_written_to(anna):
    EmailAddress.objects.filter(user=anna).update(verified=False)
    tell(anna)

    assert mailing.send_due() == 0
    assert (mail.outbox, Notice.objects.get().mail_at) == ([], None)


def test_who_lost_the_right_to_read_is_not_written_to(anna, boris):
    tell(anna, what="a secret")
    tell(boris, what="a secret")
    MAY_SEE["anna@example.org"] = False

    mailing.send_due()

    assert [to for to, _subject in sent()] == [["boris@example.org"]]


def test_whose_account_was_closed_is_not_written_to(anna):
    tell(anna)
    User.objects.update(is_active=False)

    mailing.send_due()

    assert mail.outbox == []


def test_what_was_read_meanwhile_is_not_written_about(anna):
    tell(anna)
    actions.mark_read(anna, "topic:5")

    mailing.send_due()

    assert mail.outbox == []


# --- how often --------------------------------------------------------------------------------------------------------
def test_one_letter_for_a_thread_until_it_is_read(anna):
    tell(anna, "post:7")
    mailing.send_due()
    tell(anna, "post:8")
    mailing.send_due()
    actions.mark_read(anna, "topic:5")
    tell(anna, "post:9", what="again")
    mailing.send_due()

    assert [subject for _to, subject in sent()] == ["Former member:", "Former member: again"]


def test_another_thread_has_a_letter_of_its_own(anna):
    tell(anna, "post:7")
    mailing.send_due()
    tell(anna, "post:8", thread="topic:6")
    mailing.send_due()

    assert len(mail.outbox) == 2


def test_decisions_are_told_each_by_itself(anna):
    Preferences.objects.create(person=anna, personal=Pace.NEVER, followed=Pace.NEVER)
    for key in ("post:7", "post:8"):
        tell(anna, key, kind="test_decision")
        mailing.send_due()

    assert len(mail.outbox) == 2
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert "unsubscribe" not in mail.outbox[0].body.lower()


def test_task_that_runs_again_sends_nothing_again(anna):
    tell(anna)

    for _ in range(3):
        tasks.send_letters.enqueue()

    assert len(mail.outbox) == 1


def test_letter_that_a_killed_worker_had_claimed_is_not_sent_again(anna):
    notice = tell(anna)
    mailing._claim(anna.pk, timezone.now())  # and the worker is gone

    mailing.send_due()

    notice.refresh_from_db()
    assert (mail.outbox, notice.read_at) == ([], None)
    assert notice.mailed_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter_to_each():
    people = [make_user() for _ in range(12)]
    for person in people:
        tell(person)
    barrier = Barrier(2)

    def work(_: int) -> None:
        barrier.wait()
        try:
            mailing.send_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work, range(2)))

    assert sorted(message.to[0] for message in mail.outbox) == sorted(person.email for person in people)


# --- when -------------------------------------------------------------------------------------------------------------
def test_in_quiet_hours_letters_wait_and_then_come_as_one(anna):
    here = timezone.localtime()
    begin, end = (here - timedelta(hours=1)).time(), (here + timedelta(hours=1)).time()
    Preferences.objects.create(person=anna, quiet_from=begin, quiet_until=end)
    tell(anna, "post:7", what="first")
    tell(anna, "post:8", thread="topic:6", what="second")

    mailing.send_due()
    quiet = len(mail.outbox)
    make_due()
    mailing.send_due()

    assert quiet == 0
    assert sent() == [(["anna@example.org"], "Former member: second, and 1 more")]


def test_gathered_letter_holds_what_happened_by_thread(anna):
    for number, thread in enumerate(("topic:5", "topic:6", "topic:5")):
        tell(anna, f"post:{number}", kind="test", thread=thread, what=f"thing {number}")
    early = mailing.send_due()
    make_due()

    mailing.send_due()

    body = mail.outbox[0].body
    assert (early, len(mail.outbox)) == (0, 1)
    places = [body.index(f"thing {number}") for number in (2, 0, 1)]
    assert places == sorted(places)


def test_gathered_letter_leaves_out_what_may_not_be_seen(anna, boris):
    tell(anna, "post:1", kind="test", what="open")
    MAY_SEE["anna@example.org"] = False
    make_due()

    assert mailing.send_due() == 0
    assert mail.outbox == []


def test_long_letter_says_how_much_more_there_is(anna):
    for number in range(23):
        tell(anna, f"post:{number}", kind="test", thread=f"topic:{number}", what=f"thing {number:02}")
    make_due()

    mailing.send_due()

    body = mail.outbox[0].body
    assert ("thing 22" in body, "thing 03" in body, "thing 02" in body) == (True, True, False)
    assert "And 3 more notices: http://testserver/en/notices/" in body


def test_whoever_wants_no_letters_gets_none(anna):
    Preferences.objects.create(person=anna, personal=Pace.NEVER)
    notice = tell(anna)

    mailing.send_due()

    assert (mail.outbox, notice.mail_at) == ([], None)


def test_changed_wish_holds_for_what_waits(anna):
    tell(anna, "post:7", kind="test")
    tell(anna, "post:8", kind="to_me", thread="topic:6")

    actions.save_preferences(Preferences(person=anna, personal=Pace.WEEKLY, followed=Pace.AT_ONCE))

    due = dict(Notice.objects.values_list("key", "mail_at"))
    assert due["post:7"] <= timezone.now() < due["post:8"]


def test_letters_to_many_cost_the_same_each(db, django_assert_num_queries):
    people = [make_user() for _ in range(5)]
    for person in people:
        tell(person)
    with override("ru"):
        city.name()  # a new site writes its settings

    with django_assert_num_queries(5 * 9 + 2):  # who is next, asked twice
        mailing.send_due()

    assert len(mail.outbox) == 5


# --- headers ----------------------------------------------------------------------------------------------------------
def test_headers_let_mail_programs_unsubscribe_by_one_press(anna):
    tell(anna)

    mailing.send_due()

    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"].startswith("<http://testserver/en/notices/unsubscribe/")
    assert headers["List-Unsubscribe"].endswith("/>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["References"] == "<topic-5@testserver>"
    assert headers["List-Id"] == "<notices.testserver>"


def test_words_with_line_breaks_make_no_headers(anna):
    tell(anna, what="one\r\nBcc: all@example.org")

    mailing.send_due()

    assert mail.outbox[0].subject.startswith("Former member: one Bcc: all@example.org — ")
    assert mail.outbox[0].message()["Bcc"] is None


# --- a mail server with moods -----------------------------------------------------------------------------------------
class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA" and self.server.mood == "leaves":
                return
            if word == b"QUIT":
                return
            answers = {b"RCPT": self.server.mood} if self.server.mood.isdigit() else {}
            self.wfile.write(f"{answers.get(word, '250')} so\r\n".encode())


@contextmanager
def server(settings, mood: str) -> Iterator[None]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as running:
        running.mood = mood
        running.daemon_threads = True
        Thread(target=running.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.server_address
        yield
        running.shutdown()


def test_letter_waits_while_the_mail_server_is_away(anna, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    notice = tell(anna)

    with pytest.raises(ConnectionRefusedError):
        mailing.send_due()

    notice.refresh_from_db()
    assert notice.mailed_at is None
    assert notice.mail_at > timezone.now()


@pytest.mark.parametrize(("mood", "comes_again"), [("450", True), ("550", False), ("leaves", False)])
def test_letter_comes_again_only_where_it_surely_was_not_taken(anna, settings, mood, comes_again):
    notice = tell(anna)

    with server(settings, mood):
        count = mailing.send_due()

    notice.refresh_from_db()
    assert count == 0
    assert (notice.mailed_at is None) == comes_again
    assert (notice.mail_at > timezone.now()) == comes_again


def test_letter_that_is_put_off_for_two_days_is_given_up(anna, settings):
    notice = tell(anna)
    Notice.objects.update(made_at=timezone.now() - timedelta(days=3))

    with server(settings, "450"):
        mailing.send_due()

    notice.refresh_from_db()
    assert notice.mailed_at is not None


# --- forgetting -------------------------------------------------------------------------------------------------------
def test_old_notices_and_those_of_closed_accounts_are_forgotten(anna, boris):
    old, kept = tell(anna, "post:1"), tell(anna, "post:2")
    tell(boris, "post:2")
    Preferences.objects.create(person=boris)
    Notice.objects.filter(pk=old.pk).update(made_at=timezone.now() - timedelta(days=181))
    close_account(boris)

    tasks.forget_old.enqueue()

    assert list(Notice.objects.all()) == [kept]
    assert not Preferences.objects.exists()


def test_locked_account_keeps_its_notices_and_wishes(boris):
    tell(boris)
    Preferences.objects.create(person=boris)
    User.objects.update(is_active=False)

    tasks.forget_old.enqueue()

    assert (Notice.objects.count(), Preferences.objects.count()) == (1, 1)


def test_city_chooses_the_quiet_hours_of_those_who_have_not(db, settings, anna):
    settings.QUIET_HOURS = (time(22), time(7))

    assert (Preferences().quiet_from, Preferences().quiet_until) == (time(22), time(7))


def test_kinds_are_grouped(db):
    assert {group.value for group in Group} <= {field.name for field in Preferences._meta.fields}
