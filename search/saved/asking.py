"""A query as it is kept: what its address says, without page and order."""

from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import override

from search.listing import parameters
from search.models import SavedSearch
from search.query import Query
from search.views import read_query
from search.wanted import RELEVANCE

LONGEST = 4_000


def unordered(query: Query) -> Query:
    return replace(query, page=1, order=RELEVANCE, near="")


def asked(query: Query) -> str:
    return urlencode(parameters(unordered(query)))


def key(query: Query) -> str:
    """The same for what asks for the same: capitals and the order of choices make no difference."""
    said = sorted((name, value.casefold()) for name, value in parameters(unordered(query)))
    return sha256(urlencode(said).encode()).hexdigest()


def query_of(search: SavedSearch) -> Query:
    with override(search.language):
        return read_query(QueryDict(search.asked))
