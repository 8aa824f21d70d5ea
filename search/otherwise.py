"""Ways on for somebody who found nothing: other words, fewer conditions, who works on it, where to say it is missed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from common import vocabulary
from common.parts import Tab
from search import missed, queries
from search.choosing import days_in_words, spans_in_words
from search.enums import Kind
from search.listing import address, card, choice_names
from search.queries import Results
from search.query import Query
from search.understanding import far_guesses
from search.understanding.filters import stems_of
from search.understanding.typed import take_apart
from search.wanted import WHEN

MOST_SEARCHES = 3
MOST_PARTNERS = 3
MOST_TOPICS = 3


def ways_on(results: Results) -> dict[str, Any]:
    """Three questions to the engine at most for other searches, one for organisations."""
    query = results.query
    topics = _topics(results)
    concerned = Query(language=query.language, chosen={"kind": (Kind.PARTNER.value,), "topic": topics})
    partners = queries.find(concerned) if topics else Results(concerned)
    return {
        "searches": [*_wider(results), *(_other_searches(query) if not results.unfiltered else ())],
        "partners": [card(hit) for hit in partners.hits[:MOST_PARTNERS]],
        "partners_total": partners.total,
        "partners_url": address(concerned),
        "steps": missed.steps(query),
    }


def others(results: Results) -> dict[str, Any]:
    """Where something was found, but not for all of the words. Asks nothing."""
    return {"steps": missed.steps(results.query)} if results.unsaid else {}


# --- fewer conditions -------------------------------------------------------------------------------------------------
def _wider(results: Results) -> Iterator[Tab]:
    """Without one of the conditions, where there are several: without the only one there is a button."""
    query = results.query
    if len(results.widened) < 2:
        return
    names = choice_names(results)
    for name, total in results.widened.items():
        if total:
            choice = ", ".join(_chosen(query, name, names))
            yield Tab(
                _("without the condition: %(choice)s") % {"choice": choice}, address(_without(query, name)), count=total
            )


def _chosen(query: Query, name: str, names: Mapping[str, Mapping[str, str]]) -> Iterable[str]:
    if name == WHEN:
        return [days_in_words(query.days) if query.days else str(spans_in_words().get(query.when, query.when))]
    return (names[name].get(value, value) for value in query.chosen[name])


def _without(query: Query, name: str) -> Query:
    if name == WHEN:
        return replace(query, when="", days=None, page=1)
    return replace(query, chosen={other: values for other, values in query.chosen.items() if other != name}, page=1)


# --- other words ------------------------------------------------------------------------------------------------------
def _other_searches(query: Query) -> list[Tab]:
    """Those that find something, and how much."""
    texts = [text for text in dict.fromkeys(_other_texts(query)) if text and (query.exact or text != query.text)]
    searches = [Query(text, query.language) for text in texts[:MOST_SEARCHES]]
    counted = [(search, queries.count(search)) for search in searches]
    return [Tab(search.text, address(search), count=total) for search, total in counted if total]


def _other_texts(query: Query) -> Iterator[str]:
    """Without quotation marks, then also without what must not be there, then in other letters."""
    typed = take_apart(query.text)
    words = " ".join(filter(None, [typed.words, *typed.phrases]))
    yield " ".join(filter(None, [words, *(f'-"{text}"' for text in typed.without)]))
    yield words
    yield from far_guesses(words)


# --- who works on it --------------------------------------------------------------------------------------------------
def _topics(results: Results) -> tuple[str, ...]:
    """What was chosen, else the topics whose names say one of the words or what means the same."""
    query = results.query
    if chosen := query.chosen.get("topic"):
        return chosen
    asked = {stem for term in results.terms for stem in term.stems}
    named = vocabulary.names("topic", query.language).items()
    return tuple(slug for slug, name in named if not asked.isdisjoint(stems_of(name)))[:MOST_TOPICS]
