"""What somebody asks for, as the address of the page says it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from search.days import FIRST, LAST, parse_day
from search.wanted import DEFAULT_LANGUAGE, ORDERS, RELEVANCE, Days

LONGEST_TEXT = 400
MOST_CHOICES = 20
SLUG = re.compile(r"[\w-]{1,80}")
INVISIBLE = re.compile(r"[\x00-\x1f\x7f]+")
FACETS = ("kind", "partner", "language", "topic", "audience", "district")


@dataclass(frozen=True)
class Query:
    """``within``: places of which one must hold what is found, by words of its own; without words there is nothing.

    Whoever asks within a place has seen to it that the reader may read all that stands there.
    ``when``: a span of days by name (search.days.named_spans), ``days`` any other. ``near``: a district's slug, or
    degrees (``52.28,104.28``). ``order``: as in search.wanted.Wanted. ``exact``: nothing is guessed.
    """

    text: str = ""
    language: str = DEFAULT_LANGUAGE
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1
    within: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    when: str = ""
    days: Days | None = None
    near: str = ""
    order: str = RELEVANCE
    exact: bool = False

    @property
    def narrows(self) -> bool:
        """Whether it asks for less than all that its words find."""
        return bool(self.chosen or self.authors or self.when or self.days)


def tidy(text: str) -> str:
    """What was typed as the page may show it again."""
    return " ".join(INVISIBLE.sub(" ", text[: LONGEST_TEXT * 4]).split())[:LONGEST_TEXT]


def chosen_facets(values: dict[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Choices that could be meant; what no slug can be is dropped, an unknown slug stays and finds nothing."""
    well_formed = {
        name: tuple(dict.fromkeys(value for value in values.get(name, ()) if SLUG.fullmatch(value)))[:MOST_CHOICES]
        for name in FACETS
    }
    return {name: chosen for name, chosen in well_formed.items() if chosen}


def chosen_order(said: str) -> str:
    return said if said in ORDERS else RELEVANCE


def chosen_days(first: str, last: str) -> Days | None:
    """From one day to another; one of them alone is open at the other end. In the wrong order they are turned."""
    days = [parse_day(first), parse_day(last)]
    if not any(days):
        return None
    from_, to = days[0] or FIRST, days[1] or LAST
    return Days(min(from_, to), max(from_, to))
