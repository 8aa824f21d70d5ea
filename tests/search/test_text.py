import pytest

from search import belarusian
from search.text import every_stem, fold, plain, stem, stems, words


@pytest.mark.parametrize(
    "forms",
    [
        "обучение обучения обучению обучением",
        "библиотека библиотеки библиотеке библиотек библиотеками",
        "велосипед велосипеда велосипедов велосипеды",
        "ёлка елка ЁЛКА ёлки",
        "занятие занятия занятий занятиями",
        "учёба учеба учёбы",
        "район районы района рай\u0306он",
    ],
)
def test_russian_forms_have_one_stem(forms):
    assert len({stem(fold(form), "ru") for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "forms",
    [
        "бібліятэка бібліятэкі бібліятэцы бібліятэку бібліятэкай бібліятэк бібліятэкам бібліятэках бібліятэкамі",
        "курс курсы курса курсаў курсам курсах курсамі курсе",
        "навучанне навучання навучанню навучаннем навучанні",
        "вучыцца вучыць вучуся вучацца вучыўся вучыла вучылі",
        "адукацыя адукацыі адукацыю адукацыяй адукацый",
        "музей музея музеі музеяў музею",
        "дзеці дзяцей дзецям дзецьмі",
        "кніга кнігі кнізе кнігу кніг кнігамі",
        "горад горада горадзе гарадоў гарады",
        "універсітэт універсітэта універсітэце ўніверсітэты",
        "беларуская беларускай беларускую беларускі беларускага беларускіх",
        "магчымасць магчымасці магчымасцей магчымасцяў",
        "заняткі заняткаў занятак занятку",
        "сям'я сям’і сямʼю сем'яў",
        "вада воды вадзе ваду",
        "гара горы гор гарах",
        "моладзь моладзі моладдзю",
        "рамонт рамонту рамонце",
        "школа школы школе школ",
    ],
)
def test_belarusian_forms_have_one_stem(forms):
    assert len({stem(fold(form), "be") for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["курс кураўнік", "музей музыка", "дзеці дзень", "горад гара", "вада вадаспад"])
def test_belarusian_words_that_differ_stay_apart(pair):
    one, other = pair.split()

    assert stem(fold(one), "be") != stem(fold(other), "be")


def test_belarusian_stems_keep_short_words():
    assert [belarusian.stem(word) for word in ("ён", "дом", "лес", "")] == ["ён", "дам", "лес", ""]


@pytest.mark.parametrize("forms", ["course courses", "library libraries", "learn learning learned", "child's child"])
def test_english_forms_have_one_stem(forms):
    assert len({stem(fold(form), "en") for form in forms.split()}) == 1


def test_script_decides_before_language():
    assert stem("courses", "ru") == stem("courses", "en") == "cours"
    assert stem("обучения", "en") == stem("обучения", "ru") == "обучен"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ЁЖ", "еж"),
        ("Ўладзіслаў", "уладзіслау"),
        ("обуче\u0301ния", "обучения"),
        ("обучéния", "обучения"),  # the accented letter is Latin
        ("café", "cafe"),
        ("сям’я", "сямя"),
        ("don't", "dont"),
        ("Children’s", "children"),
        ("ﬁnance", "finance"),
        ("ＡＢＣ", "abc"),
        ("со\u00adвет", "совет"),
        ("Straße", "strasse"),
        ("C++", "cplusplus"),
        ("С#", "csharp"),
        ("а" * 50, "а" * 32),
    ],
)
def test_spellings_fold(written, folded):
    assert fold(written) == folded


def test_words_know_their_place_and_what_a_hyphen_joins():
    found = list(words("Онлайн-курс, 3D – и C++!"))

    assert [(word.start, word.end, word.form, word.joined) for word in found] == [
        (0, 6, "онлайн", False),
        (7, 11, "курс", True),
        (13, 15, "3d", False),
        (18, 19, "и", False),
        (20, 23, "cplusplus", False),
    ]


def test_a_compound_is_kept_in_parts_and_whole():
    assert stems("Wi-Fi", "ru") == ["wi", "fi", "wifi"]
    assert stems("1-6 марта", "ru") == ["1", "6", "март"]


def test_a_text_without_words_has_no_stems():
    assert stems("…!? \x00 – «» ''' -- \u0301", "ru") == []


def test_a_query_s_word_has_the_stems_of_every_language():
    assert every_stem("школа") == ("школ", "шкал")
    assert every_stem("course") == ("cours",)


def test_markup_becomes_plain_text():
    assert plain("<p>Ножи &amp;&nbsp;вилки</p><p>тут</p>") == "Ножи & вилки тут"


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Кружок C++ и C#", ["кружок", "cplusplus", "и", "csharp"]),
        ("С++", ["cplusplus"]),  # typed with a Cyrillic С
        ("Basic# для всех", ["basic", "для", "всех"]),
        ("abc++ F#", ["abc", "f"]),
    ],
)
def test_languages_of_programmers_are_words_and_nothing_else_ends_in_signs(text, forms):
    assert [word.form for word in words(text)] == forms


def test_letters_at_which_sqlite_would_part_a_word_are_left_out():
    assert fold("a\u19b0b") == "ab"
