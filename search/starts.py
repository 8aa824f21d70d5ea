"""How a title begins, from each of its words on: what the table of suggestions holds of an entry."""

from collections.abc import Sequence
from typing import NamedTuple

from search.enums import Access, Kind
from search.models import Entry
from search.stop_words import STOP_WORDS
from search.text import words

LONGEST = 40
MOST = 8
MONTH = 30 * 24 * 60 * 60
YEAR = 12  # worth is counted in months: what is worth a year more stands beside what is a year newer
WORTH: dict[str, int] = {Kind.PARTNER: 10 * YEAR, Kind.PAGE: 5 * YEAR, Kind.PROPOSAL: YEAR}
FARTHEST = 100 * YEAR  # from 1970, either way
BEGINNING = 300 * YEAR  # more than all else together


class Start(NamedTuple):
    """A row of search.Suggestion, of which there are too many to make models of."""

    entry_id: int
    place: int
    start: str
    worth: int


def starts_of(entry: Entry) -> list[Start]:
    """None of what is not for everybody, or is headed by what it is a part of."""
    if entry.access != Access.PUBLIC or entry.is_part:
        return []
    forms = [word.form for word in words(entry.title)]
    places = [place for place, form in enumerate(forms) if not place or _may_begin(form)][:MOST]
    worth = _worth(entry)
    return [Start(entry.pk, place, start(forms[place:]), worth if place else worth + BEGINNING) for place in places]


def start(forms: Sequence[str]) -> str:
    """A word that is whole has a space behind it."""
    return "".join(f"{form} " for form in forms)[:LONGEST]


def _may_begin(form: str) -> bool:
    return len(form) > 1 and form not in STOP_WORDS


def _worth(entry: Entry) -> int:
    """What takes place comes with its day, before what was published today, and sinks after it as news do."""
    latest = max(entry.published, entry.starts) if entry.starts else entry.published
    months = int(latest.timestamp() // MONTH) + WORTH.get(entry.kind, 0) + round(entry.boost * YEAR)
    return max(-FARTHEST, min(FARTHEST, months))
