"""Signing in by way of another site; a little server of our own stands in for it."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.yandex.views import YandexOAuth2Adapter

from accounts.models import User
from tests.factories import make_user

ANNA = {"id": "77", "default_email": "anna@example.org", "first_name": "Анна", "last_name": "Ким"}


class OtherSite(BaseHTTPRequestHandler):
    person: dict[str, Any] = ANNA
    status = 200

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer({"access_token": "token", "token_type": "bearer"})

    def do_GET(self) -> None:
        self._answer(self.person)

    def _answer(self, content: dict[str, Any]) -> None:
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def other_site(monkeypatch) -> Iterator[type[OtherSite]]:
    handler = type("Handler", (OtherSite,), {})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(YandexOAuth2Adapter, "access_token_url", f"{address}/token")
    monkeypatch.setattr(YandexOAuth2Adapter, "profile_url", f"{address}/info")
    yield handler
    server.shutdown()
    thread.join()
    server.server_close()


def leave(visitor, process: str = "login", back: str = "/be/"):
    return visitor.post(f"/accounts/yandex/login/?process={process}&next={back}")


def come_back(visitor, **leaving):
    state = parse_qs(urlsplit(leave(visitor, **leaving).context["address"]).query)["state"][0]
    return visitor.get("/accounts/yandex/login/callback/", {"code": "code", "state": state})


def test_only_configured_sites_are_offered_and_have_addresses(visitor):
    html = visitor.get("/en/accounts/login/").content.decode()

    assert [name in html for name in ("Yandex", "Google", "VK")] == [True, True, False]
    assert visitor.get("/accounts/vk/login/", follow=True).status_code == 404


def test_no_site_is_offered_where_none_is_configured(visitor, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}

    html = visitor.get("/en/accounts/login/").content.decode()

    assert "By way of another site" not in html


def test_going_there_needs_a_press_of_the_button(visitor):
    page = visitor.get("/accounts/yandex/login/?process=login")

    assert page.status_code == 200
    assert "oauth.yandex" not in page.content.decode()


def test_way_out_is_a_page_and_no_redirect_of_a_form(visitor):
    page = leave(visitor)

    assert page.status_code == 200
    address = urlsplit(page.context["address"])
    asked = parse_qs(address.query)
    assert (address.scheme, address.hostname) == ("https", "oauth.yandex.com")
    assert asked["client_id"] == ["yandex-id"]
    assert asked["redirect_uri"] == ["http://testserver/accounts/yandex/login/callback/"]
    assert '<meta http-equiv="refresh" content="0;url=https://oauth.yandex.com/' in page.content.decode()


def test_new_person_is_asked_for_consent_and_comes_in(visitor, other_site):
    back = come_back(visitor)
    form = visitor.get(back["Location"])
    refused = visitor.post(back["Location"], {"email": "anna@example.org", "display_name": "Анна"})
    saved = visitor.post(back["Location"], {"email": "anna@example.org", "display_name": "Анна", "consent": "on"})

    assert back["Location"] == "/be/accounts/3rdparty/signup/"
    assert form.context["form"].initial["display_name"] == "Анна Ким"
    assert list(refused.context["form"].errors) == ["consent"]
    assert saved["Location"] == "/be/"
    person = User.objects.get()
    assert (person.email, person.display_name, person.language) == ("anna@example.org", "Анна", "be")
    assert person.emailaddress_set.get().verified
    assert person.consents.get().version == "2026-11"
    assert not person.has_usable_password()


def test_known_person_comes_in_at_once(visitor, other_site):
    person = make_user(language="en")
    SocialAccount.objects.create(user=person, provider="yandex", uid="77")

    back = come_back(visitor, back="/en/me/")

    assert back["Location"] == "/en/me/"
    assert visitor.get("/en/me/").status_code == 200


def test_address_of_somebody_else_opens_nobodys_account(visitor, other_site):
    make_user("anna@example.org")

    back = come_back(visitor)
    visitor.post(back["Location"], {"email": "anna@example.org", "consent": "on"})

    assert visitor.get("/en/me/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_second_factor_is_asked_for_also_by_this_way(visitor, other_site, with_codes):
    person = make_user(language="en")
    SocialAccount.objects.create(user=person, provider="yandex", uid="77")
    with_codes(person)

    back = come_back(visitor, back="/en/")

    assert back["Location"] == "/en/accounts/2fa/authenticate/"
    assert visitor.get("/en/me/").status_code == 302


def test_person_connects_and_disconnects_a_site(visitor, other_site):
    person = make_user(language="en")
    visitor.sign_in(person)
    visitor.post("/en/accounts/reauthenticate/", {"password": "correct horse", "next": "/en/me/"})

    back = come_back(visitor, process="connect", back="/en/accounts/3rdparty/")
    listed = visitor.get("/en/accounts/3rdparty/").content.decode()
    visitor.post("/en/accounts/3rdparty/", {"account": SocialAccount.objects.get().pk})

    assert back["Location"] == "/en/accounts/3rdparty/"
    assert "Yandex: anna@example.org" in listed
    assert not SocialAccount.objects.exists()


def test_answer_that_nobody_asked_for_is_refused(visitor, other_site):
    visitor.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    response = visitor.get("/accounts/yandex/login/callback/", {"code": "code", "state": "made up"})

    assert "gave no usable answer" in response.content.decode()


@pytest.mark.parametrize("query", ["", "error=access_denied", "code=%00&state=%00", "state=x"])
def test_strange_answers_are_survived(visitor, other_site, query):
    leave(visitor)

    assert visitor.get(f"/accounts/yandex/login/callback/?{query}").status_code in {200, 302, 401}


def test_other_site_that_is_broken_is_survived(visitor, other_site):
    other_site.status = 500

    response = come_back(visitor)

    assert response.status_code == 401
