import json
import logging

import pytest
from django.http import HttpResponse
from django.urls import path

from common.logs import JsonFormatter, RequestIdFilter


def greeting(request, key):
    logging.getLogger("city").warning("hello anna@example.org")
    return HttpResponse("hello")


def broken(request, key):
    raise ValueError("anna@example.org is in the way")


def no_door(request):
    return HttpResponse()


def not_here(request, exception):
    return HttpResponse(status=404)


handler404 = not_here  # the site's own page needs the site's own addresses
urlpatterns = [path("greet/<key>/", greeting), path("broken/<key>/", broken)]
urlpatterns.append(path("cms/", no_door, name="wagtailadmin_home"))
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def lines():
    """What the console handler would have printed."""
    written: list[dict] = []

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(json.loads(self.format(record)))

    handler = Kept()
    handler.setFormatter(JsonFormatter())
    handler.addFilter(RequestIdFilter())
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def test_answer_carries_the_id_that_the_proxy_gave(client):
    assert client.get("/greet/x/", headers={"x-request-id": "proxy-0123456789"})["X-Request-ID"] == "proxy-0123456789"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "line\r\nbreak-0123", "имя-имя-имя"])
def test_answer_gets_a_new_id_when_the_given_one_is_no_id(client, given):
    made = client.get("/greet/x/", headers={"x-request-id": given})["X-Request-ID"]

    assert len(made) == 32
    assert made != given


def test_line_written_during_a_request_has_its_id_and_no_address(client, lines):
    answer = client.get("/greet/x/")

    hello = next(line for line in lines if line["logger"] == "city")
    assert hello["message"] == "hello [address]"
    assert hello["request_id"] == answer["X-Request-ID"]


def test_request_is_logged_by_route_and_not_by_path(client, lines):
    client.get("/greet/key-from-a-mail/?q=what-I-look-for")

    line = next(line for line in lines if line["logger"] == "learning_city.request")
    assert {name: line[name] for name in ("method", "route", "status", "level")} == {
        "method": "GET",
        "route": "greet/<key>/",
        "status": 200,
        "level": "info",
    }
    assert line["milliseconds"] >= 0
    assert "key-from-a-mail" not in json.dumps(lines)
    assert "what-I-look-for" not in json.dumps(lines)


def test_error_is_logged_with_its_trace_and_without_path_or_address(client, lines):
    client.raise_request_exception = False

    client.get("/broken/key-from-a-mail/")

    line = next(line for line in lines if line["logger"] == "django.request")
    assert line["message"] == "Internal Server Error: broken/<key>/"
    assert "ValueError: [address] is in the way" in line["exception"]
    assert "key-from-a-mail" not in json.dumps(lines)


@pytest.mark.django_db
def test_missing_page_is_logged_without_its_path(client, lines):
    client.get("/nowhere/anna/")

    assert next(line for line in lines if line["logger"] == "django.request")["message"] == "Not Found: [path]"


def test_line_outside_a_request_has_no_id(lines):
    logging.getLogger("city").warning("hello")

    assert "request_id" not in lines[0]
