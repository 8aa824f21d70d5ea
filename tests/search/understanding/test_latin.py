import pytest

from search.text import fold
from search.understanding.latin import key


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        ("библиотека", "biblioteka"),
        ("шитьё", "shityo shitje shit'ye"),
        ("йога", "yoga joga"),
        ("занятия", "zanyatiya zaniatiia zanjatija"),
        ("щенок", "shchenok schenok"),
        ("объявление", "obyavlenie ob'javlenije"),
        ("цирк", "tsirk cirk"),
        ("хоровое", "khorovoe horovoje"),
        ("английский", "angliyskiy anglijskij angliiskii"),
        ("ёлка", "yolka elka jolka"),
        ("экскурсия", "ekskursiya ekskursija"),
        ("мастерская", "masterskaya masterskaja"),
        ("велосипед", "velosiped welosiped"),
        ("каляды", "kaliady kalyady"),
    ],
)
def test_a_word_and_its_latin_spellings_share_a_key(word, spellings):
    assert {key(fold(spelling)) for spelling in spellings.split()} == {key(fold(word))}


@pytest.mark.parametrize("form", ["", "я", "2027", "10й", "東京"])
def test_what_is_too_short_or_no_word_has_none(form):
    assert key(form) == ""
