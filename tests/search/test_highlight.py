from search.highlight import FRAGMENT, fragment, marked
from search.understanding.typed import parse

LONG = "Вступление без повода. " * 30


def test_forms_of_the_words_are_marked_as_they_stand():
    html = marked("Ремонт Велосипедов: от прокола до каретки", parse("ремонт велосипеда"), "ru")

    assert html == "<mark>Ремонт</mark> <mark>Велосипедов</mark>: от прокола до каретки"


def test_markup_in_a_text_is_only_text():
    html = marked('<script>alert("курс")</script> & курсы', parse("курс script"), "ru")

    assert html == (
        "&lt;<mark>script</mark>&gt;alert(&quot;<mark>курс</mark>&quot;)&lt;/<mark>script</mark>&gt;"
        " &amp; <mark>курсы</mark>"
    )


def test_marks_follow_the_language_of_the_text():
    assert marked("У бібліятэцы", parse("бібліятэка"), "be") == "У <mark>бібліятэцы</mark>"
    assert marked("Library courses", parse("course"), "en") == "Library <mark>courses</mark>"


def test_a_fragment_is_cut_where_the_words_stand_together():
    text = LONG + "Здесь один ремонт. " + LONG + "А здесь ремонт велосипедов и насос. " + LONG

    html = fragment(["", text], parse("ремонт велосипеда"), "ru")

    assert "<mark>ремонт</mark> <mark>велосипедов</mark>" in html
    assert html.startswith("…")
    assert html.endswith("…")
    assert len(html) < FRAGMENT + 60


def test_the_summary_wins_when_it_says_as_much():
    html = fragment(["Ремонт обуви за час.", LONG + "ремонт"], parse("ремонт"), "ru")

    assert html == "<mark>Ремонт</mark> обуви за час."


def test_the_beginning_is_shown_where_no_word_stands():
    assert fragment(["Коротко.", "Долго."], parse("ремонт"), "ru") == "Коротко."
    assert fragment(["", ""], parse("ремонт"), "ru") == ""
    assert fragment([LONG], (), "ru").endswith("…")


def test_a_text_without_spaces_is_cut_all_the_same():
    html = fragment(["а" * 5000 + " ремонт"], parse("ремонт"), "ru")

    assert len(html) <= FRAGMENT + 60
