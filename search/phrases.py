"""Words and short phrases as editors type them: one in a line, or with commas between. Pure functions."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.stop_words import STOP_WORDS
from search.text import stem, words

MOST_PHRASES = 20
MOST_WORDS = 5
LONGEST_PHRASE = 60
BETWEEN = re.compile(r"[\n,;]")


def split_phrases(text: str) -> list[str]:
    """In their order, each once however it is written."""
    tidied = (" ".join(piece.split()) for piece in BETWEEN.split(text))
    known: dict[tuple[str, ...], str] = {}
    for phrase in filter(None, tidied):
        known.setdefault(folded(phrase) or (phrase,), phrase)
    return list(known.values())


def folded(phrase: str) -> tuple[str, ...]:
    return tuple(word.form for word in words(phrase))


def phrase_key(phrase: str, language: str) -> str:
    """The same for all endings of its words."""
    return " ".join(stem(form, language) for form in folded(phrase))


def asked_key(text: str, language: str) -> str:
    """The same for all endings and any order of the words that say something."""
    forms = folded(text)
    telling = [form for form in forms if form not in STOP_WORDS] or forms
    return " ".join(sorted({stem(form, language) for form in telling}))


def check_phrases(text: str, *, least: int = 1) -> None:
    phrases = split_phrases(text)
    for phrase in phrases:
        _check_phrase(phrase)
    if len(phrases) > MOST_PHRASES:
        raise ValidationError(
            _("There are %(number)s here; %(most)s at most can stand together.")
            % {"number": len(phrases), "most": MOST_PHRASES}
        )
    if len(phrases) < least:
        raise ValidationError(
            ngettext(
                "Write a word or a short phrase.",
                "Write at least %(number)s words or short phrases, with commas between.",
                least,
            )
            % {"number": least}
        )


def _check_phrase(phrase: str) -> None:
    if len(phrase) > LONGEST_PHRASE:
        raise ValidationError(
            _("“%(phrase)s…” is too long: %(most)s characters at most.")
            % {"phrase": phrase[: LONGEST_PHRASE // 2], "most": LONGEST_PHRASE}
        )
    number = len(folded(phrase))
    if not number:
        raise ValidationError(_("There are no letters or digits in “%(phrase)s”.") % {"phrase": phrase})
    if number > MOST_WORDS:
        raise ValidationError(
            _("“%(phrase)s” has %(number)s words; a phrase has at most %(most)s.")
            % {"phrase": phrase, "number": number, "most": MOST_WORDS}
        )
