from django.core import mail

from accounts.models import User
from tests.factories import make_user


def test_new_address_counts_once_confirmed_and_the_old_one_is_told(visitor, link):
    person = make_user("old@example.org", language="en")
    visitor.sign_in(person)
    again(visitor)

    visitor.post("/en/accounts/email/", {"email": "new@example.org", "action_add": "1"})
    before = User.objects.get().email
    visitor.post(link())

    assert before == "old@example.org"
    assert User.objects.get().email == "new@example.org"
    assert list(User.objects.get().emailaddress_set.values_list("email", "verified", "primary")) == [
        ("new@example.org", True, True)
    ]
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["new@example.org"], "Confirm your e-mail address — Learning City"),
        (["old@example.org"], "Your e-mail address was changed — Learning City"),
    ]
    assert "You used to sign in with old@example.org; from now on it is new@example.org." in mail.outbox[1].body


def test_change_asks_once_more_who_it_is(visitor):
    visitor.sign_in(make_user())

    response = visitor.post("/en/accounts/email/", {"email": "new@example.org", "action_add": "1"})

    assert response["Location"] == "/en/accounts/reauthenticate/?next=%2Fen%2Faccounts%2Femail%2F"
    assert mail.outbox == []


def test_what_was_asked_for_is_done_after_the_question(visitor):
    visitor.sign_in(make_user(language="en"))
    visitor.post("/en/accounts/email/", {"email": "new@example.org", "action_add": "1"})

    visitor.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/accounts/email/"})

    assert mail.outbox[0].to == ["new@example.org"]


def test_change_can_be_called_off(visitor):
    person = make_user("old@example.org", language="en")
    visitor.sign_in(person)
    again(visitor)
    visitor.post("/en/accounts/email/", {"email": "new@example.org", "action_add": "1"})

    waiting = visitor.get("/en/accounts/email/").content.decode()
    visitor.post("/en/accounts/email/", {"email": "new@example.org", "action_remove": "1"})

    assert "new@example.org is not confirmed yet" in waiting
    assert list(person.emailaddress_set.values_list("email", flat=True)) == ["old@example.org"]


def test_somebody_elses_address_is_neither_taken_nor_betrayed(visitor):
    make_user("taken@example.org")
    person = make_user("old@example.org", language="en")
    visitor.sign_in(person)
    again(visitor)

    response = visitor.post("/en/accounts/email/", {"email": "taken@example.org", "action_add": "1"})

    assert response.status_code == 302
    person.refresh_from_db()
    assert person.email == "old@example.org"


def again(visitor) -> None:
    response = visitor.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})
    assert response.status_code == 302
