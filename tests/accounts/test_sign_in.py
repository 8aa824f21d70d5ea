import pytest
from django.conf import settings
from django.core import mail
from django.test import override_settings

from tests.factories import make_user


def test_sign_in_by_address_in_any_case(visitor):
    person = make_user("anna@example.org", language="be")

    response = visitor.post("/en/accounts/login/", {"login": "ANNA@example.org", "password": "correct horse"})

    assert response["Location"] == "/be/"
    assert visitor.session["_auth_user_id"] == str(person.pk)


def test_sign_in_makes_the_persons_language_that_of_addresses_without_one(visitor):
    visitor.sign_in(make_user(language="be"))

    assert visitor.cookies[settings.LANGUAGE_COOKIE_NAME].value == "be"
    assert visitor.get("/")["Location"] == "/be/"


@pytest.mark.parametrize("login", ["anna@example.org", "nobody@example.org"])
def test_wrong_password_and_unknown_address_get_the_same_answer(visitor, login):
    make_user("anna@example.org")

    response = visitor.post("/en/accounts/login/", {"login": login, "password": "wrong"})

    assert response.context["form"].non_field_errors() == [
        "The e-mail address or the password is wrong. Check both and try again."
    ]


def test_locked_person_is_told_and_not_let_in(visitor):
    response = visitor.sign_in(make_user(is_active=False))

    assert response["Location"] == "/en/accounts/inactive/"
    assert visitor.get("/en/me/").status_code == 302


def test_unconfirmed_person_gets_a_letter_and_is_not_let_in(visitor, link):
    person = make_user(language="en")
    person.emailaddress_set.update(verified=False)

    response = visitor.sign_in(person)

    assert response["Location"] == "/en/accounts/confirm-email/"
    assert visitor.get("/en/me/").status_code == 302
    assert link().startswith("/en/accounts/confirm-email/")


def test_sixth_wrong_password_within_five_minutes_is_not_even_tried(visitor):
    person = make_user()
    for _ in range(5):
        visitor.post("/en/accounts/login/", {"login": person.email, "password": "wrong"})

    response = visitor.sign_in(person)

    assert response.context["form"].non_field_errors() == ["Too many attempts. Wait five minutes and try again."]


def test_limits_count_the_readers_address_and_not_the_proxys(visitor):
    limits = {"login": "1/m/ip"}
    with override_settings(ACCOUNT_RATE_LIMITS=limits, ALLAUTH_TRUSTED_PROXY_COUNT=1):
        answers = [
            visitor.post("/en/accounts/login/", {}, headers={"X-Forwarded-For": forwarded}).status_code
            for forwarded in ("203.0.113.1", "203.0.113.2", "198.51.100.7, 203.0.113.2")
        ]

    assert answers == [200, 200, 429]


def test_sign_in_is_kept_only_when_asked_for(visitor):
    person = make_user()

    visitor.sign_in(person)
    short = visitor.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    visitor.post("/en/accounts/logout/")
    visitor.post("/en/accounts/login/", {"login": person.email, "password": "correct horse", "remember": "on"})
    kept = visitor.cookies[settings.SESSION_COOKIE_NAME]["max-age"]

    assert (short, kept) == ("", 60 * 60 * 24 * 30)


def test_sign_in_leads_on_to_where_one_wanted(visitor):
    person = make_user()

    asked = visitor.get("/en/me/consents/")
    form = visitor.get(asked["Location"])
    response = visitor.post(
        "/en/accounts/login/", {"login": person.email, "password": "correct horse", "next": "/en/me/consents/"}
    )

    assert asked["Location"] == "/en/accounts/login/?next=/en/me/consents/"
    assert '<input type="hidden" name="next" value="/en/me/consents/">' in form.content.decode()
    assert response["Location"] == "/en/me/consents/"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:///evil.example",
        "\x00",
    ],
)
def test_sign_in_never_leads_to_another_site(visitor, target):
    person = make_user(language="en")

    response = visitor.post("/en/accounts/login/", {"login": person.email, "password": "correct horse", "next": target})

    assert response["Location"] == "/en/"


def test_sign_out_needs_a_press_of_the_button(visitor):
    visitor.force_login(make_user())

    visitor.get("/en/accounts/logout/")
    visitor.head("/en/accounts/logout/")
    still_in = visitor.get("/en/me/").status_code
    response = visitor.post("/en/accounts/logout/")

    assert still_in == 200
    assert response["Location"] == "/en/"
    assert visitor.get("/en/me/").status_code == 302


def test_sign_in_page_runs_no_script_of_its_own(visitor):
    response = visitor.get("/en/accounts/login/")
    html = response.content.decode()

    assert "script-src 'self';" in response["Content-Security-Policy"] + ";"
    assert " style=" not in html
    assert all("src=" in tag or "application/json" in tag for tag in _scripts(html))


def test_no_letter_leaves_when_nobody_asked(visitor):
    visitor.sign_in(make_user())

    assert mail.outbox == []


def _scripts(html: str) -> list[str]:
    return ["<script" + rest.split(">")[0] for rest in html.split("<script")[1:]]
