"""An entry as words to compare: what the engine ``database`` keeps of it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from common import vocabulary
from search.models import Document, Entry
from search.text import stems

MOST_WORDS = 10_000  # PostgreSQL holds at most 1 MB of words for one row
Names = Callable[[str, str], Mapping[str, str]]


def known_names() -> Names:
    """The vocabulary, asked once for each kind and language: one for every batch of entries."""
    return cache(vocabulary.names)


class Heading(NamedTuple):
    """All but the words of summary and body."""

    title: str
    label: str
    marks: str


def document_of(entry: Entry, names: Names) -> Document:
    return Document(
        entry=entry,
        summary=" ".join(stems(entry.summary, entry.language)[:MOST_WORDS]),
        body=" ".join(stems(entry.body, entry.language)[:MOST_WORDS]),
        **heading_of(entry, names)._asdict(),
    )


def heading_of(entry: Entry, names: Names) -> Heading:
    title = stems(entry.title, entry.language)
    label = [stem for text in labels(entry, names) for stem in stems(text, entry.language)]
    marks = [*dict.fromkeys(f"^{stem}" for stem in title + label), *facet_marks(entry)]
    return Heading(" ".join(title), " ".join(label), " ".join(marks))


def labels(entry: Entry, names: Names) -> list[str]:
    """What people call it by though it isn't in its text."""
    said = [("topic", slug) for slug in entry.topics.split()] + [("audience", slug) for slug in entry.audiences.split()]
    if entry.district:
        said.append(("district", entry.district))
    words = [names(kind, entry.language).get(slug, slug) for kind, slug in said]
    return [*words, *filter(None, (entry.partner_name, entry.place, entry.keywords))]


def facet_marks(entry: Entry) -> list[str]:
    single = {"kind": entry.kind, "language": entry.language, "partner": entry.partner, "district": entry.district}
    return [
        *(f"{name}={value}" for name, value in single.items() if value),
        *(f"topic={slug}" for slug in entry.topics.split()),
        *(f"audience={slug}" for slug in entry.audiences.split()),
    ]
