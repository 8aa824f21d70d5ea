"""What the directory and a partner's page show, gathered from queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from common import locales
from common.page_cache import fresh_until
from common.parameters import parameter
from common.parts import Card, Choice, Crumb, Link
from common.vocabulary import names
from partners import opening_hours, queries
from partners.cards import partner_cards
from partners.enums import Access, Kind, Weekday
from partners.forms import LANGUAGES_TAUGHT
from partners.models import PartnerIndexPage, PartnerPage
from partners.structured_data import organization

FILTERS = ("kind", "topic", "district", "audience", "access", "letter")
ALPHABETS = {
    "ru": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
    "be": "АБВГДЕЖЗІЙКЛМНОПРСТУЎФХЦЧШЭЮЯ",
    "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
}


@dataclass(frozen=True)
class Letter:
    sign: str
    url: str = ""  # empty: nobody's name begins with it


@dataclass(frozen=True)
class Day:
    label: Any
    hours: Sequence[str]  # 10:00–13:00, one for each time the place is open
    today: bool


def directory_context(page: PartnerIndexPage, request: HttpRequest) -> dict[str, Any]:
    chosen = queries.DirectoryFilter(**{name: parameter(request, name) for name in FILTERS})
    entries = queries.directory(page.locale, chosen)
    after = parameter(request, "after", longest=300)
    found = queries.directory_page(entries, after)
    address = page.get_url(request) or ""
    cards = partner_cards(found.entries, request)
    whole = not after and not found.next_key and not chosen.letter
    return {
        "chosen": chosen,
        "narrowed": chosen != queries.DirectoryFilter(),
        "count": queries.count(entries),
        "groups": _by_letter(found.entries, cards),
        "letters": _letters(page, address, chosen, here=whole),
        "next_url": _address(address, chosen, after=found.next_key) if found.next_key else "",
        "first_url": _address(address, chosen) if after else "",
        "canonical": _address(address, chosen, after=after),
        "index_url": address,
        "ways_out": [Link(gettext("Show all partners"), address)] if chosen != queries.DirectoryFilter() else [],
        "filters": {
            "districts": _choices(names("district"), chosen.district),
            "topics": _choices(names("topic"), chosen.topic),
            "audiences": _choices(names("audience"), chosen.audience),
            "kinds": _choices(dict(Kind.choices), chosen.kind),
        },
    }


def partner_context(page: PartnerPage, request: HttpRequest) -> dict[str, Any]:
    now = timezone.localtime()
    fresh_until(request, opening_hours.next_change(page.opening_hours, now))
    district = names("district").get(page.district.slug, page.district.name) if page.district else ""
    index_url = page.above[-1].get_url(request) if page.above else ""
    return {
        "week": week(page.opening_hours, now.date()),
        "closes_at": opening_hours.closes_at(page.opening_hours, now),
        "topic_names": _named("topic", page.topics.all()),
        "audience_names": _named("audience", page.audiences.all()),
        "taught_in": [name for code, name in LANGUAGES_TAUGHT if code in page.teaching_languages],
        "district_name": district,
        "index_url": index_url,
        "map_url": _map_url(page),
        "access_features": [Access(code).label for code in Access.values if code in page.access],
        "crumbs": _crumbs(page, request, index_url or "", district),
        "structured": organization(page, request, district) if page.pk else None,
    }


def week(hours: opening_hours.Hours, today: date) -> list[Day]:
    """Seven days from Monday; empty where nobody said when the place is open."""
    if not hours:
        return []
    return [
        Day(Weekday(code).label, [f"{a}–{b}" for a, b in hours.get(code, [])], index == today.weekday())
        for index, code in enumerate(Weekday.values)
    ]


def _map_url(page: PartnerPage) -> str:
    if page.latitude is None or page.longitude is None:
        return ""
    at = {"mlat": page.latitude, "mlon": page.longitude}
    return f"https://www.openstreetmap.org/?{urlencode(at)}#map=17/{page.latitude}/{page.longitude}"


def _crumbs(page: PartnerPage, request: HttpRequest, index_url: str, district: str) -> list[Crumb]:
    above = [Crumb(parent.title, parent.get_url(request) or "") for parent in page.above if parent.depth > 2]
    if district and index_url and page.district:
        above.append(Crumb(district, f"{index_url}?{urlencode({'district': page.district.slug})}"))
    return [*above, Crumb(page.title)]


def _by_letter(entries: Sequence[Any], cards: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    pairs = zip(entries, cards, strict=True)
    return [(letter, [card for _entry, card in group]) for letter, group in groupby(pairs, key=lambda p: p[0].letter)]


def _letters(page: PartnerIndexPage, address: str, chosen: queries.DirectoryFilter, *, here: bool) -> list[Letter]:
    """The whole alphabet; a letter leads down this page where everybody stands on it, else to a list of its own."""
    used = queries.letters(page.locale, chosen)
    alphabet = ALPHABETS.get(locales.code_of(page.locale_id), "")
    shown = [*alphabet, *(letter for letter in used if letter not in alphabet)]
    urls = {letter: f"#letter-{letter}" if here else _address(address, chosen, letter=letter) for letter in used}
    return [Letter(letter, urls.get(letter, "")) for letter in shown]


def _choices(words: Mapping[str, Any], chosen: str) -> list[Choice]:
    return [Choice(slug, str(name), slug == chosen) for slug, name in words.items()]


def _address(address: str, chosen: queries.DirectoryFilter, **more: str) -> str:
    asked = {name: value for name, value in (asdict(chosen) | more).items() if value}
    return f"{address}?{urlencode(asked)}" if asked else address


def _named(kind: str, words: Iterable[Any]) -> list[tuple[str, str]]:
    known = names(kind)
    return [(word.slug, known.get(word.slug, word.name)) for word in words]
