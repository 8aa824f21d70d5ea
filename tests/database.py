"""The tests' database: migrated once, then copied.

Some four hundred migrations take a quarter of a minute; a copy of the finished SQLite file takes milliseconds. The
finished file is kept in pytest's cache folder under a name made from all migrations' contents. When migrations were
added, but none was changed, the newest fitting file is taken and only the added ones are run.

After a test that commits (``transactional_db``, ``live_server``) the next one gets a fresh copy, so what migrations
created (languages, the root page, groups) is there for every test. On PostgreSQL the migrated database becomes the
template that each fresh one is created from.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

KEPT = 6
numbers = count(1)
COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences"}


class Database:
    """The one that this process tests with, how to make it anew, and whether a test left something in it."""

    renew: Callable[[], None]
    dirty = False


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    # Emptying every table after a test that commits would be work for nothing: the next one gets a fresh copy.
    TransactionTestCase._fixture_teardown = lambda self: None
    with django_db_blocker.unblock(), _sqlite(request) if connection.vendor == "sqlite" else _postgres():
        Database.renew()
        with django_db_blocker.block():
            yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if Database.dirty:
        with item.config.stash[blocking_manager_key].unblock():
            Database.renew()
    Database.dirty = _commits(item)


@contextmanager
def _sqlite(request: pytest.FixtureRequest) -> Iterator[None]:
    template = _template(request.config.cache.mkdir("databases"))
    Database.renew = partial(_lay, template)
    yield
    connection.close()


@contextmanager
def _postgres() -> Iterator[None]:
    names = settings.DATABASES["default"].setdefault("TEST", {})
    names["NAME"] = f"test_{settings.DATABASES['default']['NAME']}_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"
    config = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    name = connection.settings_dict["NAME"]
    _create_from(f"{name}_template", name)
    Database.renew = partial(_create_from, name, f"{name}_template")
    yield
    with _beside() as cursor:
        cursor.execute(f'DROP DATABASE "{name}_template"')
    teardown_databases(config, verbosity=0)


def _create_from(name: str, template: str) -> None:
    with _beside() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


@contextmanager
def _beside() -> Iterator[CursorWrapper]:
    """A cursor outside the tested database, which nobody is connected to meanwhile."""
    connection.close()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        yield cursor


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(COMMITTING.intersection(getattr(item, "fixturenames", ()))) or bool(
        marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))
    )


def _lay(template: Path) -> None:
    """Under a new name: a thread of the live server may still hold the old file and tidies up by its name."""
    connection.close()
    for old in Path(settings.DATA_DIR).glob("tests-*.sqlite3*"):
        old.unlink(missing_ok=True)
    path = Path(settings.DATA_DIR) / f"tests-{next(numbers)}.sqlite3"
    shutil.copyfile(template, path)
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(path)


def _template(folder: Path) -> Path:
    migrations = _migrations()
    digest = hashlib.sha256(json.dumps(migrations, sort_keys=True).encode()).hexdigest()[:20]
    finished = folder / f"{digest}.sqlite3"
    with _locked(folder / "lock"):
        if not finished.exists():
            _build(finished, migrations)
            _forget_old(folder)
    os.utime(finished)
    return finished


def _build(finished: Path, migrations: dict[str, str]) -> None:
    started = finished.with_suffix(".building")
    started.unlink(missing_ok=True)
    base = _newest_fitting(finished.parent, migrations)
    if base:
        shutil.copyfile(base, started)
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(started)
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    connection.close()
    finished.with_suffix(".json").write_text(json.dumps(migrations))
    started.replace(finished)


def _newest_fitting(folder: Path, migrations: dict[str, str]) -> Path | None:
    """A finished file all of whose migrations are still there, unchanged."""
    for path in sorted(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True):
        known = json.loads(path.with_suffix(".json").read_text())
        if known.items() <= migrations.items():
            return path
    return None


def _forget_old(folder: Path) -> None:
    for path in sorted(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        path.unlink()
        path.with_suffix(".json").unlink(missing_ok=True)


def _migrations() -> dict[str, str]:
    """Every installed app's migration files and a digest of what is in them."""
    return {
        f"{app.label}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for app in apps.get_app_configs()
        for path in sorted((Path(app.path) / "migrations").glob("*.py"))
    }


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
