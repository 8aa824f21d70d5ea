"""With LC_SEARCH_ENGINE=elasticsearch these tests ask the cluster: what a test writes can be found at once."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.utils import timezone

from search.engines import current_engine
from search.engines.base import Found
from search.models import ClusterIndex
from search.wanted import Wanted


@contextmanager
def own_indexes(blocker) -> Iterator[list[dict]]:
    """Indexes that nobody else uses, taken away again. Rows that stand for them are gone after every test."""
    from search.engines.elasticsearch import building, schema
    from search.engines.elasticsearch.connection import client

    settings.ELASTICSEARCH_PREFIX = f"test-{secrets.token_hex(4)}"
    settings.ELASTICSEARCH_TIMEOUT = 20.0  # the first questions to a new server take long
    with blocker.unblock():
        for language in schema.languages():
            row = building.begin(language)
            while building.advance(row):
                pass
        rows = list(ClusterIndex.objects.values("language", "name", "uuid", "shape", "serving"))
        ClusterIndex.objects.all().delete()
    yield rows
    client().indices.delete(index=",".join(row["name"] for row in rows))


def lay_out(rows: list[dict]) -> None:
    from search.engines.elasticsearch.connection import client
    from search.engines.elasticsearch.schema import aliases

    ClusterIndex.objects.bulk_create(ClusterIndex(**row, touched_at=timezone.now()) for row in rows)
    client().delete_by_query(index=aliases(), query={"match_all": {}}, refresh=True)


def find_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a mock: the engine asks as it does, after the worker's part has been done."""
    engine = current_engine()
    ask = engine._ask_cluster

    def settled(wanted: Wanted) -> Found | None:
        engine.settle()
        found = ask(wanted)
        assert found is not None, "answered by the database"
        return found

    monkeypatch.setattr(engine, "_ask_cluster", settled)
