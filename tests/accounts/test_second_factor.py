import base64
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail

from tests.accounts.conftest import code
from tests.factories import make_user


def confirm(visitor) -> None:
    visitor.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})


def switch_on(visitor) -> tuple[str, str]:
    """The secret on the page, and where the answer leads."""
    html = visitor.get("/en/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", html)[1]
    return secret, visitor.post("/en/accounts/2fa/totp/activate/", {"code": code(secret)})["Location"]


def test_codes_are_switched_on_with_the_first_code_and_told(visitor):
    person = make_user(language="en")
    visitor.sign_in(person)
    confirm(visitor)

    _secret, target = switch_on(visitor)

    assert target == "/en/accounts/2fa/recovery-codes/"
    assert sorted(person.authenticator_set.values_list("type", flat=True)) == ["recovery_codes", "totp"]
    assert mail.outbox[-1].subject == "Sign-in codes are switched on — Learning City"


def test_page_for_the_app_shows_a_square_code_without_asking_another_host(visitor):
    visitor.sign_in(make_user())
    confirm(visitor)

    html = visitor.get("/en/accounts/2fa/totp/activate/").content.decode()

    picture = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', html)[1]
    assert base64.b64decode(picture).startswith(b"<?xml")


def test_switching_on_asks_for_the_password_first(visitor):
    visitor.sign_in(make_user())

    response = visitor.get("/en/accounts/2fa/totp/activate/")

    assert response["Location"].startswith("/en/accounts/reauthenticate/")


def test_secret_is_not_readable_in_the_database(with_codes, locales):
    person = make_user()

    secret = with_codes(person)

    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert TOTP(Authenticator.objects.get(type="totp")).validate_code(code(secret))


def test_sign_in_needs_the_code(visitor, with_codes):
    person = make_user(language="en")
    secret = with_codes(person)

    first = visitor.sign_in(person)
    between = visitor.get("/en/me/")
    wrong = visitor.post("/en/accounts/2fa/authenticate/", {"code": "000000"})
    second = visitor.post("/en/accounts/2fa/authenticate/", {"code": code(secret)})

    assert first["Location"] == "/en/accounts/2fa/authenticate/"
    assert between["Location"] == "/en/accounts/login/?next=/en/me/"
    assert wrong.context["form"].errors == {"code": ["This code isn’t right. Check it, or wait for the next one."]}
    assert second["Location"] == "/en/"
    assert visitor.get("/en/me/").status_code == 200


def test_code_of_the_half_minute_before_still_counts(visitor, with_codes):
    person = make_user(language="en")
    secret = with_codes(person)
    visitor.sign_in(person)

    response = visitor.post("/en/accounts/2fa/authenticate/", {"code": code(secret, -1)})

    assert response["Location"] == "/en/"


def test_code_works_once(visitor, with_codes):
    person = make_user()
    secret = with_codes(person)
    now = code(secret, 1)
    visitor.sign_in(person)
    visitor.post("/en/accounts/2fa/authenticate/", {"code": now})
    other = type(visitor)()
    other.sign_in(person)

    response = other.post("/en/accounts/2fa/authenticate/", {"code": f"{now[:3]} {now[3:]}"})

    assert response.status_code == 200
    assert other.get("/en/me/").status_code == 302


def test_recovery_code_works_once(visitor, with_codes):
    person = make_user(language="en")
    with_codes(person)
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    visitor.sign_in(person)

    first = visitor.post("/en/accounts/2fa/authenticate/", {"code": recovery})
    other = type(visitor)()
    other.sign_in(person)
    second = other.post("/en/accounts/2fa/authenticate/", {"code": recovery})

    assert first["Location"] == "/en/"
    assert second.status_code == 200
    assert len(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()) == 9


def test_recovery_codes_are_shown_downloaded_and_made_anew(visitor, with_codes):
    person = make_user(language="en")
    with_codes(person)
    old = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    visitor.force_login(person)
    confirm(visitor)

    page = visitor.get("/en/accounts/2fa/recovery-codes/").content.decode()
    file = visitor.get("/en/accounts/2fa/recovery-codes/download/")
    visitor.post("/en/accounts/2fa/recovery-codes/generate/")

    assert all(f"<code>{one}</code>" in page for one in old)
    assert file.content.decode().split() == old
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    new = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    assert set(new).isdisjoint(old)
    assert mail.outbox[-1].subject == "New recovery codes — Learning City"


def test_codes_are_switched_off_after_a_question(visitor, with_codes):
    person = make_user(language="en")
    with_codes(person)
    visitor.force_login(person)

    asked = visitor.post("/en/accounts/2fa/totp/deactivate/")
    confirm(visitor)
    visitor.post("/en/accounts/2fa/totp/deactivate/")

    assert asked["Location"].startswith("/en/accounts/reauthenticate/")
    assert not person.authenticator_set.exists()
    assert mail.outbox[-1].subject == "Sign-in codes are switched off — Learning City"


def test_guessing_codes_is_stopped(visitor, with_codes):
    person = make_user()
    secret = with_codes(person)
    visitor.sign_in(person)
    for _ in range(5):
        visitor.post("/en/accounts/2fa/authenticate/", {"code": "000000"})

    response = visitor.post("/en/accounts/2fa/authenticate/", {"code": code(secret)})

    assert response.context["form"].errors == {"code": ["Too many attempts. Wait five minutes and try again."]}


@pytest.mark.parametrize("path", ["authenticate/", "totp/activate/", "recovery-codes/", "webauthn/", "webauthn/add/"])
def test_pages_of_the_second_factor_are_closed_to_visitors(visitor, path):
    assert visitor.get(f"/en/accounts/2fa/{path}").status_code == 302
