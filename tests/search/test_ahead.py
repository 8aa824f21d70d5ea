"""Stems that other processes make meanwhile are the same."""

from search.ahead import Ahead
from search.text import stems

TEXTS = [("Онлайн-курс в библиотеке", "ru"), ("Courses, of course", "en"), ("", "ru"), ("Сямʼя ў бібліятэцы", "be")]


def test_what_was_given_before_is_known():
    with Ahead() as ahead:
        ahead.take(ahead.begin(TEXTS))

        assert [ahead(*said) for said in TEXTS] == [stems(*said) for said in TEXTS]


def test_what_was_not_is_found_out_then():
    with Ahead() as ahead:
        ahead.take(ahead.begin(TEXTS[:1]))
        ahead.take(ahead.begin([]))

        assert ahead("Лодки у реки", "ru") == stems("Лодки у реки", "ru")
        assert ahead(*TEXTS[0]) == stems(*TEXTS[0])
