from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from common import health, heartbeat
from common.models import WorkerProcess


@pytest.fixture
def worker(db) -> WorkerProcess:
    heartbeat.beat("worker")
    return WorkerProcess.objects.get()


@pytest.fixture
def cache_away(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "common.patient_cache.PatientRedisCache",
            "LOCATION": "redis://:hush@127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }


def test_process_answers_without_a_database_and_under_any_host_name(client):
    answer = client.get("/healthz", headers={"host": "10.0.0.7:8000"})

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_readiness_names_every_component(client, worker):
    answer = client.get("/readyz", headers={"host": "10.0.0.7:8000"})

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "components": dict.fromkeys(health.CHECKS, "ok")}
    assert {"database", "cache", "search", "worker"} == health.CHECKS.keys()
    assert answer["Cache-Control"] == "no-store"


def test_part_that_is_impaired_leaves_the_site_ready(client, worker, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "search", lambda: "database instead of elasticsearch")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (200, "impaired")
    assert answer.json()["components"]["search"] == "database instead of elasticsearch"


@pytest.mark.django_db
def test_no_worker_is_seen(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"]) == (503, "away")
    assert answer.json()["components"] == dict.fromkeys(health.CHECKS, "ok") | {"worker": "away"}


def test_worker_that_fell_silent_is_seen(client, worker):
    WorkerProcess.objects.update(seen_at=timezone.now() - heartbeat.STALE_AFTER - timedelta(seconds=1))

    assert client.get("/readyz").json()["components"]["worker"] == "away"


def test_cache_that_is_away_is_seen_and_its_password_is_not(client, worker, cache_away):
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["components"] == dict.fromkeys(health.CHECKS, "ok") | {"cache": "away"}
    assert "hush" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_database_that_is_away_is_seen(client, monkeypatch, tmp_path):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "no" / "such.sqlite3"))

    answer = client.get("/readyz")

    monkeypatch.undo()
    connection.close()
    assert answer.status_code == 503
    assert answer.json()["components"]["database"] == "away"
    assert "such" not in answer.content.decode()
