"""Why a hit stands where it stands, for those who look after the search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from search.queries import Hit, Results
from search.ranking import Score
from search.wanted import Term


@dataclass(frozen=True)
class Part:
    name: str
    value: float


@dataclass(frozen=True)
class Looked:
    """``ways``: what of it the index was asked for, and what each is worth."""

    word: str
    ways: Sequence[tuple[str, float]]
    required: bool


def explained(results: Results, items: Iterable[Any]) -> dict[str, Any]:
    """For the template: each card with its hit's parts, and what was looked for."""
    return {
        "explained": list(zip(items, map(parts, results.hits), strict=True)),
        "looked_for": looked_for(results.terms),
    }


def parts(hit: Hit) -> list[Part]:
    if hit.parts is None:
        return []
    names = names_of_parts()
    known = [Part(names[field.name], getattr(hit.parts, field.name)) for field in fields(Score)]
    return [*known, Part(pgettext("score", "together"), hit.parts.total)]


def looked_for(terms: Iterable[Term]) -> list[Looked]:
    return [Looked(term.word, [(way.stems, way.worth) for way in term.ways], term.required) for term in terms]


def names_of_parts() -> dict[str, str]:
    return {
        "coverage": _("how much of the query it says"),
        "place": _("where it says it"),
        "frequency": _("how often for its length"),
        "nearness": _("how near to each other"),
        "timeliness": _("how timely it is"),
        "boost": _("added by hand or by its kind"),
    }
