import pytest

from search.query import LONGEST_TEXT, MOST_CHOICES, chosen_facets, tidy
from search.understanding.typed import MOST_TERMS, parse


def spelled(text: str) -> list[str]:
    return [term.word for term in parse(text)]


def test_question_words_are_dropped_unless_there_is_nothing_else():
    assert spelled("Где можно научиться чинить велосипед?") == ["научиться", "чинить", "велосипед"]
    assert spelled("Дзе навучыцца граць на гітары") == ["навучыцца", "граць", "гітары"]
    assert spelled("Where can I learn to sew") == ["learn", "sew"]
    assert spelled("что где когда") == ["что", "где", "когда"]


def test_each_word_counts_once_whatever_its_form():
    assert spelled("курс курсы КУРСОВ") == ["курс"]


def test_parts_of_a_compound_may_be_written_together():
    first, second = parse("онлайн-курс")

    assert "онлаинкурс" in first.stems
    assert "онлаинкурс" in second.stems


@pytest.mark.parametrize("text", ["", " ", "!!!", "\x00", '"" () * ^ : -', "«…»", "' --"])
def test_nothing_to_look_for(text):
    assert parse(text) == ()


def test_operators_of_engines_are_only_words():
    assert spelled('title:"ремонт" NEAR(обуви) & сапог | !валенок') == [
        "title",
        "ремонт",
        "near",
        "обуви",
        "сапог",
        "валенок",
    ]


def test_a_huge_query_is_cut():
    assert len(parse(" ".join(f"слово{number}" for number in range(20_000)))) == MOST_TERMS
    assert len(parse("а" * 100_000)) == 1
    assert len(tidy("я " * 100_000)) <= LONGEST_TEXT


def test_tidy_keeps_one_line_of_visible_text():
    assert tidy("  ремонт\x00\n\t велосипеда ") == "ремонт велосипеда"


def test_facets_keep_what_a_slug_can_be():
    values = {
        "kind": ["news", "news", "page"],
        "district": ["oktyabrsky", "' OR 1=1", "a" * 81, "", "x\x00"],
        "topic": [f"t{number}" for number in range(500)],
        "colour": ["red"],
    }

    chosen = chosen_facets(values)

    assert list(chosen) == ["kind", "topic", "district"]
    assert chosen["kind"] == ("news", "page")
    assert chosen["district"] == ("oktyabrsky",)
    assert len(chosen["topic"]) == MOST_CHOICES
