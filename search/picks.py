"""What editors show above the results of some searches. No query for a search that nothing was picked for."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.text import Truncator

from common.page_cache import remember
from search.enums import Access
from search.models import Entry, Pick, PickedPlace
from search.phrases import asked_key, split_phrases

TAG = "picks"
LONGEST_ASKED = 200
LONGEST_SENTENCE = 160


class ShownPick(NamedTuple):
    title: str
    sentence: str
    url: str
    language: str  # of the title; empty where it is an editor's own


class Place(NamedTuple):
    key: str
    url: str
    title: str
    sentence: str


class KnownPick(NamedTuple):
    show_from: datetime | None
    show_until: datetime | None
    places: tuple[Place, ...]

    def is_shown(self, now: datetime) -> bool:
        return (self.show_from is None or self.show_from <= now) and (self.show_until is None or now < self.show_until)


Known = Mapping[str, Sequence[KnownPick]]  # by search.phrases.asked_key


def picks_for(text: str, language: str) -> list[ShownPick]:
    """In the editors' order; of places that not everybody may see any more, nothing."""
    now = timezone.now()
    places = [place for pick in _picked(text, language) if pick.is_shown(now) for place in pick.places]
    entries = _public_entries({place.key for place in places if place.key}, language) if places else {}
    shown = (_shown(place, entries) for place in places)
    return list({one.url: one for one in reversed([one for one in shown if one])}.values())[::-1]


def next_change(text: str, language: str) -> datetime | None:
    """When something else has to be shown for this search."""
    now = timezone.now()
    moments = (moment for pick in _picked(text, language) for moment in (pick.show_from, pick.show_until))
    return min((moment for moment in moments if moment and moment > now), default=None)


def _picked(text: str, language: str) -> Sequence[KnownPick]:
    known = remember(f"picks:{language}", (TAG,), lambda: _read(language), near=True)
    return known.get(asked_key(text, language), ()) if known and 0 < len(text) <= LONGEST_ASKED else ()


def _shown(place: Place, entries: Mapping[str, Entry]) -> ShownPick | None:
    if not place.key:
        return ShownPick(place.title, place.sentence, place.url, "")
    entry = entries.get(place.key)
    if entry is None:
        return None
    sentence = place.sentence or Truncator(entry.summary).chars(LONGEST_SENTENCE)
    return ShownPick(
        place.title or entry.title, sentence, place.url or entry.url, "" if place.title else entry.language
    )


def _public_entries(keys: Collection[str], language: str) -> dict[str, Entry]:
    """One for each thing: in the reader's language, else the original."""
    public = Entry.objects.filter(access=Access.PUBLIC, key__in=keys).defer("body", "keywords")
    return {one.key: one for one in sorted(public, key=lambda one: (one.language == language, one.is_original))}


def _read(language: str) -> Known:
    known: dict[str, list[KnownPick]] = {}
    for pick in Pick.objects.filter(language=language).order_by("pk").prefetch_related("places"):
        here = KnownPick(pick.show_from, pick.show_until, tuple(_places(pick.places.all())))
        for key in dict.fromkeys(asked_key(phrase, language) for phrase in split_phrases(pick.phrases)):
            known.setdefault(key, []).append(here)
    return known


def _places(rows: Iterable[PickedPlace]) -> Iterable[Place]:
    return (Place(row.key, row.url, row.title, row.sentence) for row in rows)
