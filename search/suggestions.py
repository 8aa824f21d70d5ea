"""What somebody may mean who is still typing: titles that everybody may read, words of the vocabulary, a word's end.

Never what others looked for. Four questions to the database at most, however much there is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone

from common import vocabulary
from search.engines.beginnings import Begun, Typed, beginning
from search.enums import Access
from search.listing import address
from search.models import Entry
from search.query import Query, tidy
from search.text import every_stem, stem, words
from search.understanding import lexicon, spelling
from search.understanding.begun import other_readings, read, typed_words, with_last
from search.understanding.lexicon import Known
from search.wanted import Term, Way

MOST = 8
SEARCH, SUBJECT, DISTRICT = "search", "subject", "district"
FACETS = {SUBJECT: "topic", DISTRICT: "district"}
MOST_NAMES = 3  # of the vocabulary
MOST_ENDS = 12  # of a word that no title says
SHORTEST_ENDED = 2


@dataclass(frozen=True, slots=True)
class Suggested:
    """``kind``: ``search`` for these words, ``subject`` or ``district`` for all of that, or the kind of what it names.

    ``language``: of the title.
    """

    kind: str
    title: str
    url: str
    language: str


class Title(NamedTuple):
    """Of an entry; in the order of Begun."""

    begun: Begun
    kind: str
    language: str
    is_original: bool
    translation_key: str
    title: str
    url: str


def suggest(text: str, language: str, most: int = MOST) -> list[Suggested]:
    text = tidy(text)
    if not typed_words(text):
        return []
    names, found = _names(text, language), beginning([read(text)])
    *before, last = typed_words(text)
    known = lexicon.words_beginning(last.form, () if found else [word.form for word in before])
    if not found and not names:
        text, found = _read_otherwise(text, known)
        names = _names(text, language)
    titles = _titles(found, read(text), language) if found else []
    ended = _ended(text, titles, known)
    search = [Suggested(SEARCH, ended, address(Query(ended, language)), language)] if ended else []
    return [*search, *names, *(_suggested(title) for title in titles)][:most]


def _read_otherwise(text: str, known: Sequence[Known]) -> tuple[str, list[Begun]]:
    readings = other_readings(text, known)
    found = beginning([read(reading) for reading in readings])
    first = found[0].reading if found else 0
    return (readings[first] if found else text), [one for one in found if one.reading == first]


# --- the vocabulary ---------------------------------------------------------------------------------------------------
def _names(text: str, language: str) -> list[Suggested]:
    """Topics and districts, whose searches are narrowed to them. Kept in the process: no question."""
    typed = read(text)
    return [
        Suggested(kind, name, address(Query(language=language, chosen={facet: (slug,)})), language)
        for kind, facet in FACETS.items()
        for slug, name in vocabulary.names(facet, language).items()
        if _fits(name, language, typed)
    ][:MOST_NAMES]


def _fits(title: str, language: str, typed: Typed) -> bool:
    """Some word of it begins as the last does, and it says all the others in some form."""
    *others, last = typed.forms
    forms = [word.form for word in words(title)]
    said = {stem(form, language) for form in forms}
    return any(form.startswith(last) for form in forms) and not any(said.isdisjoint(every_stem(one)) for one in others)


# --- titles -----------------------------------------------------------------------------------------------------------
def _titles(found: Sequence[Begun], typed: Typed, language: str) -> list[Title]:
    """What everybody may read now, the reader's language before others, each thing and each title once."""
    public = Entry.objects.filter(access=Access.PUBLIC, is_part=False, pk__in={one.entry_id for one in found})
    now_public = public.exclude(until__lte=timezone.now())
    rows = {pk: row for pk, *row in now_public.values_list("pk", *Title._fields[1:])}
    known = [Title(one, *rows[one.entry_id]) for one in found if one.entry_id in rows]
    fitting = [one for one in known if not one.begun.scattered or _fits(one.title, one.language, typed)]
    fitting.sort(key=lambda one: (one.begun.scattered, not one.begun.is_beginning, _foreignness(one, language)))
    return list(_once(fitting, language))


def _foreignness(title: Title, language: str) -> tuple[bool, bool]:
    return title.language != language, not title.is_original


def _once(titles: Sequence[Title], language: str) -> Iterator[Title]:
    nearest: dict[str, Title] = {}
    for one in sorted(titles, key=lambda one: _foreignness(one, language)):
        nearest.setdefault(one.translation_key, one)
    seen: set[tuple[str, str]] = set()
    for one in (nearest[title.translation_key] for title in titles):
        names = {("thing", one.translation_key), (one.kind, one.title.casefold())}
        if names.isdisjoint(seen):
            yield one
        seen |= names


def _suggested(title: Title) -> Suggested:
    return Suggested(title.kind, title.title, title.url, title.language)


# --- the end of a word ------------------------------------------------------------------------------------------------
def _ended(text: str, titles: Sequence[Title], known: Sequence[Known]) -> str:
    """The text with its last word ended as most titles do, or else most texts; empty where there is no more to it."""
    last = typed_words(text)[-1].form
    if len(last) < SHORTEST_ENDED:
        return ""
    begun = [one for one in known if one.form.startswith(last)]
    said = Counter(stem for title in titles for stem in _stems_that_begin(title, last))
    common = said.most_common(1)[0][0] if said else _most_said(begun)
    forms = [(one.form, one.word) for one in begun if one.stem == common] or list(_forms(titles, common, last))
    form, word = min(forms, key=_as_in_a_dictionary, default=(last, ""))
    return with_last(text, word) if form != last else ""


def _as_in_a_dictionary(said: tuple[str, str]) -> tuple[int, bool, str]:
    """Short, and among forms of one length the one that names a thing: школа before школу, музей before музее."""
    form, _word = said
    return len(form), not form.endswith(("а", "я", "й")), form


def _stems_that_begin(title: Title, last: str) -> set[str]:
    return {stem(word.form, title.language) for word in words(title.title) if word.form.startswith(last)}


def _forms(titles: Iterable[Title], common: str, last: str) -> Iterator[tuple[str, str]]:
    for title in titles:
        for word in words(title.title):
            if word.form.startswith(last) and stem(word.form, title.language) == common:
                yield word.form, title.title[word.start : word.end].lower()


def _most_said(begun: Sequence[Known]) -> str:
    """Asked of the index: a list of words may still know what nobody says any more."""
    stems = list(dict.fromkeys(one.stem for one in sorted(begun, key=lambda one: len(one.form))))[:MOST_ENDS]
    counts = spelling.held([Term(one, (Way(one),)) for one in stems])
    return max(zip(counts, stems, strict=True), key=lambda one: one[0])[1] if any(counts) else ""
