"""How many documents say a word: asked anew, but of words that so many say that no single one matters."""

import time

import pytest

from search import actions
from search.models import Entry
from search.understanding import spelling
from search.understanding.typed import parse

FLUTE = parse("флейта")


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch):
    monkeypatch.setattr(spelling, "ENOUGH", 3)


def remove_all():
    actions.remove_keys(Entry.objects.values_list("key", flat=True))


def test_what_few_say_is_asked_anew(add):
    for _ in range(2):
        add("Флейта")

    assert spelling.held(FLUTE) == [2]
    remove_all()
    assert spelling.held(FLUTE) == [0]


def test_what_many_say_is_remembered_for_a_minute(add, monkeypatch, django_assert_num_queries):
    for _ in range(4):
        add("Флейта")

    assert spelling.held(FLUTE) == [3]
    later = time.monotonic() + 61
    remove_all()
    with django_assert_num_queries(0):
        assert spelling.held(FLUTE) == [3]
    monkeypatch.setattr(spelling.time, "monotonic", lambda: later)
    assert spelling.held(FLUTE) == [0]


def test_no_more_is_remembered_than_has_room(add, monkeypatch):
    monkeypatch.setattr(spelling, "MOST_REMEMBERED", 1)
    for _ in range(3):
        add("Флейта, труба и барабан")

    for word in ("флейта", "труба", "барабан"):
        spelling.held(parse(word))

    assert len(spelling._common) == 1
