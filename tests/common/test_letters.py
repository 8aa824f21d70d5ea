"""Words that nobody should have to read, and names that nobody could."""

import pytest
from django.core.exceptions import ValidationError

from common.letters import check_letters, check_name


def test_letters_of_living_languages_pass():
    for text in ("ё й ў і", "é ñ ü", "Tiếng Việt", "हिन्दी", "עִבְרִית", "👩‍👩‍👧‍👦 🇷🇺"):
        assert check_letters(text) == text


@pytest.mark.parametrize("name", ["", "Анна", "Jean-Luc", "O’Neil", "李", "👍🏽", "Л. К."])
def test_names_pass(name):
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["\u200b", "\u2060\u00ad", "\ufeff \u200d"])
def test_name_that_nobody_sees_is_refused(name):
    with pytest.raises(ValidationError, match="Такого имени никто не увидит"):
        check_name(name)


@pytest.mark.parametrize("name", ["тихо\u202eшум", "з" + "\u0300" * 5])
def test_name_that_breaks_the_lines_around_it_is_refused(name):
    with pytest.raises(ValidationError):
        check_name(name)


def test_spaces_of_a_name_are_tidied():
    assert check_name(" Анна \t\n К. ") == "Анна К."
