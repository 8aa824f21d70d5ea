"""How often natural questions find what answers them. The figures are what was reached; they must not fall."""

import tomllib
from pathlib import Path

import pytest

from search import actions
from search.actions import Answer
from search.registry import EntryDraft
from tests.search.conftest import ago, ask

JUDGED = tomllib.loads((Path(__file__).parent / "judged.toml").read_text())


@pytest.fixture
def texts(db) -> None:
    actions.write(
        Answer(text["kind"], f"tests.text:{name}", draft(name, text, days_old))
        for days_old, (name, text) in enumerate(JUDGED["texts"].items())
    )


def draft(name: str, text: dict[str, str], days_old: int) -> EntryDraft:
    return EntryDraft("ru", text["title"], f"/{name}/", ago(days_old), text["summary"], text["body"])


def rank_of(question: dict) -> int:
    """The place of the first text that answers, from 1; 0 where none is among the first ten."""
    names = [hit.entry.key.removeprefix("tests.text:") for hit in ask(question["text"]).hits[:10]]
    return next((place for place, name in enumerate(names, start=1) if name in question["answers"]), 0)


def test_natural_questions_find_their_texts(texts):
    ranks = {question["text"]: rank_of(question) for question in JUDGED["questions"]}

    first = sum(rank == 1 for rank in ranks.values()) / len(ranks)
    ten = sum(rank > 0 for rank in ranks.values()) / len(ranks)
    worse = {text: rank for text, rank in ranks.items() if rank != 1}
    assert len(JUDGED["texts"]) >= 40
    assert len(ranks) >= 40
    assert first >= 0.93, worse
    assert ten == 1, worse
