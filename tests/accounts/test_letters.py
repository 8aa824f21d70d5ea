from contextlib import suppress
from datetime import timedelta
from html import unescape

import pytest
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.google.provider import GoogleProvider
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accounts import actions, letters, tasks
from accounts.models import Letter
from common import city
from tests.factories import make_user

CHANGE = {
    "timestamp": timezone.now(),
    "ip": "127.0.0.1",
    "user_agent": "Firefox",
    "from_email": "<b>a@example.org",
    "to_email": "b@example.org",
    "deleted_email": "a@example.org",
    "provider": GoogleProvider(request=None, app=SocialApp(provider="google")),
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
    assert "<b>" not in rendered.html
    assert f"http://testserver/{language}/" in rendered.text
    sentences = [line for line in rendered.text.splitlines() if line.endswith(".")]
    assert len(sentences) >= 2
    assert all(sentence in unescape(rendered.html) for sentence in sentences)


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


def test_letter_that_waits_is_sent_off_later(letter):
    Letter.objects.update(created_at=timezone.now() - timedelta(minutes=2), attempts=3)

    tasks.look_after_letters.enqueue()
    tasks.look_after_letters.enqueue()

    assert len(mail.outbox) == 1


def test_letter_just_written_or_in_good_hands_is_not_queued_twice(letter):
    tasks.look_after_letters.enqueue()
    Letter.objects.update(created_at=timezone.now() - timedelta(minutes=9), taken_at=timezone.now())
    tasks.look_after_letters.enqueue()

    assert mail.outbox == []


def test_letter_that_could_not_be_sent_all_day_is_given_up(letter):
    Letter.objects.update(created_at=timezone.now() - timedelta(days=1), attempts=100)

    tasks.look_after_letters.enqueue()

    assert mail.outbox == []


def test_old_letters_are_forgotten(letter):
    Letter.objects.update(created_at=timezone.now() - timedelta(days=31), sent_at=timezone.now())

    tasks.look_after_letters.enqueue()

    assert not Letter.objects.exists()


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
