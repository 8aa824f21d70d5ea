import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.db import IntegrityError

from accounts import actions
from accounts.enums import ConsentKind
from accounts.models import Consent, User
from common.dates import for_machines
from tests.factories import make_user


def test_page_shows_what_was_agreed_to_and_when(visitor):
    person = make_user()
    consent = actions.give_consent(person, ConsentKind.PERSONAL_DATA)
    visitor.force_login(person)

    html = visitor.get("/en/me/consents/").content.decode()

    assert '<td data-label="Wording">2026-11</td>' in html
    assert f'datetime="{for_machines(consent.given_at)}"' in html


def test_page_shows_nobody_elses_consent(visitor):
    actions.give_consent(make_user(), ConsentKind.PERSONAL_DATA)
    visitor.force_login(make_user())

    assert "2026-11" not in visitor.get("/en/me/consents/").content.decode()


@pytest.mark.django_db
def test_consent_given_twice_is_one():
    person = make_user()

    first = actions.give_consent(person, ConsentKind.PERSONAL_DATA)
    second = actions.give_consent(person, ConsentKind.PERSONAL_DATA)

    assert first == second


@pytest.mark.django_db
def test_consent_to_a_new_wording_ends_the_old_one(monkeypatch):
    person = make_user()
    old = actions.give_consent(person, ConsentKind.PERSONAL_DATA)
    monkeypatch.setitem(actions.CONSENT_VERSIONS, ConsentKind.PERSONAL_DATA, "2027-05")

    new = actions.give_consent(person, ConsentKind.PERSONAL_DATA)

    old.refresh_from_db()
    assert old.withdrawn_at is not None
    assert (new.version, new.withdrawn_at) == ("2027-05", None)


@pytest.mark.django_db
def test_only_one_consent_of_a_kind_is_in_force():
    person = make_user()
    actions.give_consent(person, ConsentKind.PERSONAL_DATA)

    with pytest.raises(IntegrityError):
        Consent.objects.create(person=person, kind=ConsentKind.PERSONAL_DATA, version="2027-05")


def test_closing_the_account_asks_who_it_is(visitor):
    person = make_user()
    visitor.sign_in(person)

    response = visitor.post("/en/me/close/")

    assert response["Location"].startswith("/en/accounts/reauthenticate/")
    person.refresh_from_db()
    assert person.is_active


def test_closed_account_keeps_nothing_that_tells_who_it_was(visitor, with_codes):
    person = make_user("anna@example.org", display_name="Анна", bio="Люблю шить.", is_staff=True, is_superuser=True)
    actions.give_consent(person, ConsentKind.PERSONAL_DATA)
    actions.save_profile(person, pictures={384: b"large", 96: b"small"})
    picture = person.avatar.name
    elsewhere = type(visitor)()
    elsewhere.sign_in(person)
    visitor.sign_in(person)
    visitor.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})
    with_codes(person)

    response = visitor.post("/en/me/close/")

    assert response["Location"] == "/en/accounts/login/"
    kept = User.objects.get(pk=person.pk)
    assert (kept.email, kept.display_name, kept.bio, kept.avatar.name) == (
        f"closed-{person.pk}@invalid.invalid",
        "",
        "",
        "",
    )
    assert (kept.is_active, kept.is_superuser, kept.has_usable_password()) == (False, False, False)
    assert not default_storage.exists(picture)
    assert not EmailAddress.objects.exists()
    assert not kept.authenticator_set.exists()
    assert kept.consents.get().withdrawn_at is not None
    assert elsewhere.get("/en/me/").status_code == 302
    assert visitor.get("/en/me/").status_code == 302


def test_address_of_a_closed_account_is_free_again(visitor, link):
    person = make_user("anna@example.org")
    actions.close_account(person)

    visitor.post(
        "/en/accounts/signup/",
        {"email": "anna@example.org", "password1": "correct horse", "consent": "on"},
    )
    visitor.post(link())

    assert EmailAddress.objects.get(email="anna@example.org").verified
