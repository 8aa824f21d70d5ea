"""How the API answers, whatever is asked: methods, headers, limits, refusals."""

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.urls import reverse

from common.api import limits
from common.api.limits import Allowance
from search import queries
from tests.factories import make_news, make_user

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


@pytest.fixture
def broken(monkeypatch):
    """broken(error): from then on the index cannot be asked."""

    def break_with(error: Exception) -> None:
        def find(query):
            raise error

        monkeypatch.setattr(queries, "find", find)

    return break_with


def test_it_knows_no_reader(city, client):
    client.force_login(make_user())

    response = client.get("/api/v1/search")

    assert response.cookies == {}
    assert "Vary" not in response
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response


def test_what_has_not_changed_is_not_sent_twice(city, client):
    make_news("Первая")
    first = client.get("/api/v1/news")

    again = client.get("/api/v1/news", headers={"If-None-Match": first["ETag"]})
    make_news("Вторая")
    changed = client.get("/api/v1/news", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    assert (changed.status_code, changed["Cache-Control"]) == (200, "public, max-age=60")


def test_an_etag_hangs_on_the_answer_alone(city, client):
    for _ in range(3):
        make_news()

    first, second = (client.get("/api/v1/news", {"limit": 1}) for _ in range(2))

    assert first["ETag"] == second["ETag"]


def test_a_head_is_a_get_without_its_body(city, client):
    whole, head = client.get("/api/v1/news"), client.head("/api/v1/news")

    assert (head.status_code, head.content) == (200, b"")
    assert [head[name] for name in ("ETag", "Content-Length")] == [whole["ETag"], str(len(whole.content))]


def test_a_browser_may_ask_from_another_site(client, db):
    response = client.options("/api/v1/search", headers={"Origin": "https://elsewhere.example"})

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == response["Allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/nowhere", "/api/"])
def test_nothing_can_be_written(city, client, method, path):
    response = getattr(client, method)(path)

    assert (response.status_code, response["Content-Type"], response["Allow"]) == (405, PROBLEM, "GET, HEAD, OPTIONS")
    assert response.json() == {
        "type": "about:blank",
        "title": "Method Not Allowed",
        "status": 405,
        "detail": response.json()["detail"],
        "instance": path,
        "requestId": response["X-Request-ID"],
    }


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v2/search", "/api/v1/search/", "/api/v1/nowhere", "/api/x"]
)
def test_an_address_where_nothing_is_says_so_in_json(city, client, path):
    response = client.get(path)

    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)
    assert response["Cache-Control"] == "no-store"
    assert "http://testserver/api/v1/docs" in response.json()["detail"]


def test_what_breaks_is_a_problem_with_the_requests_id(city, client, broken):
    client.raise_request_exception = False
    broken(RuntimeError("secret"))

    response = client.get("/api/v1/search")

    assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
    assert response.json()["requestId"] == response["X-Request-ID"]
    assert "secret" not in response.content.decode()


def test_a_busy_database_asks_to_come_again(city, client, broken):
    client.raise_request_exception = False
    broken(OperationalError("database is locked"))

    response = client.get("/api/v1/search")

    assert (response.status_code, response["Content-Type"], response["Retry-After"]) == (503, PROBLEM, "10")


def test_a_foreign_host_and_too_many_parameters_are_bad_requests(city, client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10

    answers = [
        client.get("/api/v1/news", headers={"Host": "evil.example"}),
        client.get("/api/v1/search?" + "&".join(f"a{number}=1" for number in range(20))),
    ]

    assert [(answer.status_code, answer["Content-Type"]) for answer in answers] == [(400, PROBLEM)] * 2


def test_refusals_come_in_the_asked_language(city, client):
    titles = {
        code: client.get("/api/v1/news", {"cursor": "x", "language": code}).json()["title"]
        for code in ("ru", "en", "be")
    }

    assert titles["en"] == "This cursor leads nowhere"
    assert len(set(titles.values())) == 3


def test_a_client_is_told_what_is_left_and_when_to_go_on(city, client, settings, monkeypatch):
    settings.API_A_MINUTE = 2
    monkeypatch.setattr(limits.time, "time", lambda: 600_018.0)

    first, second, third = (client.get("/api/v1/news") for _ in range(3))

    assert [answer.status_code for answer in (first, second, third)] == [200, 200, 429]
    assert first["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert first["RateLimit"] == '"minute";r=1;t=42'
    assert [first[f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")] == ["2", "1", "42"]
    assert "Retry-After" not in second
    assert (third["Retry-After"], third["RateLimit-Remaining"], third["Content-Type"]) == ("42", "0", PROBLEM)
    assert third.json()["type"] == "http://testserver/api/v1/docs#too-many-requests"


def test_the_next_minute_begins_anew(city, client, settings, monkeypatch):
    settings.API_A_MINUTE = 1
    moment = [600_000.0]
    monkeypatch.setattr(limits.time, "time", lambda: moment[0])
    client.get("/api/v1/news")
    refused = client.get("/api/v1/news")

    moment[0] += limits.WINDOW
    again = client.get("/api/v1/news")

    assert (refused.status_code, again.status_code) == (429, 200)


def test_each_client_has_its_own_allowance(city, client, settings):
    settings.API_A_MINUTE = 1
    addresses = ["192.0.2.1", "192.0.2.2", "192.0.2.1", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"]

    answers = [client.get("/api/v1/news", REMOTE_ADDR=address).status_code for address in addresses]

    assert answers == [200, 200, 429, 200, 429, 200]


def test_behind_a_proxy_the_readers_address_counts_and_a_made_up_one_does_not(city, client, settings):
    settings.API_A_MINUTE = 1
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    chains = ["192.0.2.1", "192.0.2.2", "203.0.113.9, 192.0.2.1"]

    answers = [client.get("/api/v1/news", headers={"X-Forwarded-For": chain}).status_code for chain in chains]

    assert answers == [200, 200, 429]


def test_without_a_limit_nothing_is_counted(city, client, settings):
    settings.API_A_MINUTE = 0

    assert "RateLimit" not in client.get("/api/v1/news")


def test_nobody_is_refused_while_the_cache_is_away(city, client, settings):
    settings.API_A_MINUTE = 1
    settings.CACHES = {
        "default": {
            "BACKEND": "common.patient_cache.PatientRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }

    answers = [client.get("/api/v1/news") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]


def test_addresses_are_kept_nowhere(city, client):
    client.get("/api/v1/news", REMOTE_ADDR="192.0.2.77")

    counted = [key for key in cache._cache if ":api:" in key]
    assert len(counted) == 1
    assert "192.0.2.77" not in str(cache._cache)


def test_an_allowance_never_goes_below_nothing():
    spent = Allowance(limit=5, used=9, resets_in=3)

    assert (spent.exceeded, spent.headers["RateLimit"]) == (True, '"minute";r=0;t=3')


def test_the_reference_is_a_page_of_the_site(city, client):
    assert reverse("api_reference") == "/api/v1/docs"

    response = client.get("/api/v1/docs", {"language": "en"})

    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert "Access-Control-Allow-Origin" not in response
