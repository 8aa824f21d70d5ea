"""Things that only these tests register, and a short way to put entries into the index."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from search import actions
from search.actions import Answer
from search.enums import Access, Kind
from search.models import Entry
from search.queries import Results, find
from search.query import Query
from search.registry import EntryDraft
from search.understanding import lexicon, spelling
from tests.search import on_elasticsearch

numbers = count(1)
ON_CLUSTER = settings.SEARCH_ENGINE == "elasticsearch"
Add = Callable[..., Entry]
PLANNER = {"postgresql": 8}  # settings of its planner, and savepoints for them, in a search that asks for words twice


@pytest.fixture(autouse=True)
def _no_word_is_known() -> None:
    """What a process has learnt outlives the test's database."""
    lexicon.forget()
    spelling.forget()


@pytest.fixture(scope="session")
def cluster_indexes(django_db_setup, django_db_blocker) -> Iterator[list[dict]]:
    with on_elasticsearch.own_indexes(django_db_blocker) as rows:
        yield rows


@pytest.fixture(autouse=True)
def _cluster(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if ON_CLUSTER and {"db", "transactional_db"} & {*request.fixturenames}:
        rows = request.getfixturevalue("cluster_indexes")
        request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
        on_elasticsearch.lay_out(rows)
        on_elasticsearch.find_at_once(monkeypatch)


@pytest.fixture
def small_pool(monkeypatch: pytest.MonkeyPatch) -> int:
    """Of so many entries engines count at most."""
    monkeypatch.setattr("search.engines.database.MOST", 5)
    if ON_CLUSTER:
        monkeypatch.setattr("search.engines.elasticsearch.asking.POOL", 5)
    return 5


@pytest.fixture
def add(db) -> Add:
    """add("Title", body="…") writes an entry of a thing that is nobody's, and gives it back."""

    def add_entry(title: str, *, kind: str = Kind.NEWS, key: str = "", days_old: int = 0, **fields) -> Entry:
        key = key or f"tests.thing:{next(numbers)}"
        fields = {"language": "ru", "url": f"/{key}/", "published": ago(days_old), **fields}
        actions.write([Answer(kind, key, EntryDraft(title=title, **fields))])
        return Entry.objects.get(kind=kind, key=key, language=fields["language"])

    return add_entry


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def ask(text: str, *, reader: str = "ru", page: int = 1, **asked: Any) -> Results:
    """``asked``: facets, each with one value, and whatever else a query may say."""
    others = {name: asked.pop(name) for name in ("when", "days", "order", "near", "exact", "authors") if name in asked}
    return find(Query(text, reader, {name: (value,) for name, value in asked.items()}, page, **others))


def titles(results: Results) -> list[str]:
    return [hit.entry.title for hit in results.hits]


def add_closed(title: str, *, key: str = "tests.thing:closed", **fields) -> Entry:
    draft = EntryDraft("ru", title, f"/{key}/", ago(0), access=Access.WITHIN, **fields)
    actions.write([Answer(Kind.NEWS, key, draft)])
    return Entry.everything.get(key=key)


def within(text: str, *places: str, page: int = 1) -> Results:
    return find(Query(text, page=page, within=places))
