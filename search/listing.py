"""The results page: words, addresses, tabs, filters and cards for what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from common import vocabulary
from common.parts import Card, Choice, Facet, Link, Tab
from search.enums import Kind
from search.models import Entry
from search.queries import Hit, Results, partner_names
from search.query import Query

MOST_CHOICES = 12
NEWEST = 3
OPEN_FACETS = ("topic", "district")
SHOWN_FACETS = ("topic", "district", "partner", "audience", "language")


def context(results: Results) -> dict[str, Any]:
    query = results.query
    names = _names(results)
    return {
        "results": results,
        "search_query": query.text,
        "items": [card(hit) for hit in results.hits],
        "tabs": _tabs(results),
        "facets": [_facet(name, results, names) for name in SHOWN_FACETS if _narrows(name, results)],
        "kept": [("q", query.text)] + [("kind", kind) for kind in query.chosen.get("kind", ())],
        "chips": _chips(query, names),
        "action": reverse("search:results"),
        "reset_url": address(replace(query, chosen={}, page=1)),
        "previous_url": address(replace(query, page=query.page - 1)) if query.page > 1 else "",
        "next_url": address(replace(query, page=query.page + 1)) if query.page < results.pages else "",
    }


def empty_context(results: Results, offer: Results) -> dict[str, Any]:
    """Nothing holds any of the words: what the network has instead."""
    topics = vocabulary.names("topic", offer.query.language)
    counts = offer.facets.get("topic", {})
    known = sorted((slug for slug in counts if slug in topics), key=lambda slug: -counts[slug])[:MOST_CHOICES]
    return {
        "results": results,
        "search_query": results.query.text,
        "newest": [card(hit) for hit in offer.hits[:NEWEST]],
        "topics": [
            Tab(topics[slug], address(_choosing(offer.query, "topic", (slug,))), count=counts[slug]) for slug in known
        ],
        "everything_url": address(offer.query),
    }


def address(query: Query) -> str:
    """The page of this query, in words; what was not chosen isn't in it."""
    pairs = [("q", query.text)] if query.text else []
    pairs += [(name, value) for name, values in query.chosen.items() for value in values]
    pairs += [("page", str(query.page))] if query.page > 1 else []
    return reverse("search:results") + (f"?{urlencode(pairs)}" if pairs else "")


def card(hit: Hit) -> Card:
    return card_of(hit.entry, title=hit.title, summary=hit.fragment)


def card_of(entry: Entry, *, title: str = "", summary: str = "") -> Card:
    """``title``, ``summary``: in place of its own, with the words that were looked for."""
    dated = entry.kind == Kind.NEWS
    return Card(
        title=title or entry.title,
        url=entry.url,
        kind=entry.kind,
        summary=summary or entry.summary,
        image=entry.picture,
        published=entry.published if dated else None,
        starts=entry.starts,
        source=entry.partner_name,
        place=entry.place,
        language=entry.language,
    )


def _tabs(results: Results) -> list[Tab]:
    query, counts = results.query, results.facets.get("kind", {})
    chosen = query.chosen.get("kind", ())
    everything = Tab(_("Everything"), address(_choosing(query, "kind", ())), not chosen, sum(counts.values()))
    kinds = [
        Tab(str(kind.label), address(_choosing(query, "kind", (kind.value,))), chosen == (kind.value,), counts[kind])
        for kind in Kind
        if counts.get(kind)
    ]
    return [everything, *kinds]


def _narrows(name: str, results: Results) -> bool:
    """Whether there is anything to choose: a choice that leaves all there is changes nothing."""
    counts = results.facets.get(name, {})
    return name in results.query.chosen or any(count != results.total for count in counts.values())


def _facet(name: str, results: Results, names: Mapping[str, Mapping[str, str]]) -> Facet:
    chosen, counts = results.query.chosen.get(name, ()), results.facets.get(name, {})
    shown = sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))[:MOST_CHOICES]
    choices = [Choice(value, names[name].get(value, value), value in chosen, counts[value]) for value in shown]
    missing = [Choice(value, names[name].get(value, value), True, 0) for value in chosen if value not in counts]
    return Facet(name, _titles()[name], [*missing, *choices], is_open=name in OPEN_FACETS or bool(chosen))


def _chips(query: Query, names: Mapping[str, Mapping[str, str]]) -> list[Link]:
    return [
        Link(names[name].get(value, value), address(_choosing(query, name, [one for one in values if one != value])))
        for name, values in query.chosen.items()
        for value in values
    ]


def _choosing(query: Query, name: str, values: Sequence[str]) -> Query:
    others = {known: chosen for known, chosen in query.chosen.items() if known != name}
    return replace(query, chosen=others | {name: tuple(values)} if values else others, page=1)


def _names(results: Results) -> dict[str, Mapping[str, str]]:
    """facet → slug → what people read."""
    language = results.query.language
    wanted = {*results.facets.get("partner", ()), *results.query.chosen.get("partner", ())}
    return {
        **{kind: vocabulary.names(kind, language) for kind in ("topic", "audience", "district")},
        "kind": {kind.value: str(kind.label) for kind in Kind},
        "partner": partner_names(wanted, language),
        "language": {code: _language_name(code) for code in results.facets.get("language", ())},
    }


def _language_name(code: str) -> str:
    return capfirst(get_language_info(code)["name_translated"])


def _titles() -> dict[str, str]:
    return {
        "topic": _("Topic"),
        "district": _("District"),
        "partner": _("Organisation"),
        "audience": _("For whom"),
        "language": _("Language"),
    }
