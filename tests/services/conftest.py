"""Real servers: `make services` starts them and `make test` finds them. Without them these tests are skipped, and fail
where CI promises that nothing is skipped."""

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.services.cluster import Server, free_port

VARIABLES = ("LC_TEST_POSTGRES_URL", "LC_TEST_REDIS_URL")


def variables(*names: str) -> list[str]:
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(f"{', '.join(missing)} not set: start the servers by `make services`")
    return [os.environ[name] for name in names]


@dataclass(frozen=True)
class Services:
    postgres: str
    redis: str


@pytest.fixture(scope="session")
def services() -> Iterator[Services]:
    """An empty database of its own and a Redis that this run shares with nobody."""
    server, redis = variables(*VARIABLES)
    name = f"city_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield Services(urlunsplit(urlsplit(server)._replace(path=f"/{name}")), f"{redis}/{int(name[-2:], 16) % 15 + 1}")
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """Of a cluster that others use too: what is made there has a prefix of its own."""
    return variables("LC_TEST_ELASTICSEARCH_URL")[0]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A cluster of one server for this module alone, to be killed."""
    running = Server(variables("LC_TEST_ELASTICSEARCH_SERVER")[0], free_port())
    running.start()
    yield running
    running.stop()
