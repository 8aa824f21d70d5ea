"""What editors said means the same, as further ways to say the words of a query."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.synonyms import Phrase, alternatives
from search.text import stem, words
from search.understanding.typed import LANGUAGES
from search.wanted import Term, Way

WORTH = 0.7


def with_synonyms(text: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """Whoever reads in one language may type another: the groups of all are asked. ``terms``: those of the text."""
    forms = [word.form for word in words(text)]
    further: dict[str, list[Phrase]] = defaultdict(list)
    for language in LANGUAGES:
        for found in alternatives(forms, language):
            for form in forms[found.start : found.end]:
                further[form] += found.phrases
    return tuple(_with_ways(term, further[term.word]) if term.word in further else term for term in terms)


def _with_ways(term: Term, phrases: Iterable[Phrase]) -> Term:
    said = {way.stems for way in term.ways}
    new = (" ".join(stem(form, language) for form in phrase) for phrase in phrases for language in LANGUAGES)
    return replace(term, ways=(*term.ways, *(Way(one, WORTH) for one in dict.fromkeys(new) if one not in said)))
