"""What was meant by what was typed: every engine has to find it. See tests/services."""

from search.enums import Access
from search.models import Spelling
from search.registry import author_slug
from search.understanding import lexicon
from tests.factories import make_district, make_user
from tests.search.conftest import add_closed, ask, titles, within


def learnt() -> None:
    lexicon.learn_new()
    lexicon.forget()


def test_a_phrase_is_found_word_for_word(add):
    add("Открытая мастерская", body="Приходите с чайником.")
    add("Мастерская открыта")
    add("Открытая студия", body="Рядом мастерская.")
    add("Вечер", body="Ждёт вас открытая мастерская у реки.")

    assert titles(ask('"открытая мастерская"')) == ["Открытая мастерская", "Вечер"]
    assert titles(ask('вечер "открытые мастерские"')) == ["Вечер", "Открытая мастерская"]


def test_a_phrase_that_nobody_says_is_looked_for_by_its_words(add):
    add("Мастерская открыта")
    add("Студия «Верстак»")
    learnt()

    loosened, misspelled = ask('"открытая мастерская"'), ask("студия «Верстакк»")

    assert (titles(loosened), loosened.instead) == (["Мастерская открыта"], "открытая мастерская")
    assert (titles(misspelled), misspelled.instead) == (["Студия «Верстак»"], "студия верстак")
    assert (ask('"открытая мастерская"', exact=True).total, ask('"открытая мастерская"', exact=True).instead) == (0, "")


def test_a_phrase_that_only_hidden_things_say_is_as_unsaid(add):
    add("Открытая мастерская", access=Access.MEMBERS)
    add("Мастерская открыта")

    assert ask('"открытая мастерская"').instead == "открытая мастерская"


def test_what_must_not_be_there_is_not_found(add):
    add("Ремонт обуви")
    add("Ремонт велосипеда")
    add("Ремонт", body="И детская коляска, и велосипеды.")
    add("Ремонт часов", body="Для детских часов тоже.")

    assert sorted(titles(ask("ремонт -велосипед"))) == ["Ремонт обуви", "Ремонт часов"]
    assert sorted(titles(ask('ремонт -"детская коляска"'))) == ["Ремонт велосипеда", "Ремонт обуви", "Ремонт часов"]
    assert sorted(titles(ask("-велосипед"))) == ["Ремонт обуви", "Ремонт часов"]


def test_long_questions_leave_out_what_says_only_one_of_the_words(add):
    for number in range(12):
        add(f"Ремонт велосипедов {number}", body="зимой и летом своими руками")
    add("Ремонт обуви")

    results = ask("ремонт велосипедов зимой своими руками")

    assert (results.total, "Ремонт обуви" in titles(results)) == (12, False)


def test_few_that_say_enough_leave_room_for_those_that_say_less(add):
    add("Ремонт велосипедов", body="зимой своими руками")
    add("Ремонт обуви")

    assert titles(ask("ремонт велосипедов зимой своими руками")) == ["Ремонт велосипедов", "Ремонт обуви"]


def test_filters_may_be_typed_in_words(add, locales):
    make_district("oktyabrsky", "Октябрьский район")
    add("Мастерская «Верстак»", kind="partner", partner="verstak")
    add("Шитьё у реки", partner="verstak", partner_name="Мастерская «Верстак»")
    add("Шитьё в Октябрьском", district="oktyabrsky", kind="page")

    assert titles(ask("шитьё партнёр:верстак")) == ["Шитьё у реки"]
    assert titles(ask("шитьё организация:«мастерская верстак»")) == ["Шитьё у реки"]
    assert titles(ask("шитьё район:октябрьский")) == ["Шитьё в Октябрьском"]
    assert titles(ask("шитьё kind:pages")) == ["Шитьё в Октябрьском"]
    assert ask("шитьё партнёр:верстак").query.chosen == {"partner": ("verstak",)}
    assert ask("шитьё партнёр:верстак").query.text == "шитьё"


def test_a_filter_that_means_nothing_here_is_only_words(add):
    add("Шитьё на Марсе")
    add("Музыка")

    assert titles(ask("район:Марс")) == ["Шитьё на Марсе"]


def test_those_who_show_their_page_are_found_as_authors(add):
    shown = make_user(display_name="Вера Ткач", show_profile=True)
    hidden = make_user(display_name="Пётр Тих", show_profile=False)
    add("Лодка Веры", author=author_slug(shown.pk))
    add("Лодка Петра", author=author_slug(hidden.pk))

    assert titles(ask("лодка автор:«Вера Ткач»")) == ["Лодка Веры"]
    assert titles(ask("автор:«вера ткач»")) == ["Лодка Веры"]
    assert "Лодка Петра" in titles(ask("лодка автор:«Пётр Тих»"))
    assert ask("лодка автор:«Пётр Тих»").query.authors == ()


