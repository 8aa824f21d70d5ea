"""Things that only these tests register, and a short way to put entries into the index."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone

from search import actions
from search.actions import Answer
from search.enums import Kind
from search.models import Entry
from search.queries import Results, find
from search.query import Query
from search.registry import EntryDraft

numbers = count(1)
Add = Callable[..., Entry]


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


def ask(text: str, *, reader: str = "ru", page: int = 1, **chosen: str) -> Results:
    return find(Query(text, reader, {name: (value,) for name, value in chosen.items()}, page))


def titles(results: Results) -> list[str]:
    return [hit.entry.title for hit in results.hits]
