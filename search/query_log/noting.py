"""From what a reader asks to what is counted."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from common.counting import count_each_time
from search.query import Query
from search.query_log import visits
from search.query_log.buffer import Buffer, Row
from search.query_log.words import Asked, filters_in_words, normalised
from search.query_log.writing import write

NAME = "search"
buffer = Buffer(write)


def note(request: HttpRequest, query: Query, hits: int) -> None:
    """Where results are shown. Further pages of the same search are no search of their own."""
    text = normalised(query.text)
    if text and query.page == 1:
        count_each_time(request, NAME, Asked(text, query.language, filters_in_words(query.chosen), hits))


def count(asked: Asked, environ: dict[str, Any]) -> None:
    """For common.counting: each time a page of results is shown."""
    if environ.get("REQUEST_METHOD") != "GET" or visits.is_machine(environ):
        return
    row = Row(timezone.localdate(), asked.text, asked.language, asked.filters)
    buffer.ask(row, asked.hits, visits.visit_of(environ, "asked", asked.text, asked.language, day=row.day))


def clicked(query: Query, rank: int, environ: dict[str, Any]) -> None:
    text = normalised(query.text)
    if not text or visits.is_machine(environ):
        return
    row = Row(timezone.localdate(), text, query.language, filters_in_words(query.chosen))
    buffer.click(row, rank, visits.visit_of(environ, "clicked", text, row.filters, str(rank), day=row.day))
