import pytest
from django.core import mail

from accounts.models import User
from tests.factories import make_user

NEW = {"password1": "a new and better one", "password2": "a new and better one"}


def test_reset_by_letter_signs_in_with_the_new_password(visitor, link):
    person = make_user(language="en")

    asked = visitor.post("/en/accounts/password/reset/", {"email": person.email})
    form = visitor.get(link(), follow=True)
    saved = visitor.post(form.redirect_chain[-1][0], NEW)

    assert asked["Location"] == "/en/accounts/password/reset/done/"
    assert form.redirect_chain[-1][0].endswith("-set-password/")
    assert saved["Location"] == "/en/"
    assert User.objects.get().check_password(NEW["password1"])
    assert [letter.subject for letter in mail.outbox] == [
        "Set a new password — Learning City",
        "Your password was changed — Learning City",
    ]


def test_reset_link_works_once(visitor, link):
    visitor.post("/en/accounts/password/reset/", {"email": make_user(language="en").email})
    path = link()
    form = visitor.get(path, follow=True)
    visitor.post(form.redirect_chain[-1][0], NEW)

    again = type(visitor)().get(path)

    assert "This link no longer works" in again.content.decode()


def test_reset_signs_out_everywhere_else(visitor, link):
    person = make_user(language="en")
    elsewhere = type(visitor)()
    elsewhere.sign_in(person)
    visitor.post("/en/accounts/password/reset/", {"email": person.email})
    form = visitor.get(link(), follow=True)

    visitor.post(form.redirect_chain[-1][0], NEW)

    assert elsewhere.get("/en/me/").status_code == 302


def test_reset_for_an_unknown_address_looks_the_same(visitor):
    response = visitor.post("/en/accounts/password/reset/", {"email": "nobody@example.org"})

    assert response["Location"] == "/en/accounts/password/reset/done/"
    assert mail.outbox[0].to == ["nobody@example.org"]
    assert mail.outbox[0].subject == "There is no account with this address — Learning City"


def test_reset_still_asks_for_the_second_factor(visitor, link, with_codes):
    person = make_user(language="en")
    with_codes(person)
    visitor.post("/en/accounts/password/reset/", {"email": person.email})
    form = visitor.get(link(), follow=True)

    saved = visitor.post(form.redirect_chain[-1][0], NEW)

    assert saved["Location"] == "/en/accounts/2fa/authenticate/"
    assert visitor.get("/en/me/").status_code == 302


@pytest.mark.parametrize("key", ["1-abc", "zzzzzzzzzzzzzzzzzzzz-abc", "0-set-password", "1-%00", "1-" + "x" * 3000])
def test_made_up_reset_links_are_answered_kindly(visitor, key):
    response = visitor.get(f"/en/accounts/password/reset/key/{key}/")

    assert response.status_code == 200
    assert "This link no longer works" in response.content.decode()


def test_change_needs_the_current_password_and_tells_the_owner(visitor):
    person = make_user(language="en")
    visitor.sign_in(person)

    refused = visitor.post("/en/accounts/password/change/", {"oldpassword": "wrong", **NEW})
    changed = visitor.post("/en/accounts/password/change/", {"oldpassword": "correct horse", **NEW})

    assert refused.context["form"].errors == {"oldpassword": ["This isn’t your current password."]}
    assert changed.status_code == 302
    assert visitor.get("/en/me/").status_code == 200
    assert mail.outbox[-1].subject == "Your password was changed — Learning City"
    assert "Network address: 127.0.0.1" in mail.outbox[-1].body


def test_person_without_a_password_sets_one(visitor):
    person = make_user(language="en")
    person.set_unusable_password()
    person.save()
    visitor.force_login(person)

    page = visitor.get("/en/accounts/password/change/")
    saved = visitor.post("/en/accounts/password/set/", NEW)

    assert page["Location"] == "/en/accounts/password/set/"
    assert saved.status_code == 302
    assert User.objects.get().check_password(NEW["password1"])
    assert mail.outbox[-1].subject == "Your account has a password now — Learning City"
