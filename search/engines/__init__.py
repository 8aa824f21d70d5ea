"""Engines are projections of search.Entry; the one in use answers the questions of search.queries."""

from search.engines.base import Engine
from search.engines.database import DatabaseEngine

_database = DatabaseEngine()


def current_engine() -> Engine:
    return _database
