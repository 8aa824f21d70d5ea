"""What the results page lets people choose beside words: when it takes place, and what comes first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common import vocabulary
from common.models import District
from common.page_cache import remember
from common.parts import Choice, Facet
from search.days import FIRST, LAST
from search.positions import position_of
from search.queries import Results
from search.query import Query
from search.wanted import NEAREST, NEWEST, RELEVANCE, WHEN, Days, Position


@dataclass(frozen=True)
class Order:
    value: str
    label: str
    chosen: bool = False


def when_facet(results: Results) -> Facet | None:
    """None where no choice would leave less than there is, and nobody has made one."""
    query, counts = results.query, results.facets.get(WHEN, {})
    asked = bool(query.days or query.when)
    if not asked and all(counts.get(name, 0) in {0, results.total} for name in spans_in_words()):
        return None
    spans = [
        Choice(name, label, name == query.when and not query.days, counts.get(name, 0))
        for name, label in spans_in_words().items()
        if counts.get(name) or name == query.when
    ]
    always = Choice("", pgettext("when", "Any time"), not asked)
    return Facet(WHEN, _("When"), [always, *spans], several=False, days=_shown(query.days), is_open=asked)


def spans_in_words() -> Mapping[str, str]:
    return {
        "today": pgettext("when", "Today"),
        "weekend": pgettext("when", "At the weekend"),
        "week": pgettext("when", "This week"),
        "month": pgettext("when", "This month"),
    }


def days_in_words(days: Days) -> str:
    first, last = (date_format(day, "DATE_FORMAT") for day in days)
    if days.first == FIRST:
        return pgettext("when", "until %(day)s") % {"day": last}
    if days.last == LAST:
        return pgettext("when", "from %(day)s") % {"day": first}
    return first if days.first == days.last else f"{first} – {last}"


def orders(query: Query) -> list[Order]:
    return [
        Order(RELEVANCE, pgettext("order", "Best match"), query.order == RELEVANCE),
        Order(NEWEST, pgettext("order", "Newest"), query.order == NEWEST),
    ]


def places(query: Query) -> list[Order]:
    """From where distances may be told: districts whose centre is known, and where the reader is."""
    names = vocabulary.names("district", query.language)
    near = query.near if query.order == NEAREST else ""
    known = [
        Order(f"{NEAREST}:{slug}", _("Near: %(place)s") % {"place": names[slug]}, slug == near)
        for slug in names
        if slug in centres()
    ]
    if near and near not in names and position_of(near):
        known.insert(0, Order(f"{NEAREST}:{near}", _("Near: where I am"), chosen=True))
    return known


def centres() -> frozenset[str]:
    return remember("search:centres", ("vocabulary",), _read_centres, near=True)


def _read_centres() -> frozenset[str]:
    known = District.objects.filter(latitude__isnull=False, longitude__isnull=False)
    return frozenset(known.values_list("slug", flat=True))


def split_order(query: Query, said: str) -> Query:
    """``near:oktyabrsky`` is one value of a list in a form, and two parts of an address."""
    order, _colon, place = said.partition(":")
    return replace(query, order=NEAREST, near=place) if order == NEAREST and place else query


def position(query: Query) -> Position | None:
    return position_of(query.near) if query.order == NEAREST else None


def _shown(days: Days | None) -> tuple[str, str]:
    if not days:
        return "", ""
    return str(days.first) if days.first > FIRST else "", str(days.last) if days.last < LAST else ""
