"""Judging the search: what is printed, and that nothing is left of it."""

import json
import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search.evaluation import Outcome, Question, in_other_layout, misspelled
from search.models import Document, Entry, Spelling
from search.scratch import scratch_index
from tests.search.conftest import ask

TEXTS = [
    {"id": "bike", "title": "Ремонт велосипеда", "text": "Разбираем колесо, цепь и тормоза.", "language": "ru"},
    {"id": "river", "title": "", "text": "Почему Ангара зимой не замерзает.", "language": "ru"},
    {"id": 3, "title": "Drawing", "text": "An evening course with pencil and paper.", "language": "en"},
]
QUESTIONS = [
    {"query": "как разобрать колесо велосипеда", "language": "ru", "relevant": ["bike"]},
    {"query": "замерзает ли Ангара зимой", "language": "ru", "relevant": ["river"]},
    {"query": "pencil drawing course", "language": "en", "relevant": [3]},
    {"query": "балалайка", "language": "ru", "relevant": ["bike"]},
]


@pytest.fixture
def files(tmp_path) -> dict:
    corpus, queries = tmp_path / "corpus.jsonl", tmp_path / "queries.jsonl"
    corpus.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in TEXTS))
    queries.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in QUESTIONS))
    return {"corpus": corpus, "queries": queries}


def evaluate(files, **options) -> dict[str, list[str]]:
    """language → the figures of its line."""
    printed = StringIO()
    call_command("evaluate_search", **files, **options, stdout=printed)
    lines = [line.split() for line in printed.getvalue().splitlines()[1:]]
    return {line[0]: line[1:5] for line in lines}


@pytest.mark.parametrize("spoilt", [{}, {"typos": True}, {"layout": True}])
def test_questions_are_judged_by_the_place_of_the_first_answer(db, files, spoilt):
    figures = evaluate(files, **spoilt)

    assert figures == {
        "en": ["1", "1.000", "1.000", "1.000"],
        "ru": ["3", "0.667", "0.667", "0.667"],
        "all": ["4", "0.750", "0.750", "0.750"],
    }


def test_the_real_index_is_neither_asked_nor_touched(files, add):
    add("Балалайка", days_old=1)

    figures = evaluate(files)

    assert figures["ru"][2] == "0.667"
    assert (Entry.objects.count(), Document.objects.count(), Spelling.objects.count()) == (1, 1, 0)
    assert (ask("балалайка").total, ask("велосипед").total) == (1, 0)


def test_how_rare_a_word_is_is_told_by_the_scratch_index_alone(add):
    add("Балалайка")
    assert ask("балалайка").total == 1  # and how many entries there are is known for a minute

    with scratch_index() as engine:
        assert engine.size().entries == 0


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "corpus.jsonl, line 2: no JSON"),
        ("[]", "corpus.jsonl, line 2: id, language, text missing."),
        ('{"id": 1, "text": "а"}', "corpus.jsonl, line 2: language missing."),
    ],
)
def test_a_file_that_is_none_is_refused_by_its_line(db, files, line, message):
    files["corpus"].write_text(f"{json.dumps(TEXTS[0])}\n{line}\n")

    with pytest.raises(CommandError, match=message):
        evaluate(files)


def test_one_letter_is_wrong_in_every_long_word_and_the_first_is_not():
    spoil = misspelled(random.Random(1))
    question = Question("как разобрать колесо велосипеда", "ru", frozenset())

    for _ in range(100):
        as_typed = spoil(question).split()
        assert as_typed[0] == "как"
        assert all(new != old for new, old in zip(as_typed[1:], question.query.split()[1:], strict=True))
        assert [word[0] for word in as_typed] == ["к", "р", "к", "в"]


def test_the_other_layout_is_that_of_the_question_s_language():
    assert in_other_layout(Question("библиотека", "ru", frozenset())) == ",b,kbjntrf"
    assert in_other_layout(Question("course", "en", frozenset())) == "сщгкыу"


def test_figures_are_those_of_the_literature():
    outcome = Outcome([1, 2, 0, 10], [0.001] * 4)

    assert (outcome.recall(1), outcome.recall(10), outcome.reciprocal_rank()) == (0.25, 0.75, 0.4)
    assert outcome.milliseconds(95) == pytest.approx(1.0)
