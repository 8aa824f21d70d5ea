"""Pages for when something is not there, not allowed or broken: each says what to do next."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from django.urls import path

from common import errors
from config import urls as config_urls
from tests.factories import make_city, make_user


def closed(request):
    raise PermissionDenied


def broken(request):
    raise ValueError


urlpatterns = [path("ru/closed/", closed), path("be/broken/", broken), *config_urls.urlpatterns]
handler400, handler500 = errors.bad_request, errors.server_error
pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet_client(client):
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    "address", ["/ru/nowhere/", "/en/nowhere/else/", "/covers/poster/0123456789abcdef.svg", "/ru/untranslated/999/"]
)
def test_missing_page_offers_a_search(client, address):
    make_city()

    response = client.get(address)

    html = response.content.decode()
    assert response.status_code == 404
    assert '<form class="search search--big" role="search"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_missing_page_leads_to_start_pages_of_other_languages(client):
    make_city()

    html = client.get("/ru/nowhere/").content.decode()

    assert '<a href="/en/" lang="en"' in html
    assert '<a href="/be/" lang="be"' in html


def test_forbidden_page_offers_to_sign_in(client):
    make_city()

    with override_settings(ROOT_URLCONF=__name__):
        stranger = client.get("/ru/closed/")
        client.force_login(make_user(display_name="Вера"))
        known = client.get("/ru/closed/")

    assert (stranger.status_code, known.status_code) == (403, 403)
    assert '<a class="btn" href="/ru/accounts/login/">' in stranger.content.decode()
    assert "Вера" in known.content.decode()
    assert '<a class="btn" href="/ru/accounts/login/">' not in known.content.decode()


def test_broken_page_speaks_the_language_of_its_address(quiet_client, django_assert_num_queries):
    with override_settings(ROOT_URLCONF=__name__), django_assert_num_queries(0):
        response = quiet_client.get("/be/broken/", headers={"X-Request-ID": "abcdef0123456789"})

    html = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="be">' in html
    assert "abcdef0123456789" in html
    assert response["Cache-Control"] == "no-store"


def test_broken_request_gets_a_page_of_its_own(client):
    response = client.get("/ru/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert '<html lang="ru">' in response.content.decode()


def test_stale_form_says_how_to_send_it_again(client):
    make_city()
    strict = client.__class__(enforce_csrf_checks=True)

    response = strict.post("/ru/accounts/login/", {"login": "a@example.org", "password": "x"})

    assert response.status_code == 403
    assert '<a class="btn" href="/ru/accounts/login/">' in response.content.decode()


def test_robots_may_read_all_but_desks_and_doors(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /cms/" in response.content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in response.content.decode()
