"""What saved searches ask for, in words of the active language."""

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from search.choosing import days_in_words, spans_in_words
from search.listing import choice_names
from search.queries import Results
from search.query import FACETS, Query
from search.understanding.filters import visible_authors


def title(query: Query) -> str:
    return titles([query])[0]


def titles(queries: Sequence[Query]) -> list[str]:
    """Of many at once: names are looked up together."""
    names, authors = _names(queries), visible_authors(author for query in queries for author in query.authors)
    return [_title(query, names, authors) for query in queries]


def _names(queries: Iterable[Query]) -> dict[str, dict[str, str]]:
    chosen = {name: {value: 0 for query in queries for value in query.chosen.get(name, ())} for name in FACETS}
    known = choice_names(Results(Query(language=get_language() or "ru"), facets=chosen))
    return {name: {value: str(known[name].get(value, value)) for value in values} for name, values in chosen.items()}


def _title(query: Query, names: dict[str, dict[str, str]], authors: dict[str, str]) -> str:
    words = [_("“%(words)s”") % {"words": query.text}] if query.text else []
    words += [names[name][value] for name, values in query.chosen.items() for value in values]
    words += [authors[author] for author in query.authors if author in authors]
    when = days_in_words(query.days) if query.days else spans_in_words().get(query.when, "")
    return ", ".join([*words, *([when] if when else [])]) or _("Everything in the network")
