from allauth.usersessions.models import UserSession
from django.utils.translation import override

from accounts.templatetags.accounts import browser
from tests.factories import make_user

YANDEX = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/118.0 YaBrowser/23.11 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Mobile Safari/604.1"


def test_list_names_devices_as_people_do(visitor):
    person = make_user()
    visitor.defaults["HTTP_USER_AGENT"] = YANDEX
    other = type(visitor)(headers={"User-Agent": IPHONE})
    visitor.sign_in(person)
    other.sign_in(person)

    html = visitor.get("/en/accounts/sessions/").content.decode()

    assert "Яндекс Браузер, Windows" in html
    assert "Safari, iPhone" in html
    assert html.count("this one") == 1


def test_unknown_device_has_a_name_too():
    with override("en"):
        assert browser("curl/8.0") == "unknown browser"


def test_all_other_devices_can_be_signed_out(visitor):
    person = make_user()
    other = type(visitor)()
    visitor.sign_in(person)
    other.sign_in(person)

    visitor.post("/en/accounts/sessions/")

    assert visitor.get("/en/me/").status_code == 200
    assert other.get("/en/me/").status_code == 302
    assert UserSession.objects.filter(user=person).count() == 1


def test_other_peoples_sessions_are_neither_shown_nor_ended(visitor):
    stranger = type(visitor)(headers={"User-Agent": IPHONE})
    stranger.sign_in(make_user())
    visitor.sign_in(make_user())

    html = visitor.get("/en/accounts/sessions/").content.decode()
    visitor.post("/en/accounts/sessions/")

    assert "iPhone" not in html
    assert stranger.get("/en/me/").status_code == 200


def test_new_password_leaves_this_device_in_the_list_and_the_others_out(visitor):
    person = make_user()
    other = type(visitor)()
    visitor.sign_in(person)
    other.sign_in(person)
    password = {"password1": "a new and better one", "password2": "a new and better one"}

    visitor.post("/en/accounts/password/change/", {"oldpassword": "correct horse", **password})

    html = visitor.get("/en/accounts/sessions/").content.decode()
    assert (html.count("this one"), html.count("<tr")) == (1, 2)
    assert other.get("/en/me/").status_code == 302
