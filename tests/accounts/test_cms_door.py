import re

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.users.models import UserProfile

from accounts.models import User
from partners.actions import add_member
from partners.enums import Role
from tests.accounts.conftest import code
from tests.factories import make_partner, make_user


@pytest.fixture
def editor(visitor) -> User:
    group = Group.objects.create(name="Newsroom")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person = make_user("editor@example.org", language="en")
    person.groups.add(group)
    return person


def test_cms_sends_visitors_to_the_site_sign_in_and_back(visitor, editor):
    asked = visitor.get("/cms/reports/site-history/")
    signed_in = visitor.post(
        "/en/accounts/login/",
        {"login": editor.email, "password": "correct horse", "next": "/cms/reports/site-history/"},
    )

    assert re.fullmatch(r"/\w\w/accounts/login/\?next=/cms/reports/site-history/", asked["Location"])
    assert signed_in["Location"] == "/cms/reports/site-history/"
    assert visitor.get("/cms/").status_code == 200


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/cms/login/", r"/\w\w/accounts/login/\?next=%2Fcms%2F"),
        ("/cms/login/?next=/cms/pages/", r"/\w\w/accounts/login/\?next=%2Fcms%2Fpages%2F"),
        ("/cms/login/?next=https://evil.example/", r"/\w\w/accounts/login/\?next=%2Fcms%2F"),
        ("/cms/password_reset/", r"/\w\w/accounts/password/reset/"),
        ("/cms/password_reset/confirm/MQ/set-password/", r"/\w\w/accounts/password/reset/"),
    ],
)
def test_doors_of_the_cms_lead_to_the_site(visitor, path, target):
    assert re.fullmatch(target, visitor.get(path)["Location"])
    assert re.fullmatch(target, visitor.post(path, {"username": "a", "password": "b"})["Location"])


def test_citizen_is_told_that_the_cms_is_not_for_them(visitor):
    visitor.sign_in(make_user())

    assert visitor.get("/cms/").status_code == 403
    assert visitor.get("/cms/pages/").status_code == 403


def test_sign_out_of_the_cms_signs_out_of_the_site(visitor, editor):
    visitor.sign_in(editor)

    visitor.post("/cms/logout/")

    assert visitor.get("/en/me/").status_code == 302


def test_cms_speaks_the_language_of_the_profile(visitor, editor):
    visitor.sign_in(editor)
    visitor.get("/cms/")
    first = UserProfile.objects.get().preferred_language
    User.objects.update(language="be")
    visitor.get("/cms/")

    assert (first, UserProfile.objects.get().preferred_language) == ("en", "be")


def test_account_page_of_the_cms_leaves_the_person_to_the_site(visitor, editor):
    visitor.sign_in(editor)

    html = visitor.get("/cms/account/").content.decode()

    assert 'name="theme-theme"' in html
    assert 'href="/en/me/"' in html
    assert not re.search(r'name="(name_email|password|locale|avatar)-', html)


def test_account_page_of_the_cms_opens_for_a_partners_team(visitor, city):
    person = make_user(language="en")
    add_member(make_partner(), person, Role.AUTHOR)
    visitor.sign_in(person)

    assert visitor.get("/cms/account/").status_code == 200


def test_account_page_of_the_cms_saves_what_it_still_has(visitor, editor):
    visitor.sign_in(editor)

    response = visitor.post(
        "/cms/account/", {"theme-theme": "dark", "theme-contrast": "system", "theme-density": "default"}
    )

    assert response.status_code == 302
    assert UserProfile.objects.get().theme == "dark"


def test_no_second_factor_is_asked_where_the_city_does_not_demand_it(visitor, editor):
    visitor.sign_in(editor)

    assert visitor.get("/cms/").status_code == 200


def test_editor_without_a_second_factor_is_led_to_set_one_up_and_goes_on(visitor, editor, settings):
    settings.EDITORS_NEED_MFA = True
    visitor.sign_in(editor)

    stopped = visitor.get("/cms/pages/")
    told = visitor.get(stopped["Location"]).content.decode()
    visitor.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/security/"})
    secret = re.search(r"<code>(\w+)</code>", visitor.get("/en/accounts/2fa/totp/activate/").content.decode())[1]
    codes = visitor.post("/en/accounts/2fa/totp/activate/", {"code": code(secret)}, follow=True).content.decode()
    asked = visitor.get("/cms/pages/")
    shown = visitor.post("/en/accounts/2fa/reauthenticate/", {"code": code(secret), "next": "/cms/pages/"})

    assert stopped["Location"] == "/en/me/security/"
    assert "Editors need a second factor" in told
    assert '<a class="btn" href="/cms/pages/">' in codes
    assert asked["Location"] == "/en/accounts/2fa/reauthenticate/?next=%2Fcms%2Fpages%2F"
    assert shown["Location"] == "/cms/pages/"
    assert visitor.get("/cms/").status_code == 200


def test_editor_who_signed_in_with_a_second_factor_goes_straight_in(visitor, editor, with_codes, settings):
    settings.EDITORS_NEED_MFA = True
    secret = with_codes(editor)
    visitor.sign_in(editor)
    visitor.post("/en/accounts/2fa/authenticate/", {"code": code(secret)})

    assert visitor.get("/cms/").status_code == 200


def test_session_older_than_the_second_factor_has_to_show_it(visitor, editor, with_codes, settings):
    settings.EDITORS_NEED_MFA = True
    visitor.sign_in(editor)
    with_codes(editor)

    response = visitor.post("/cms/pages/1/delete/")

    assert response["Location"] == "/en/accounts/2fa/reauthenticate/?next=%2Fcms%2F"


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/api/main/pages/", "/cms/images/", "/cms/account/"])
def test_demand_holds_at_every_door_of_the_cms(visitor, editor, settings, path):
    settings.EDITORS_NEED_MFA = True
    visitor.sign_in(editor)

    assert visitor.get(path)["Location"] == "/en/me/security/"


def test_demand_does_not_touch_the_site(visitor, editor, settings):
    settings.EDITORS_NEED_MFA = True
    visitor.sign_in(editor)

    assert visitor.get("/en/me/").status_code == 200
