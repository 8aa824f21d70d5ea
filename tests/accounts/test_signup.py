from django.core import mail
from django.test import override_settings

from accounts.models import Consent, Letter, User
from tests.factories import make_user

ANNA = {"email": "Anna@Example.org", "password1": "correct horse", "display_name": "Анна", "consent": "on"}


def sign_up(visitor, **changes):
    return visitor.post("/en/accounts/signup/", {**ANNA, **changes})


def test_signup_asks_to_confirm_the_address_before_anybody_is_in(visitor):
    response = sign_up(visitor)

    assert response["Location"] == "/en/accounts/confirm-email/"
    assert visitor.get("/en/me/").status_code == 302
    person = User.objects.get()
    assert (person.email, person.display_name, person.language) == ("anna@example.org", "Анна", "en")
    assert list(person.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("anna@example.org", False, True)
    ]


def test_signup_letter_confirms_and_signs_in_where_it_began(visitor, link):
    sign_up(visitor)

    page = visitor.get(link())
    answer = visitor.post(link())

    assert page.status_code == 200
    assert answer["Location"] == "/en/"
    assert visitor.get("/en/me/").status_code == 200
    assert User.objects.get().emailaddress_set.get().verified


def test_signup_letter_opened_elsewhere_confirms_without_signing_in(visitor, link):
    sign_up(visitor)
    other = type(visitor)()

    answer = other.post(link())

    assert answer["Location"] == "/en/accounts/login/"
    assert other.get("/en/me/").status_code == 302
    assert other.sign_in(User.objects.get())["Location"] == "/en/"


def test_confirmation_is_not_done_by_merely_opening_the_link(visitor, link):
    sign_up(visitor)

    visitor.get(link())
    visitor.head(link())

    assert not User.objects.get().emailaddress_set.get().verified


def test_confirmation_link_works_once(visitor, link):
    sign_up(visitor)
    visitor.post(link())

    again = type(visitor)().get(link())

    assert "This link no longer works" in again.content.decode()


def test_signup_keeps_the_consent_with_its_version_and_time(visitor):
    sign_up(visitor)

    consent = Consent.objects.get()
    assert (consent.kind, consent.version, consent.withdrawn_at) == ("personal_data", "2026-11", None)
    assert consent.given_at >= consent.person.date_joined


def test_signup_without_consent_keeps_nothing(visitor):
    response = visitor.post("/en/accounts/signup/", {**ANNA, "consent": ""})

    assert response.status_code == 200
    assert "without your consent we may not keep your address" in response.content.decode()
    assert not User.objects.exists()
    assert not Letter.objects.exists()


def test_signup_with_a_weak_password_says_what_is_wrong(visitor):
    response = sign_up(visitor, password1="12345678")

    assert response.context["form"].errors["password1"] == [
        "This password is too common.",
        "This password is entirely numeric.",
    ]
    assert not User.objects.exists()


def test_signup_with_a_known_address_looks_the_same_and_tells_only_its_owner(visitor):
    make_user("anna@example.org", language="en")

    response = sign_up(visitor)

    assert response["Location"] == "/en/accounts/confirm-email/"
    assert User.objects.count() == 1
    assert [letter.subject for letter in mail.outbox] == ["You already have an account — Learning City"]
    assert mail.outbox[0].to == ["anna@example.org"]


def test_signup_of_an_address_that_somebody_else_left_unconfirmed_leads_its_owner_in(visitor, link):
    sign_up(visitor, password1="attacker's own")
    owner = type(visitor)()
    owner.post("/en/accounts/password/reset/", {"email": "anna@example.org"})
    form = owner.get(link(), follow=True)

    owner.post(form.redirect_chain[-1][0], {"password1": "owner's choice", "password2": "owner's choice"})

    person = User.objects.get()
    assert person.emailaddress_set.get().verified
    assert not person.check_password("attacker's own")
    assert owner.get("/en/me/").status_code == 200


def test_signup_twice_at_once_makes_one_account(visitor, monkeypatch):
    make_user("anna@example.org")
    # The second request checked before the first one wrote: it meets the database's own rule.
    monkeypatch.setattr("allauth.account.forms.flows.manage_email.email_already_exists", lambda value: (value, False))

    response = sign_up(visitor)

    assert response["Location"] == "/en/accounts/confirm-email/"
    assert User.objects.count() == 1


def test_signup_lets_nobody_try_without_end(visitor):
    with override_settings(ACCOUNT_RATE_LIMITS={"signup": "2/m/ip"}):
        answers = [sign_up(visitor, email=f"p{number}@example.org").status_code for number in range(3)]
        page = sign_up(visitor)

    assert answers == [302, 302, 429]
    assert "Too many attempts" in page.content.decode()
    assert User.objects.count() == 1 + 1


def test_signup_page_links_what_one_agrees_to(visitor):
    html = visitor.get("/en/accounts/signup/").content.decode()

    assert 'href="/en/accounts/personal-data/"' in html
    assert "Wording 2026-11" in visitor.get("/en/accounts/personal-data/").content.decode()
