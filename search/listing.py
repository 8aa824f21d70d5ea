"""The results page: words, addresses, tabs, filters and cards for what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from common import vocabulary
from common.parts import Card, Choice, Facet, Link, Tab
from search.choosing import days_in_words, orders, places, spans_in_words, when_facet
from search.days import FIRST, LAST
from search.enums import Kind
from search.models import Entry
from search.queries import Hit, Results, partner_names
from search.query import Query
from search.understanding.filters import visible_authors
from search.wanted import NEAREST, RELEVANCE, Days

MOST_CHOICES = 12
NEWEST = 3
OPEN_FACETS = ("topic", "district")
SHOWN_FACETS = ("topic", "district", "partner", "audience", "language")


@dataclass(frozen=True)
class Door:
    """Another way to what a search finds. ``kind`` is its media type; empty for a page."""

    label: str
    url: str
    icon: str
    kind: str = ""


def context(results: Results) -> dict[str, Any]:
    query = results.query
    names = choice_names(results)
    return {
        "results": results,
        "search_query": query.text,
        "items": [card(hit) for hit in results.hits],
        "tabs": _tabs(results),
        "facets": _facets(results, names),
        "kept": [pair for pair in parameters(query) if pair[0] not in {*SHOWN_FACETS, "when", "from", "to"}],
        "orders": orders(query),
        "places": places(query),
        "order_kept": [pair for pair in parameters(query) if pair[0] not in {"sort", "near"}],
        "chips": _chips(query, names),
        "instead_url": address(replace(query, exact=True, page=1)),
        "maybe_url": address(replace(query, text=results.maybe, page=1)) if results.maybe else "",
        "doors": doors(query, results.hits),
        "action": reverse("search:results"),
        "reset_url": address(_without_filters(query)),
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
        "doors": doors(results.query),
        "newest": [card(hit) for hit in offer.hits[:NEWEST]],
        "topics": [
            Tab(topics[slug], address(_choosing(offer.query, "topic", (slug,))), count=counts[slug]) for slug in known
        ],
        "everything_url": address(offer.query),
    }


def address(query: Query, view: str = "results") -> str:
    """The page of this query, in words, or another door to it; what was not chosen isn't in it."""
    pairs = parameters(query) + ([("page", str(query.page))] if query.page > 1 else [])
    return reverse(f"search:{view}") + (f"?{urlencode(pairs)}" if pairs else "")


def parameters(query: Query) -> list[tuple[str, str]]:
    """What the address of this query asks for, whichever page of it."""
    said = [
        ("q", query.text),
        *((name, value) for name, values in query.chosen.items() for value in values),
        *(("author", author) for author in query.authors),
        ("when", "" if query.days else query.when),
        *_days(query.days),
        ("sort", "" if query.order == RELEVANCE else query.order),
        ("near", query.near if query.order == NEAREST else ""),
        ("exact", "1" if query.exact else ""),
    ]
    return [(name, value) for name, value in said if value]


def _days(days: Days | None) -> list[tuple[str, str]]:
    """What is open at one end says nothing of it."""
    if not days:
        return []
    first, last = days.first if days.first > FIRST else "", days.last if days.last < LAST else ""
    return [("from", str(first)), ("to", str(last))]


def doors(query: Query, hits: Sequence[Hit] = ()) -> list[Door]:
    """Other ways to what is found. A calendar is offered where something of it takes place on a day."""
    first = replace(query, page=1)
    calendar = Door(_("Calendar"), address(first, "calendar"), "calendar-days", "text/calendar")
    return [
        Door("Atom", address(first, "atom"), "rss", "application/atom+xml"),
        *([calendar] if any(hit.entry.starts for hit in hits) else []),
        Door(_("By e-mail"), address(first, "follow"), "mail"),
        Door(_("Show this on your own site"), address(first, "embed_code"), "external-link"),
    ]


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
    of_all_kinds = results.widened.get("kind", results.total)
    everything = Tab(_("Everything"), address(_choosing(query, "kind", ())), not chosen, of_all_kinds)
    kinds = [
        Tab(str(kind.label), address(_choosing(query, "kind", (kind.value,))), chosen == (kind.value,), counts[kind])
        for kind in Kind
        if counts.get(kind)
    ]
    return [everything, *kinds]


def _facets(results: Results, names: Mapping[str, Mapping[str, str]]) -> list[Facet]:
    by_value = [_facet(name, results, names) for name in SHOWN_FACETS if _narrows(name, results)]
    when = when_facet(results)
    return [when, *by_value] if when else by_value


def _without_filters(query: Query) -> Query:
    return replace(query, chosen={}, authors=(), when="", days=None, page=1)


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
    ] + _other_chips(query)


def _other_chips(query: Query) -> list[Link]:
    """Who wrote it, and when it takes place."""
    chips = [
        Link(name, address(replace(query, authors=tuple(one for one in query.authors if one != slug), page=1)))
        for slug, name in visible_authors(query.authors).items()
    ]
    when = days_in_words(query.days) if query.days else spans_in_words().get(query.when)
    return [*chips, Link(when, address(replace(query, when="", days=None, page=1)))] if when else chips


def _choosing(query: Query, name: str, values: Sequence[str]) -> Query:
    others = {known: chosen for known, chosen in query.chosen.items() if known != name}
    return replace(query, chosen=others | {name: tuple(values)} if values else others, page=1)


def choice_names(results: Results) -> dict[str, Mapping[str, str]]:
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