def test_a_misspelled_word_finds_what_was_meant(add):
    add("Ремонт велосипеда")
    add("Библиотека у озера")
    add("Курсы шитья")
    learnt()

    for text in ("велосепед", "велосипеда", "виласипед", "веолсипеды", "библотека", "библиотекв", "курссы", "кусры"):
        assert ask(text).total == 1, text
    results = ask("ремонт велосепеда")
    assert (titles(results), results.instead, results.query.text) == (
        ["Ремонт велосипеда"],
        "ремонт велосипеда",
        "ремонт велосепеда",
    )


def test_short_words_and_first_letters_are_not_guessed(add):
    add("Дом")
    add("Курсы")
    learnt()

    assert [ask(text).total for text in ("дам", "турсы", "дома")] == [0, 0, 1]


def test_what_was_typed_may_be_looked_for_as_it_is(add):
    add("Ремонт велосипеда")
    learnt()

    exact = ask("велосепед", exact=True)

    assert (exact.total, exact.instead) == (0, "")


def test_the_other_keyboard_is_understood(add):
    add("Библиотека у озера", body="Как научиться читать")
    add("Course of drawing", language="en")
    learnt()

    for text, meant in (
        (",b,kbjntrf", "библиотека"),
        ("rfr yfexbnmcz xbnfnm", "как научиться читать"),
        ("сщгкыу", "course"),
        ("drawing сщгкыу", "drawing course"),
    ):
        results = ask(text)
        assert (results.total, results.instead) == (1, meant), text


def test_latin_spellings_are_understood(add):
    add("Библиотека у озера")
    add("Шитьё для начинающих")
    learnt()

    assert (titles(ask("biblioteka")), ask("biblioteka").instead) == (["Библиотека у озера"], "библиотека")
    assert titles(ask("shityo nachinayuschih")) == ["Шитьё для начинающих"]


def test_a_letter_wrong_in_an_ending_or_before_it_is_forgiven(add):
    add("Ремонт поверхностей")
    add("Пять городов")
    learnt()

    assert titles(ask("прверхность")) == titles(ask("поверхностиь")) == ["Ремонт поверхностей"]
    assert titles(ask("прверхность", exact=True)) == []


def test_a_misspelled_word_that_only_puts_the_question_is_left_out(add):
    add("Почта у реки")
    add("Закрыт мост")
    learnt()

    results = ask("почрему закрыт мост")

    assert (titles(results), results.instead) == (["Закрыт мост"], "почему закрыт мост")


def test_a_question_of_several_words_is_answered_in_other_parts_of_speech(add):
    add("Основы театра", body="Весной и летом, по средам.")
    add("Музей", body="Основание музея пришлось на весну.")
    add("Читальня", body="Основа её собрания – дар купца. Весной читальня открыта.")
    learnt()

    assert titles(ask("основание")) == ["Музей"]
    assert titles(ask("основание читальни, весна, собрание купцов"))[0] == "Читальня"
    assert "Основы театра" in titles(ask("основание читальни, осень, собрание картин"))
    assert "Основы театра" not in titles(ask("основание читальни, осень, собрание картин", exact=True))


def test_a_question_in_the_other_layout_may_say_much_that_nobody_says(add):
    add("Городской музей")
    learnt()

    results = ask("jlyf;ls ujhjlcrjq gfkfxbr vepti")

    assert titles(results) == ["Городской музей"]


def test_a_forgotten_space_is_understood(add):
    add("Ремонт велосипеда")
    learnt()

    assert (titles(ask("ремонтвелосипеда")), ask("ремонтвелосипеда").instead) == (
        ["Ремонт велосипеда"],
        "ремонт велосипеда",
    )


def test_a_rare_word_beside_a_common_one_is_asked_about(add):
    add("Карасель")
    for number in range(21):
        add(f"Карусель {number}")
    learnt()

    assert (titles(ask("карасель")), ask("карасель").maybe) == (["Карасель"], "карусель")
    assert ask("карусель").maybe == ""


def test_no_word_of_anything_hidden_is_ever_offered(add):
    add("Тайнопись", key="tests.thing:a")
    learnt()
    assert ask("тайнописъ").instead == "тайнопись"

    add("Тайнопись", key="tests.thing:a", access=Access.MEMBERS)
    assert (ask("тайнописъ").instead, ask("тайнописъ").total) == ("", 0)

    add_closed("Заговор садоводов", within="board-1")
    add("Собрание", access=Access.MEMBERS)
    learnt()
    assert [ask("заговорр").instead, ask("собраниее").instead] == ["", ""]
    assert (within("заговорр", "board-1").total, within("заговор", "board-1").total) == (0, 1)


def test_words_that_nobody_says_any_more_are_forgotten(add):
    add("Тайнопись", key="tests.thing:a")
    add("Грамота", key="tests.thing:b")
    learnt()
    add("Письмо", key="tests.thing:a")

    gone = lexicon.forget_unsaid()

    assert gone == 1
    assert list(Spelling.objects.values_list("word", flat=True)) == ["грамота"]
