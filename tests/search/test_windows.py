"""The newest documents are looked through first; what is rare, or rare among them, is found nevertheless."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from search.engines.matching import count_holding, holdings
from search.engines.windows import Windows
from search.models import Document, Entry
from search.understanding.typed import parse
from search.wanted import Wanted

NEWEST = 800_000


@pytest.fixture
def write(db):
    def at(numbers, *stems):
        entries = [
            Entry(pk=pk, key=f"page:{pk}", kind="page", version=pk, published=timezone.now(), title="", url="/")
            for pk in numbers
        ]
        Entry.everything.bulk_create(entries)
        words = " ".join(stems)
        Document.objects.bulk_create(
            Document(pk=pk, title=words, label="", summary="", body="", marks="") for pk in numbers
        )
        cache.delete("search:size")

    yield at
    cache.delete("search:size")


def test_a_word_that_is_rare_among_the_newest_is_counted_among_all(write):
    write(range(1, 31), "флеит")
    write(range(NEWEST, NEWEST + 5), "флеит", "труб")

    assert count_holding([["флеит"], ["труб"], ["арф"]], 20) == [20, 5, 0]


def test_a_word_that_came_into_use_lately_is_not_missed_where_it_is_older(write):
    write(range(1, 31), "флеит")
    write(range(NEWEST, NEWEST + 10), "флеит")

    assert count_holding([["флеит"]], 20) == [20]


def test_of_a_common_word_the_newest_are_found(write, monkeypatch):
    monkeypatch.setattr("search.engines.matching.MOST", 10)
    write(range(1, 31), "флеит")
    write(range(NEWEST, NEWEST + 12), "флеит")

    one = holdings(Wanted(terms=tuple(parse("флейта"))))[0]

    assert one.anywhere == set(range(NEWEST + 2, NEWEST + 12))
    assert one.share == 1


def test_two_common_words_are_found_where_they_stand_together(write, monkeypatch):
    monkeypatch.setattr("search.engines.matching.MOST", 10)
    write(range(1, 4), "флеит", "труб")
    write(range(4, 200_000, 10_000), "флеит")
    write(range(NEWEST, NEWEST + 12), "труб")

    flute, trumpet = holdings(Wanted(terms=tuple(parse("флейта труба"))))

    assert flute.anywhere & trumpet.anywhere == {1, 2, 3}


def test_common_words_are_also_found_where_a_rarer_one_is_said(write, monkeypatch):
    monkeypatch.setattr("search.engines.matching.MOST", 10)
    write([1], "флеит", "труб")
    write([2], "флеит", "арф")
    write(range(3, 100, 2), "флеит")
    write(range(4, 100, 2), "труб")

    flute, trumpet, harp = holdings(Wanted(terms=tuple(parse("флейта труба арфа"))))

    assert flute.anywhere & trumpet.anywhere == {1}
    assert flute.anywhere & harp.anywhere == {2}


def test_a_window_is_as_wide_as_what_is_looked_for_is_rare():
    windows = Windows(1, 2_000_000)

    assert [len(one) for one in (windows.first, windows.holding(0.1, 2_000), windows.holding(0.01, 2_000))] == [6, 9, 7]
    assert windows.first[-1] == "'part=489'"
    assert windows.holding(0.01, 2_000)[-1] == "'era=31'"
    assert windows.holding(0.001, 2_000) is windows.after(7, 2_000) is Windows(1, 99_999).first is None
