"""An entry as words to compare: what the engine ``database`` keeps of it."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from common import vocabulary
from search.enums import Access
from search.models import Document, Entry
from search.text import stems

MOST_WORDS = 10_000  # PostgreSQL holds at most 1 MB of words for one row
Stems = Callable[[str, str], list[str]]
Names = Callable[[str, str], Mapping[str, str]]


def known_names() -> Names:
    """The vocabulary, asked once for each kind and language: one for every batch of entries."""
    return cache(vocabulary.names)


class Heading(NamedTuple):
    """All but the words of summary and body."""

    title: str
    label: str
    marks: str


def document_of(entry: Entry, names: Names, stems: Stems = stems) -> Document:
    """``stems``: another way to the same stems (search.ahead)."""
    summary = stems(entry.summary, entry.language)[:MOST_WORDS]
    body = stems(entry.body, entry.language)[:MOST_WORDS]
    heading = heading_of(entry, names, {*summary, *body})
    return Document(entry=entry, summary=" ".join(summary), body=" ".join(body), **heading._asdict())


def heading_of(entry: Entry, names: Names, said: AbstractSet[str]) -> Heading:
    """``said``: the stems of summary and body."""
    title = stems(entry.title, entry.language)
    label = [stem for text in labels(entry, names) for stem in stems(text, entry.language)]
    borrowed = set(title).difference(label, said) if entry.is_part else set()
    marks = [
        *dict.fromkeys(f"^{stem}" for stem in title + label),
        *sorted(f"-{stem}" for stem in borrowed),
        *place_marks(entry),
        *(facet_marks(entry) if entry.access == Access.PUBLIC else [f"access={entry.access}"]),
    ]
    return Heading(" ".join(title), " ".join(label), " ".join(marks))


def labels(entry: Entry, names: Names) -> list[str]:
    """What people call it by though it isn't in its text."""
    said = [("topic", slug) for slug in entry.topics.split()] + [("audience", slug) for slug in entry.audiences.split()]
    if entry.district:
        said.append(("district", entry.district))
    words = [names(kind, entry.language).get(slug, slug) for kind, slug in said]
    return [*words, *filter(None, (entry.partner_name, entry.place, entry.keywords))]


def place_marks(entry: Entry) -> list[str]:
    return [f"within={place}" for place in entry.within.split()]


def facet_marks(entry: Entry) -> list[str]:
    single = {"kind": entry.kind, "language": entry.language, "partner": entry.partner, "district": entry.district}
    return [
        *(f"{name}={value}" for name, value in single.items() if value),
        *(f"topic={slug}" for slug in entry.topics.split()),
        *(f"audience={slug}" for slug in entry.audiences.split()),
        *([f"author={entry.author}"] if entry.author else []),
    ]
