"""What a word that nobody says may have been meant to be, of the words that public entries say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from search.engines.matching import count_holding
from search.text import every_stem
from search.understanding import lexicon
from search.wanted import Term, Way

ENOUGH = 50  # more documents than that say nothing more about a word
ONE_EDIT, TWO_EDITS = 4, 8  # letters from which on so many may be wrong
TWO = 2  # so many may be wrong only where the first letter is right
MOST_LOOKED_AT, MOST_MEANT = 12, 3
WORTH = {0: 1.0, 1: 0.8, 2: 0.6}  # by how many letters are wrong


@dataclass(frozen=True, slots=True)
class Meant:
    """``word``: as it would have been written."""

    stem: str
    word: str
    distance: int
    documents: int


def held(terms: Sequence[Term]) -> list[int]:
    """For each term in how many public documents it is, at most ENOUGH: asked anew, so nothing hidden is known."""
    return count_holding([term.stems for term in terms], ENOUGH)


def edits_allowed(form: str) -> int:
    return 0 if len(form) < ONE_EDIT else 1 if len(form) < TWO_EDITS else 2


def meanings(forms: Iterable[str], *, more: int = 0) -> dict[str, list[Meant]]:
    """For each of these words what it may mean, the likeliest first; each is said by some public document now.

    ``more``: so many more letters may be wrong than usual.
    """
    near = {form: _nearest_stems(form, more) for form in forms}
    counts = _counts({stem for stems in near.values() for stem in stems})
    likeliest = {form: _likeliest(stems, counts) for form, stems in near.items()}
    words = lexicon.words_with({stem for stems in likeliest.values() for stem in stems})
    return {
        form: [Meant(stem, _nearest(form, words[stem]), near[form][stem], counts[stem]) for stem in stems]
        for form, stems in likeliest.items()
    }


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


def _likeliest(near: Mapping[str, int], counts: Mapping[str, int]) -> list[str]:
    return sorted((stem for stem in near if counts[stem]), key=lambda stem: (near[stem], -counts[stem], stem))[
        :MOST_MEANT
    ]


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
    if form.isascii():
        near |= dict.fromkeys(lexicon.stems_spelled_in_latin(form), 0)
    return near


def _nearest(form: str, words: Sequence[tuple[str, str]]) -> str:
    """How the word is written of which the form is nearest to what was typed, else the form itself."""
    return min(words, key=lambda word: OSA.distance(form, word[0]), default=(form, form))[1]
