"""An index for a try, in temporary tables that this connection alone sees under the names of the real ones.

Nothing of it is left when the connection closes, however the process ends.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

from search.engines.base import Engine
from search.engines.database import DatabaseEngine
from search.engines.windows import counted
from search.models import Change, ClusterIndex, Document, Entry, Reached, Spelling, Suggestion
from search.understanding import lexicon, spelling

MODELS = (Entry, Document, Suggestion, Spelling, Reached, Change, ClusterIndex)
TABLES = [model._meta.db_table for model in MODELS]
REFERENCES = re.compile(
    r" REFERENCES (?:\"[^\"]+\"|\w+) \([^)]*\)(?: ON DELETE CASCADE)?(?: DEFERRABLE INITIALLY DEFERRED)?"
)
CREATED = re.compile(r"^CREATE (VIRTUAL TABLE|TABLE)", re.IGNORECASE)
PATIENCE = 20.0  # seconds: the first questions to new indexes take long, and here nobody waits for a page


class NoTablesError(Exception):
    """The database holds none that could be copied."""


class NoAnswerError(Exception):
    """The cluster did not answer a question, or not in time."""


class ScratchEngine(DatabaseEngine):
    """Counts its own entries: how many there are in the real index is kept in the cache for everybody."""

    size = staticmethod(counted)


@contextmanager
def scratch_index(engine: str = "database") -> Iterator[Engine]:
    _forget()
    with _tables():
        try:
            if engine == "elasticsearch":
                with _cluster() as cluster:
                    yield cluster
            else:
                yield ScratchEngine()
        finally:
            _forget()


def _forget() -> None:
    """What the process knows of the words of another index."""
    lexicon.forget()
    spelling.forget()


@contextmanager
def _tables() -> Iterator[None]:
    missing = {*TABLES} - {*connection.introspection.table_names()}
    if missing:
        raise NoTablesError
    with connection.cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS {SCHEMA[connection.vendor]}.{table}")


@contextmanager
def _cluster() -> Iterator[Engine]:
    """With indexes of its own. Nobody judges one engine for another: here the database doesn't answer for it."""
    from search.engines.elasticsearch.connection import client
    from search.engines.elasticsearch.engine import ElasticsearchEngine
    from search.engines.elasticsearch.schema import every_index

    class ScratchCluster(ElasticsearchEngine):
        def find(self, wanted: Any) -> Any:
            found = self._ask_cluster(wanted)
            if found is None:
                raise NoAnswerError
            return found

    before = settings.ELASTICSEARCH_PREFIX, settings.ELASTICSEARCH_TIMEOUT
    settings.ELASTICSEARCH_PREFIX, settings.ELASTICSEARCH_TIMEOUT = f"scratch-{secrets.token_hex(4)}", PATIENCE
    try:
        yield ScratchCluster()
    finally:
        if names := list(client().indices.get(index=every_index(), allow_no_indices=True)):
            client().indices.delete(index=",".join(names))
        settings.ELASTICSEARCH_PREFIX, settings.ELASTICSEARCH_TIMEOUT = before


SCHEMA = {"sqlite": "temp", "postgresql": "pg_temp"}


def _statements() -> Sequence[str]:
    if connection.vendor == "postgresql":
        return [f"CREATE TEMPORARY TABLE {table} (LIKE public.{table} INCLUDING ALL)" for table in TABLES]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'table'")
        known = dict(cursor.fetchall())
    return [_temporary(table, known[table]) for table in TABLES]


def _temporary(table: str, sql: str) -> str:
    """A temporary table can refer to no other."""
    created = CREATED.sub(lambda match: f"CREATE {match[1]}", sql.strip())
    named = re.sub(rf"(TABLE) \"?{table}\"?", rf"\1 temp.{table}", created, count=1)
    return REFERENCES.sub("", named)
