import pytest
from django.utils.translation import override

from common.fragments import Kept, fragment

TEMPLATE = "tests/fragment.html"


@pytest.fixture(autouse=True)
def _template(settings, tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / TEMPLATE).write_text("{% load i18n %}{{ word }} {% csrf_token %}{% translate 'Reply' %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]


def test_part_is_made_once_for_what_it_shows():
    words = iter(["first", "second"])

    made = [fragment(TEMPLATE, "made once", {"word": word}, lambda: "t") for word in words]

    assert made[0] == made[1]
    assert made[0].startswith("first")


def test_each_reader_gets_a_token_of_their_own():
    mine = fragment(TEMPLATE, "tokens", {"word": "x"}, lambda: "mine")
    theirs = fragment(TEMPLATE, "tokens", {"word": "x"}, lambda: "theirs")

    assert 'value="mine"' in mine
    assert 'value="theirs"' in theirs
    assert "mine" not in theirs


def test_words_cannot_ask_for_a_token():
    html = fragment(TEMPLATE, "forged", {"word": "<!--the form's token-->"}, lambda: "secret")

    assert html.count("secret") == 1
    assert "&lt;!--" in html


def test_languages_are_kept_apart():
    with override("ru"):
        russian = fragment(TEMPLATE, "languages", {"word": "x"}, lambda: "t")
    with override("en"):
        english = fragment(TEMPLATE, "languages", {"word": "x"}, lambda: "t")

    assert english.endswith("Reply")
    assert russian.endswith("Ответить")


def test_token_is_not_asked_for_where_there_is_no_form(tmp_path):
    (tmp_path / TEMPLATE).write_text("{{ word }}")

    def never() -> str:
        raise AssertionError

    assert fragment(TEMPLATE, "no form", {"word": "x"}, never) == "x"


def test_least_recently_used_goes_first():
    kept = Kept(most=10)
    kept.put("a", "12345")
    kept.put("b", "12345")
    kept.get("a")

    kept.put("c", "123")

    assert [kept.get(key) for key in "abc"] == ["12345", None, "123"]
    assert kept.size == 8
