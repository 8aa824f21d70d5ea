from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from accounts import actions, letters, tasks
from accounts.models import Letter
from common import city
from tests.factories import make_user

CHANGE = {
    "timestamp": timezone.now(),
    "ip": "127.0.0.1",
    "user_agent": "Firefox <b>",
    "from_email": "a@example.org",
    "to_email": "b@example.org",
    "deleted_email": "a@example.org",
    "provider": "Google",
    "activate_url": "http://testserver/en/accounts/confirm-email/key/",
    "password_reset_url": "http://testserver/en/accounts/password/reset/key/1-key/",
    "signup_url": "http://testserver/en/accounts/signup/",
}


@pytest.fixture
def letter(db, django_capture_on_commit_callbacks) -> Letter:
    """Written, not yet sent."""
    with django_capture_on_commit_callbacks():
        return actions.post_letter("anna@example.org", "password_reset_key", CHANGE, language="en")


@pytest.mark.parametrize("occasion", letters.LETTERS)
@pytest.mark.parametrize("language", ["ru", "en", "be"])
def test_every_letter_says_the_same_in_both_parts(db, occasion, language):
    rendered = letters.compose(occasion, CHANGE, language)

    with override(language):
        assert rendered.subject.endswith(f" — {city.name()}")
    assert f'<html lang="{language}">' in rendered.html
    assert "Firefox <b>" not in rendered.html
    assert f"http://testserver/{language}/" in rendered.text
    for sentence in (line for line in rendered.text.splitlines() if len(line) > 30 and "http" not in line):
        assert sentence.replace("Firefox <b>", "Firefox &lt;b&gt;").split(": ")[-1] in rendered.html


def test_letter_leaves_after_the_commit_only(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        actions.post_letter("anna@example.org", "password_reset_key", CHANGE, language="en")
        before = len(mail.outbox)

    assert (before, len(mail.outbox)) == (0, 1)


def test_letter_that_belongs_to_a_failed_transaction_never_leaves(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), suppress(RuntimeError), transaction.atomic():
        actions.post_letter("anna@example.org", "password_reset_key", CHANGE, language="en")
        raise RuntimeError

    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_letter_is_sent_once_however_often_the_task_runs(letter):
    for _ in range(3):
        tasks.send_letter.enqueue(letter.pk)

    assert len(mail.outbox) == 1


def test_letter_in_another_workers_hands_is_left_alone_until_the_lease_ends(letter):
    Letter.objects.update(taken_at=timezone.now() - timedelta(minutes=4))
    early = actions.send_letter(letter.pk)
    Letter.objects.update(taken_at=timezone.now() - timedelta(minutes=6))
    late = actions.send_letter(letter.pk)

    assert (early, late, len(mail.outbox)) == (False, True, 1)


def test_sent_letter_keeps_neither_its_words_nor_the_key_in_them(letter):
    actions.send_letter(letter.pk)

    letter.refresh_from_db()
    assert (letter.text, letter.html) == ("", "")
    assert letter.sent_at is not None


def test_letter_stays_when_the_mail_server_is_away(letter, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(ConnectionRefusedError):
        actions.send_letter(letter.pk)

    letter.refresh_from_db()
    assert (letter.sent_at, letter.taken_at, letter.attempts) == (None, None, 1)
    assert "key/1-key/" in letter.text


def test_letter_is_tried_again_later_where_tasks_can_wait(letter, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(ConnectionRefusedError):
        actions.send_letter(letter.pk)

    later = DBTaskResult.objects.get()
    assert later.args_kwargs == {"args": [letter.pk], "kwargs": {}}
    assert timedelta(seconds=50) < later.run_after - timezone.now() < timedelta(seconds=70)


def test_letter_has_both_parts_and_asks_for_no_automatic_answer(letter):
    actions.send_letter(letter.pk)

    sent = mail.outbox[0]
    assert [kind for _content, kind in sent.alternatives] == ["text/html"]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.extra_headers["Message-ID"].startswith(f"<letter-{letter.pk}-")


def test_letter_is_in_the_persons_language_not_in_that_of_the_page(visitor):
    person = make_user(language="be")

    visitor.post("/en/accounts/password/reset/", {"email": person.email})

    html = mail.outbox[0].alternatives[0][0]
    assert '<html lang="be">' in html
    assert "http://testserver/be/accounts/password/reset/key/" in mail.outbox[0].body


def test_name_of_the_city_comes_from_whoever_keeps_it(db):
    before = city._read
    city.told_by(lambda: "Иркутск учится")
    try:
        rendered = letters.compose("password_reset_key", CHANGE, "en")
    finally:
        city.told_by(before)

    assert rendered.subject == "Set a new password — Иркутск учится"
    assert ">Иркутск учится</a>" in rendered.html
