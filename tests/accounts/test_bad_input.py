"""Whatever is sent, nobody gets to see a broken server."""

import pytest
from django.core.cache import cache

from tests.factories import make_user

FIELDS = (
    "login",
    "email",
    "password",
    "password1",
    "password2",
    "oldpassword",
    "display_name",
    "bio",
    "language",
    "district",
    "code",
    "name",
    "next",
    "remember",
    "consent",
    "action_add",
    "account",
)
OPEN = ["login/", "signup/", "password/reset/", "logout/", "2fa/authenticate/", "3rdparty/signup/"]
CLOSED = [
    "me/",
    "accounts/email/",
    "accounts/password/change/",
    "accounts/password/set/",
    "accounts/reauthenticate/",
    "accounts/2fa/totp/activate/",
    "accounts/2fa/totp/deactivate/",
    "accounts/2fa/recovery-codes/generate/",
    "accounts/2fa/reauthenticate/",
    "accounts/2fa/webauthn/add/",
    "accounts/2fa/webauthn/keys/1/edit/",
    "accounts/sessions/",
    "accounts/3rdparty/",
]
VALUES = {
    "null byte": "a\0b@example.org",
    "a hundred thousand signs": "x" * 100_000,
    "lone surrogate": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "bytes that are no UTF-8": "\xff\xfe\x80",
    "long address": f"{'a' * 300}@example.org",
    "long domain": f"a@{'b' * 250}.org",
    "other alphabets": "пётр@пример.рф",
    "right to left": "\u202egro.elpmaxe@anna",
    "nothing but space": " \t\n ",
    "markup": '"><script>alert(1)</script>',
}


def body(value: str) -> bytes:
    return "&".join(f"{name}={_quoted(value)}" for name in FIELDS).encode()


@pytest.mark.parametrize("path", OPEN)
def test_open_forms_survive(visitor, path):
    answers = {kind: _send(visitor, f"/en/accounts/{path}", value) for kind, value in VALUES.items()}

    assert _broken(answers) == {}


@pytest.mark.parametrize("path", CLOSED)
def test_forms_of_the_account_survive(visitor, path):
    visitor.sign_in(make_user())
    visitor.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})

    answers = {kind: _send(visitor, f"/en/{path}", value) for kind, value in VALUES.items()}

    assert _broken(answers) == {}


@pytest.mark.parametrize(
    "path",
    [
        "people/99999999999999999999999999/",
        "people/0/",
        "accounts/2fa/webauthn/keys/99999999999999999999999999/edit/",
        "accounts/2fa/webauthn/keys/99999999999999999999999999/remove/",
    ],
)
def test_numbers_that_nobody_has_are_not_found(visitor, path):
    visitor.sign_in(make_user())
    visitor.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})

    assert visitor.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize("key", ["x", "MQ:1abcde:x", "MQ:" + "z" * 2000, "Ø:Ø"])
def test_made_up_confirmation_links_are_answered_kindly(visitor, key):
    assert visitor.get(f"/en/accounts/confirm-email/{key}/").status_code == 200
    assert visitor.post(f"/en/accounts/confirm-email/{key}/").status_code == 404


@pytest.mark.parametrize("query", ["next=%00", "next=%ED%A0%80", "email=%00", "next[]=1", "next=" + "x" * 5000])
@pytest.mark.parametrize("path", ["login/", "signup/", "password/reset/"])
def test_queries_survive(visitor, path, query):
    assert visitor.get(f"/en/accounts/{path}?{query}").status_code == 200


@pytest.mark.parametrize("method", ["head", "options", "put", "delete", "patch", "trace"])
@pytest.mark.parametrize("path", ["accounts/login/", "accounts/signup/", "me/", "me/close/", "people/1/"])
def test_unusual_methods_change_nothing(visitor, path, method):
    person = make_user()
    visitor.sign_in(person)
    visitor.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})

    response = getattr(visitor, method)(f"/en/{path}")

    assert response.status_code in {200, 302, 404, 405}
    person.refresh_from_db()
    assert person.is_active


def _send(visitor, path: str, value: str):
    cache.clear()  # the limits would answer in place of the form
    return visitor.generic("POST", path, body(value), content_type="application/x-www-form-urlencoded")


def _broken(answers: dict) -> dict:
    return {
        kind: answer.status_code
        for kind, answer in answers.items()
        if answer.status_code not in {200, 302, 404} or b"<script>alert(1)" in answer.content
    }


def _quoted(value: str) -> str:
    """Bytes as they are, so that broken UTF-8 arrives broken."""
    try:
        raw = value.encode("latin-1")
    except UnicodeEncodeError:
        raw = value.encode()
    return "".join(f"%{byte:02X}" if byte < 48 or byte > 122 or byte in b":;<=>?@[\\]^`" else chr(byte) for byte in raw)
