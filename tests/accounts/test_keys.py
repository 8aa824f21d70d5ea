import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from accounts.models import User
from tests.accounts.soft_key import SoftKey
from tests.factories import make_user

HOST = {"SERVER_NAME": "localhost"}


@pytest.fixture
def browser(visitor):
    """On the host that keys may be used on without TLS."""
    visitor.defaults.update(HOST)
    return visitor


@pytest.fixture
def anna(browser) -> User:
    return make_user("anna@example.org", display_name="Анна", language="en")


def options_on(page) -> dict:
    found = re.search(r'<script id="js_data" type="application/json">(.*?)</script>', page.content.decode())
    return json.loads(found[1])


def add_key(browser, person: User, **fields) -> SoftKey:
    browser.sign_in(person)
    browser.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})
    key = SoftKey()
    options = options_on(browser.get("/en/accounts/2fa/webauthn/add/"))["creation_options"]
    answer = browser.post(
        "/en/accounts/2fa/webauthn/add/", {"credential": json.dumps(key.create(options)), "name": "Телефон", **fields}
    )
    assert answer["Location"] == "/en/accounts/2fa/recovery-codes/"
    browser.post("/en/accounts/logout/")
    return key


def test_key_is_added_listed_renamed_and_removed(browser, anna):
    add_key(browser, anna)
    browser.force_login(anna)
    browser.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})
    pk = Authenticator.objects.get(type="webauthn").pk

    listed = browser.get("/en/accounts/2fa/webauthn/").content.decode()
    browser.post(f"/en/accounts/2fa/webauthn/keys/{pk}/edit/", {"name": "Связка"})
    renamed = browser.get("/en/accounts/2fa/webauthn/").content.decode()
    browser.post(f"/en/accounts/2fa/webauthn/keys/{pk}/remove/")

    assert "Телефон" in listed
    assert "Связка" in renamed
    assert not anna.authenticator_set.exists()
    assert [letter.subject.split(" — ")[0] for letter in mail.outbox] == [
        "A passkey was added",
        "A passkey was removed",
    ]


def test_passkey_signs_in_without_a_password(browser, anna):
    key = add_key(browser, anna, passwordless="on")

    options = browser.get("/en/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()
    answer = browser.post(
        "/en/accounts/2fa/webauthn/login/",
        {"credential": json.dumps(key.get(options["request_options"])), "next": "/en/me/"},
    )

    assert answer["Location"] == "/en/me/"
    assert browser.get("/en/me/").status_code == 200


def test_key_is_the_second_step_after_the_password(browser, anna):
    key = add_key(browser, anna)

    first = browser.sign_in(anna)
    options = options_on(browser.get("/en/accounts/2fa/authenticate/"))["request_options"]
    second = browser.post("/en/accounts/2fa/authenticate/", {"credential": json.dumps(key.get(options))})

    assert first["Location"] == "/en/accounts/2fa/authenticate/"
    assert second["Location"] == "/en/"


def test_site_names_itself_and_the_person_to_the_device(browser, anna):
    browser.sign_in(anna)
    browser.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})

    asked = options_on(browser.get("/en/accounts/2fa/webauthn/add/"))["creation_options"]["publicKey"]

    assert asked["rp"] == {"name": "Learning City", "id": "localhost"}
    assert (asked["user"]["name"], asked["user"]["displayName"]) == ("anna@example.org", "Анна")


def test_answer_of_yesterday_is_refused(browser, anna):
    key = add_key(browser, anna, passwordless="on")
    accept = {"Accept": "application/json"}
    old = browser.get("/en/accounts/2fa/webauthn/login/", headers=accept).json()["request_options"]
    browser.get("/en/accounts/2fa/webauthn/login/", headers=accept)

    answer = browser.post("/en/accounts/2fa/webauthn/login/", {"credential": json.dumps(key.get(old))})

    assert answer["Location"] == "/en/accounts/login/"
    assert browser.get("/en/me/").status_code == 302


def test_answer_given_to_another_site_is_refused(browser, anna):
    key = add_key(browser, anna, passwordless="on")
    key.origin = "https://evil.example"
    options = browser.get("/en/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()

    browser.post("/en/accounts/2fa/webauthn/login/", {"credential": json.dumps(key.get(options["request_options"]))})

    assert browser.get("/en/me/").status_code == 302


def test_stolen_key_number_with_another_secret_is_refused(browser, anna):
    key = add_key(browser, anna, passwordless="on")
    forged = SoftKey()
    forged.id, forged.owner = key.id, key.owner
    options = browser.get("/en/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()

    browser.post("/en/accounts/2fa/webauthn/login/", {"credential": json.dumps(forged.get(options["request_options"]))})

    assert browser.get("/en/me/").status_code == 302


def test_other_peoples_keys_cannot_be_touched(browser, anna):
    add_key(browser, anna)
    pk = Authenticator.objects.get(type="webauthn").pk
    stranger = make_user(language="en")
    browser.sign_in(stranger)
    browser.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})

    assert browser.get(f"/en/accounts/2fa/webauthn/keys/{pk}/edit/").status_code == 404
    assert browser.post(f"/en/accounts/2fa/webauthn/keys/{pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=pk).exists()


GARBAGE = [
    "",
    "null",
    "[]",
    "{}",
    "1e999",
    '"\\ud800"',
    "[" * 100_000,
    '{"response": null}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    json.dumps({**SoftKey().get({"publicKey": {"challenge": "x", "rpId": "y"}}), "rawId": 7}),
    json.dumps({**SoftKey().get({"publicKey": {"challenge": "x", "rpId": "y"}}), "response": {"userHandle": "8J+Y"}}),
    json.dumps(SoftKey().get({"publicKey": {"challenge": "x", "rpId": "y"}})),
    '{"id": "\\u0000", "rawId": "\\u0000", "type": 5, "response": {"clientDataJSON": "e30", "userHandle": "////"}}',
]


@pytest.mark.parametrize("credential", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_instead_of_a_key_is_a_wrong_answer(browser, anna, credential):
    key = add_key(browser, anna)
    assert key.owner
    accept = {"Accept": "application/json"}

    browser.get("/en/accounts/2fa/webauthn/login/", headers=accept)
    login = browser.post("/en/accounts/2fa/webauthn/login/", {"credential": credential})
    browser.sign_in(anna)
    browser.get("/en/accounts/2fa/authenticate/")
    second = browser.post("/en/accounts/2fa/authenticate/", {"credential": credential})
    browser.force_login(anna)
    browser.get("/en/accounts/2fa/webauthn/reauthenticate/")
    again = browser.post("/en/accounts/2fa/webauthn/reauthenticate/", {"credential": credential})
    browser.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})
    browser.get("/en/accounts/2fa/webauthn/add/")
    added = browser.post("/en/accounts/2fa/webauthn/add/", {"credential": credential})

    assert [login.status_code, second.status_code, again.status_code, added.status_code] == [302, 200, 302, 200]
    assert Authenticator.objects.filter(type="webauthn").count() == 1
