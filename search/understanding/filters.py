"""Filters that were typed as words (партнёр:верстак, district:Oktyabrsky): which slugs they mean."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.conf import settings
from django.utils.translation import override

from accounts.models import User
from common import vocabulary
from search.engines import current_engine
from search.enums import Access, Kind
from search.models import Entry
from search.registry import author_slug
from search.text import every_stem, words
from search.understanding.typed import phrase
from search.wanted import Wanted

MOST_MEANT = 3
NAMES_OF_LANGUAGES = {
    "ru": "русский рускі russian",
    "be": "белорусский беларуская беларуски belarusian",
    "en": "английский англійская english",
}
Meant = Mapping[str, tuple[str, ...]]


def meanings(filters: Iterable[tuple[str, str]]) -> tuple[Meant, list[str]]:
    """Facet → slugs, and the words that mean none of what there is."""
    meant: dict[str, tuple[str, ...]] = {}
    unknown = []
    for facet, said in filters:
        slugs = slugs_of(facet, said)
        meant[facet] = tuple(dict.fromkeys([*meant.get(facet, ()), *slugs]))
        unknown += [] if slugs else [said]
    return {facet: slugs for facet, slugs in meant.items() if slugs}, unknown


def slugs_of(facet: str, said: str) -> Sequence[str]:
    if facet == "author":
        return _authors(said)
    return _partners(said) if facet == "partner" else _matching(said, _names(facet))


def visible_authors(slugs: Iterable[str]) -> dict[str, str]:
    """slug → name, of those who let others see their page: nobody else's posts are gathered."""
    pks = [int(number) for slug in slugs if (number := slug.removeprefix("person-")).isdecimal() and len(number) < 18]
    people = User.objects.filter(pk__in=pks, show_profile=True) if pks else ()
    return {author_slug(person.pk): person.get_full_name() for person in people if person.has_page}


def _authors(said: str) -> list[str]:
    spellings = {said, said.title(), said.capitalize()}
    people = User.objects.filter(show_profile=True, is_active=True, display_name__in=spellings)
    return [author_slug(person.pk) for person in people.order_by("pk")[:MOST_MEANT] if person.has_page]


def _partners(said: str) -> list[str]:
    """By its slug, else those whose title says all the words."""
    known = Entry.objects.filter(access=Access.PUBLIC, kind=Kind.PARTNER)
    if known.filter(partner=said.lower()).exists():
        return [said.lower()]
    wanted = Wanted((phrase(said, required=True),), chosen={"kind": (Kind.PARTNER.value,)})
    found = [one.entry_id for one in current_engine().find(wanted).ranked[:MOST_MEANT]]
    return list(dict.fromkeys(known.filter(pk__in=found).exclude(partner="").values_list("partner", flat=True)))


def _matching(said: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Those of that slug, else those whose names hold each of the words in some form."""
    known = list(names)
    exact = [slug for slug, _ in known if slug == said.lower()]
    wanted = [set(every_stem(word.form)) for word in words(said)]
    by_name = (slug for slug, name in known if all(stems & stems_of(name) for stems in wanted))
    return exact[:1] or list(dict.fromkeys(by_name))[:MOST_MEANT]


def _names(facet: str) -> Iterable[tuple[str, str]]:
    if facet == "kind":
        return _kinds()
    if facet == "language":
        return [(code, name) for code, names in NAMES_OF_LANGUAGES.items() for name in names.split()]
    codes = [code for code, _ in settings.LANGUAGES]
    return [pair for code in codes for pair in vocabulary.names(facet, code).items()]


@lru_cache(maxsize=1)
def _kinds() -> Sequence[tuple[str, str]]:
    named = []
    for code, _ in settings.LANGUAGES:
        with override(code):
            named += [(kind.value, str(kind.label)) for kind in Kind]
    return named


@lru_cache(maxsize=5_000)
def stems_of(name: str) -> frozenset[str]:
    return frozenset(stem for word in words(name) for stem in every_stem(word.form))
