"""What a word that nobody says may have been meant to be, of the words that public entries say."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from search.engines.matching import count_holding
from search.stop_words import STOP_WORDS
from search.text import every_stem
from search.understanding import lexicon
from search.wanted import Term, Way

ENOUGH = 50  # more documents than that say nothing more about a word
ONE_EDIT, TWO_EDITS = 4, 8  # letters from which on so many may be wrong
TWO = 2  # so many may be wrong only where the first letter is right
MOST_LOOKED_AT, MOST_MEANT = 20, 3
SHORTEST_CUT, LONGEST_ENDING = 5, 4
FARTHER = 2  # letters by which a word may be farther than the nearest and still be meant
WORTH = {0: 1.0, 1: 0.8, 2: 0.6}  # by how many letters are wrong
REMEMBERED, MOST_REMEMBERED = 60, 20_000  # seconds, terms


@dataclass(frozen=True, slots=True)
class Meant:
    """``word``: as it would have been written. In how many letters its stem differs, and all of it."""

    stem: str
    word: str
    distance: int
    letters: int
    documents: int


_common: dict[tuple[str, ...], float] = {}  # what ENOUGH documents say, and until when the process remembers it
forget = _common.clear


def held(terms: Sequence[Term]) -> list[int]:
    """For each term in how many public documents it is, at most ENOUGH.

    Asked anew of all but the common ones, so nothing hidden is known: no single thing was all that said those.
    """
    now = time.monotonic()
    asked = [term.stems for term in terms if _common.get(term.stems, 0.0) < now]
    counts = dict(zip(asked, count_holding(asked, ENOUGH), strict=True))
    if len(_common) > MOST_REMEMBERED:
        forget()
    _common.update((stems, now + REMEMBERED) for stems, count in counts.items() if count == ENOUGH)
    return [counts.get(term.stems, ENOUGH) for term in terms]


def edits_allowed(form: str) -> int:
    return 0 if len(form) < ONE_EDIT else 1 if len(form) < TWO_EDITS else 2


def meanings(forms: Iterable[str], *, more: int = 0) -> dict[str, list[Meant]]:
    """For each of these words what it may mean, the likeliest first; each is said by some public document now.

    ``more``: so many more letters may be wrong than usual.
    """
    near = {form: _nearest_stems(form, more) for form in forms}
    stems = {stem for some in near.values() for stem in some}
    counts, words = _counts(stems), lexicon.words_with(stems)
    return {form: _likeliest(form, some, counts, words) for form, some in near.items()}


def stop_word_near(form: str) -> str:
    """A word that only puts the question, with one letter wrong; empty if it is none."""
    near = (word for word in STOP_WORDS if len(word) >= ONE_EDIT and OSA.distance(form, word, score_cutoff=1) == 1)
    return min(near, default="")


def respelled(term: Term, meant: Sequence[Meant]) -> Term:
    """The same place in the query, said in these ways, too."""
    ways = dict.fromkeys(Way(one.stem, WORTH[one.distance]) for one in meant)
    return Term(term.word, (*term.ways, *ways), term.required)


def halves(form: str) -> tuple[str, str] | None:
    """Two words between which somebody forgot the space, both of them said by some public document."""
    cuts = [(form[:place], form[place:]) for place in range(3, len(form) - 2)]
    counts = count_holding([every_stem(half) for cut in cuts for half in cut], ENOUGH)
    worth = {cut: min(counts[2 * number : 2 * number + 2]) for number, cut in enumerate(cuts)}
    likeliest = max(worth, key=lambda cut: (worth[cut], len(cut[0])), default=None)
    return likeliest if likeliest and worth[likeliest] else None


def _likeliest(
    form: str, near: Mapping[str, int], counts: Mapping[str, int], words: Mapping[str, Sequence[tuple[str, str]]]
) -> list[Meant]:
    """By how much the stem differs, then by how much the nearest whole word does, then by how many say it."""
    said = [(stem, *_nearest(form, words.get(stem, ()))) for stem in near if counts[stem]]
    most = min((letters for _, letters, _ in said), default=0) + FARTHER
    meant = [Meant(stem, word, near[stem], letters, counts[stem]) for stem, letters, word in said if letters <= most]
    return sorted(meant, key=lambda one: (one.distance, one.letters, -one.documents, one.stem))[:MOST_MEANT]


def _counts(stems: Iterable[str]) -> dict[str, int]:
    asked = sorted(stems)
    return dict(zip(asked, count_holding([[stem] for stem in asked], ENOUGH), strict=True))


def _nearest_stems(form: str, more: int) -> dict[str, int]:
    near = _near(form, more)
    return {stem: near[stem] for stem in sorted(near, key=lambda stem: (near[stem], stem))[:MOST_LOOKED_AT]}


def _near(form: str, more: int) -> dict[str, int]:
    """What an ending says for a long word it doesn't say for its stem: how much may be wrong goes by its own length."""
    near = dict(lexicon.stems_of_forms_near(form, edits_allowed(form) + more))
    for kept in every_stem(form):
        edits = max(edits_allowed(kept), edits_allowed(form[:ONE_EDIT])) + more
        for found, distance in lexicon.stems_near(kept, edits, same_first=len(form) < TWO_EDITS).items():
            if distance < TWO or found[0] == kept[0]:
                near[found] = min(distance, near.get(found, distance))
    near = _near_without_ending(form) | near
    if form.isascii():
        near |= dict.fromkeys(lexicon.stems_spelled_in_latin(form), 0)
    return near


def _near_without_ending(form: str) -> dict[str, int]:
    """A letter wrong in its ending, or in the word so that its ending isn't seen, keeps a word from being stemmed."""
    longest = max(len(form) - SHORTEST_CUT, 0)
    cuts = [form[:-ending] for ending in range(1, min(LONGEST_ENDING, longest) + 1)]
    same_first = len(form) < TWO_EDITS
    return {stem: TWO for cut in cuts for stem in lexicon.stems_near(cut, 1, same_first=same_first)}


def _nearest(form: str, words: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """How many letters are wrong in the word that is nearest to what was typed, and how that is written."""
    return min(((OSA.distance(form, known), word) for known, word in words), default=(len(form), form))
