"""Signing up and in, as people do it."""

import re

import pytest
from django.core import mail
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.accounts.conftest import code
from tests.factories import make_user

pytestmark = pytest.mark.browser
PASSWORD = "correct horse"


@pytest.fixture
def anna(live_server, city) -> User:
    return make_user("anna@example.org", display_name="Anna", language="en")


def sign_in(page: Page, person: User) -> None:
    page.goto("/en/accounts/login/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/en/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()


def confirm(page: Page) -> None:
    """Once more the password, before something that matters."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def link_in_letter() -> str:
    return re.search(r"http://localhost\S+", mail.outbox[-1].body)[0]


def with_passkeys(page: Page, **changes: object) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
        **changes,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def test_citizen_signs_up_and_confirms_the_address(page: Page):
    page.goto("/en/accounts/signup/")
    page.get_by_label("E-mail").fill("anna@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("What shall we call you?").fill("Anna")
    page.get_by_label("I agree that this site keeps my personal data").check()
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")

    page.goto(link_in_letter())
    page.get_by_role("button", name="Yes, confirm").click()

    page.goto("/en/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna")
    assert User.objects.get().consents.count() == 1


def test_mistakes_in_a_form_are_listed_and_led_to(page: Page):
    page.goto("/en/accounts/signup/")
    page.get_by_label("E-mail").fill("anna")
    page.get_by_role("button", name="Sign up").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("E-mail")).to_be_focused()


def test_second_factor_with_codes_of_an_app(page: Page, anna: User):
    sign_in(page, anna)
    page.goto("/en/me/security/")
    page.get_by_role("link", name="Switch on codes").click()
    confirm(page)
    secret = page.locator("figure code").inner_text()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.locator("ul.codes li")).to_have_count(10)
    recovery = page.locator("ul.codes li").first.inner_text()
    sign_out(page)

    sign_in(page, anna)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This code isn’t right")
    page.get_by_label("Code").fill(code(secret, 1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/en/me/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna")
    sign_out(page)

    sign_in(page, anna)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/en/me/security/")
    expect(page.get_by_text("9 codes are left.")).to_be_visible()


def test_passkey_signs_in_without_a_password(page: Page, anna: User):
    with_passkeys(page)
    sign_in(page, anna)
    page.goto("/en/me/security/")
    page.get_by_role("link", name="Add a key").click()
    confirm(page)
    page.get_by_label("Name of the key").fill("My laptop")
    page.get_by_label("Let me sign in with this key alone, without a password").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    page.goto("/en/accounts/2fa/webauthn/")
    expect(page.get_by_role("rowheader", name="My laptop")).to_contain_text("without a password")
    sign_out(page)

    page.goto("/en/accounts/login/?next=/en/me/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Anna")


def test_security_key_is_the_second_step_after_the_password(page: Page, anna: User):
    with_passkeys(page)
    sign_in(page, anna)
    page.goto("/en/accounts/2fa/webauthn/add/")
    confirm(page)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page)

    sign_in(page, anna)
    page.get_by_role("button", name="With a passkey or security key").click()
    page.wait_for_url("**/en/")
    page.goto("/en/me/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Anna")


def test_passkey_that_fails_says_so_in_the_page(page: Page):
    with_passkeys(page, isUserVerified=False)
    page.goto("/en/accounts/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("the device gave no answer, or you cancelled", timeout=20_000)
    expect(page.get_by_role("alert")).to_be_focused()


def test_everything_but_passkeys_works_without_scripts(plain: Page, anna: User):
    plain.goto("/en/accounts/login/")
    expect(plain.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(plain.get_by_text("Passkeys need JavaScript")).to_be_visible()
    sign_in(plain, anna)
    plain.goto("/en/me/")
    plain.get_by_label("Name").fill("Anna K.")
    plain.get_by_role("button", name="Save").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Anna K.")
    plain.goto("/en/accounts/2fa/totp/activate/")
    confirm(plain)
    plain.get_by_label("Code").fill(code(plain.locator("figure code").inner_text()))
    plain.get_by_role("button", name="Switch on").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    plain.goto("/en/accounts/sessions/")
    expect(plain.get_by_text("this one")).to_be_visible()
    sign_out(plain)


def test_picture_of_a_person_is_uploaded_and_shown(page: Page, anna: User, tmp_path):
    file = tmp_path / "me.png"
    Image.new("RGB", (300, 200), "teal").save(file)
    sign_in(page, anna)
    page.goto("/en/me/")
    page.get_by_label("Picture (optional)").set_input_files(file)
    page.get_by_label("let others see my profile page").check()
    page.get_by_label("show my picture there").check()
    page.get_by_role("button", name="Save").click()

    page.get_by_role("link", name="Open my page").click()

    picture = page.locator("main img")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 384)
