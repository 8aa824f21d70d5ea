"""Engines are projections of search.Entry; the one in use answers the questions of search.queries."""

from functools import cache

from django.conf import settings

from search.engines.base import Engine
from search.engines.database import DatabaseEngine

ENGINES = ("database", "elasticsearch")


def current_engine() -> Engine:
    return _engine(settings.SEARCH_ENGINE)


@cache
def _engine(name: str) -> Engine:
    if name == "elasticsearch":
        from search.engines.elasticsearch.engine import ElasticsearchEngine  # half a second, for those who use it

        return ElasticsearchEngine()
    return DatabaseEngine()
