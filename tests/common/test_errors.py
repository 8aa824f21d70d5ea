"""SQLite while somebody else writes: short waits are waited out, long ones end in a page that says so."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import path

from accounts.models import User

handler500 = "common.errors.server_error"


def write(request):
    User.objects.create_user("anna@example.org")
    return HttpResponse("written")


def broken(request):
    raise ValueError


def no_door(request):
    return HttpResponse()


urlpatterns = [path("write/", write), path("broken/", broken)]
urlpatterns.append(path("cms/", no_door, name="wagtailadmin_home"))
pytestmark = [
    pytest.mark.urls(__name__),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="locks SQLite's file"),
]


@contextmanager
def another_writer() -> Iterator[sqlite3.Connection]:
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        if other.in_transaction:
            other.execute("ROLLBACK")
        other.close()


@pytest.fixture
def quiet_client(client):
    client.raise_request_exception = False
    return client


def test_write_waits_for_another_writer(quiet_client):
    with another_writer() as other:
        timer = threading.Timer(0.5, other.execute, ["COMMIT"])
        timer.start()

        answer = quiet_client.get("/write/")

        timer.join()
    assert (answer.status_code, answer.content) == (200, b"written")


def test_write_that_waited_too_long_says_so_and_asks_to_try_again(quiet_client, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    with another_writer():
        answer = quiet_client.get("/write/")
    connection.close()

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "<h1>" in answer.content.decode()
    assert not User.objects.exists()


def test_fault_of_ours_is_no_503(quiet_client):
    assert quiet_client.get("/broken/").status_code == 500


def test_databases_wait_twenty_seconds():
    from config.settings import base

    assert base.DATABASES["default"]["OPTIONS"]["timeout"] == 20
    assert base.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
