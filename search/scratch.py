"""An index for a try, in temporary tables that this connection alone sees under the names of the real ones.

Nothing of it is left when the connection closes, however the process ends.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from search.engines.database import DatabaseEngine
from search.models import Document, Entry, Reached, Spelling, Suggestion
from search.understanding import lexicon

TABLES = [model._meta.db_table for model in (Entry, Document, Suggestion, Spelling, Reached)]
REFERENCES = re.compile(
    r" REFERENCES (?:\"[^\"]+\"|\w+) \([^)]*\)(?: ON DELETE CASCADE)?(?: DEFERRABLE INITIALLY DEFERRED)?"
)
CREATED = re.compile(r"^CREATE (VIRTUAL TABLE|TABLE)", re.IGNORECASE)


class ScratchEngine(DatabaseEngine):
    """Counts its own entries: those of the real index are kept in the cache for everybody."""

    def entries(self) -> int:
        return Entry.objects.count()


@contextmanager
def scratch_index() -> Iterator[DatabaseEngine]:
    with connection.cursor() as cursor:
        for statement in _statements():
            cursor.execute(statement)
    lexicon.forget()
    try:
        yield ScratchEngine()
    finally:
        lexicon.forget()
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS {SCHEMA[connection.vendor]}.{table}")


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
