import pytest

from search.understanding.typed import MOST_OF_EACH, Typed, parse, phrase, take_apart


def test_phrases_exclusions_and_filters_are_taken_from_among_the_words():
    typed = take_apart('ремонт "открытая мастерская" обуви -велосипед партнёр:верстак -"для детей"')

    assert typed == Typed(
        words="ремонт обуви",
        phrases=("открытая мастерская",),
        without=("велосипед", "для детей"),
        filters=(("partner", "верстак"),),
    )


@pytest.mark.parametrize(
    ("name", "facet"),
    [
        ("partner", "partner"),
        ("Партнёр", "partner"),
        ("організація", None),
        ("арганізацыя", "partner"),
        ("район", "district"),
        ("раён", "district"),
        ("тэма", "topic"),
        ("для", "audience"),
        ("від", "kind"),
        ("мова", "language"),
        ("аўтар", "author"),
    ],
)
def test_filters_are_named_in_three_languages(name, facet):
    typed = take_apart(f"{name}:слово")

    assert typed == (Typed("", filters=((facet, "слово"),)) if facet else Typed(f"{name}:слово"))


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("«клуб чтения»", ("клуб чтения",)),
        ("“reading club”", ("reading club",)),
        ("„клуб чытання“", ("клуб чытання",)),
        ('"клуб', ()),
        ('""', ()),
        ('"!!!"', ()),
    ],
)
def test_quotes_of_every_kind_hold_a_phrase(text, phrases):
    assert take_apart(text).phrases == phrases


@pytest.mark.parametrize("text", ["онлайн-курс", "10 - 15 лет", "-5 градусов", "7-й класс", "http://a.by", "18:00"])
def test_signs_inside_words_and_numbers_are_no_operators(text):
    assert take_apart(text) == Typed(text)


def test_a_filter_may_hold_several_words():
    assert take_apart("район:«Октябрьский район»").filters == (("district", "Октябрьский район"),)


def test_of_each_there_are_only_some():
    typed = take_apart(" ".join(f'"а{number}" -б{number} тема:в{number}' for number in range(50)))

    assert [len(typed.phrases), len(typed.without), len(typed.filters)] == [MOST_OF_EACH] * 3


def test_a_phrase_is_said_as_each_language_keeps_it():
    assert {way.stems for way in phrase("Клубы чтения").ways} >= {"клуб чтен"}
    assert "онлаин курс" in {way.stems for way in phrase("онлайн-курсы").ways}


def test_numbers_and_dates_are_words():
    assert [term.word for term in parse("15 марта 2027, 18:30")] == ["15", "марта", "2027", "18", "30"]
