"""The words that public entries say: learnt by the worker, and compared with what somebody misspelled."""

import re
import threading
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Q
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from search.batches import batches
from search.documents import Names, known_names, labels
from search.engines.matching import count_holding
from search.enums import Access
from search.models import Entry, Reached, Spelling
from search.text import stem, words
from search.understanding import latin

BATCH = 200
SHORTEST, BEGINNING = 3, 4
NAME = "spellings"
LONGEST = 40
LATE = 10 * 60 * 1_000_000  # microseconds: entries of a long transaction come with versions of its beginning
ALPHABETIC = re.compile(r"[^\W\d_]+")
LOOKED_AGAIN = 30  # seconds
SOME = 2_000  # forms that begin alike


# --- learning ---------------------------------------------------------------------------------------------------------
def learn_new() -> int:
    """Words of entries that were written since the last time. Safe to repeat; returns how many entries were read."""
    reached, _ = Reached.objects.get_or_create(name=NAME)
    read, place = 0, (reached.version - LATE, 0)
    while some := _written_after(*place):
        place = (some[-1].version, some[-1].pk)
        with transaction.atomic():
            learn(some)
            Reached.objects.filter(name=NAME, version__lt=place[0]).update(version=place[0])
        read += len(some)
    return read


def learn(entries: Iterable[Entry]) -> None:
    """Every word of public entries; of all others none."""
    names = known_names()
    said = {(form, stem(form, entry.language)): word for entry in entries for form, word in _forms(entry, names)}
    rows = [
        Spelling(word=word, form=form, stem=kept, beginning=form[:BEGINNING], latin=_key(form))
        for (form, kept), word in sorted(said.items())
    ]
    Spelling.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def forget_unsaid() -> int:
    """Spellings of which no public document holds the stem any more. Returns how many."""
    gone = 0
    stems = Spelling.objects.order_by("stem").values_list("stem", flat=True).distinct()
    for some in batches(list(stems), BATCH):
        counts = count_holding([[one] for one in some], 1)
        unsaid = [one for one, count in zip(some, counts, strict=True) if not count]
        gone += Spelling.objects.filter(stem__in=unsaid).delete()[0]
    return gone


def _written_after(version: int, pk: int) -> list[Entry]:
    newer = Entry.everything.filter(version__gt=version) | Entry.everything.filter(version=version, pk__gt=pk)
    return list(newer.order_by("version", "pk")[:BATCH])


def _forms(entry: Entry, names: Names) -> Iterator[tuple[str, str]]:
    """Each word as it is compared and as it was written."""
    texts = (entry.title, entry.summary, entry.body, *labels(entry, names)) if entry.access == Access.PUBLIC else ()
    for text in texts:
        for word in words(text):
            if len(word.form) >= SHORTEST and ALPHABETIC.fullmatch(word.form):
                yield word.form, text[word.start : word.end].lower()[:LONGEST]


def _key(form: str) -> str:
    return "" if form.isascii() else latin.key(form)


# --- comparing --------------------------------------------------------------------------------------------------------
class _Stems:
    """Every stem by its length, in the process: a third of the words, and no database compares so many so fast."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.by_length: dict[int, list[str]] = defaultdict(list)
        self.by_beginning: dict[str, list[str]] = defaultdict(list)
        self._seen: set[str] = set()
        self._newest, self._looked = 0, -LOOKED_AGAIN * 1.0

    def of_lengths(self, lengths: Iterable[int]) -> Iterator[list[str]]:
        self._catch_up()
        return (self.by_length[length] for length in lengths if length in self.by_length)

    def beginning(self, letters: str) -> list[str]:
        self._catch_up()
        return self.by_beginning.get(letters, [])

    def _catch_up(self) -> None:
        with self._lock:
            if time.monotonic() - self._looked < LOOKED_AGAIN:
                return
            newest = Spelling.objects.aggregate(newest=Max("pk"))["newest"] or 0
            newer = Spelling.objects.filter(pk__gt=self._newest, pk__lte=newest)
            for one in newer.values_list("stem", flat=True).iterator(chunk_size=10_000):
                if one not in self._seen:
                    self._seen.add(one)
                    self.by_length[len(one)].append(one)
                    self.by_beginning[one[:BEGINNING]].append(one)
            self._newest, self._looked = newest, time.monotonic()


_stems = _Stems()
forget = _stems.forget


def stems_near(wanted: str, edits: int, *, same_first: bool) -> dict[str, int]:
    """stem → in how many places it differs (a letter more, less, changed, or two swapped), at most ``edits``."""
    lengths = range(len(wanted) - edits, len(wanted) + edits + 1)
    near = {
        found: int(distance)
        for some in _stems.of_lengths(lengths)
        for found, distance, _ in extract(wanted, some, scorer=OSA.distance, score_cutoff=edits, limit=None)
    }
    return {found: distance for found, distance in near.items() if not same_first or found[0] == wanted[0]}


def stems_beginning(wanted: str) -> list[str]:
    """With the first letters of this one; of fewer letters there are none."""
    return _stems.beginning(wanted[:BEGINNING]) if len(wanted) >= BEGINNING else []


def stems_of_forms_near(form: str, edits: int) -> dict[str, int]:
    """As stems_near, for forms that begin alike: an ending that is misspelled hides the stem."""
    alike = Spelling.objects.filter(beginning=form[:BEGINNING]).values_list("form", "stem")[:SOME]
    distances = ((OSA.distance(form, known, score_cutoff=edits), kept) for known, kept in alike)
    found: dict[str, int] = {}
    for distance, kept in distances:
        if distance <= edits:
            found[kept] = min(distance, found.get(kept, distance))
    return found


def stems_spelled_in_latin(form: str) -> set[str]:
    """Of Cyrillic words that are written so in Latin letters."""
    wanted = latin.key(form)
    return set(Spelling.objects.filter(latin=wanted).values_list("stem", flat=True)) if wanted else set()


def words_with(stems: Collection[str]) -> dict[str, list[tuple[str, str]]]:
    """stem → the words that have it: how they are compared and how they are written, the first learnt first."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    known = Spelling.objects.filter(stem__in=stems).order_by("pk")
    for kept, form, word in known.values_list("stem", "form", "word"):
        found[kept].append((form, word))
    return found


# --- completing -------------------------------------------------------------------------------------------------------
class Known(NamedTuple):
    form: str
    stem: str
    word: str
    latin: str


def words_beginning(form: str, others: Collection[str] = ()) -> list[Known]:
    """Words that begin as this does in its first letters, or in Latin spelling; and whatever is spelled as the others.

    One question, and none for what is too short for either.
    """
    alike = Q(beginning=form[:BEGINNING]) if len(form) >= BEGINNING else Q()
    if form.isascii() and (wanted := latin.key(form)):
        alike |= Q(latin__gte=wanted, latin__lte=wanted + "z" * LONGEST)
    if keys := {key for one in others if one.isascii() and (key := latin.key(one))}:
        alike |= Q(latin__in=keys)
    rows = Spelling.objects.filter(alike).values_list(*Known._fields)[:SOME] if alike else []
    return [Known(*row) for row in rows]
