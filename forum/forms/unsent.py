"""What is kept of a form that nobody has sent yet: it needn't be complete, but it must fit."""

from typing import Any

from forum.forms.posts import PostForm
from forum.models import Unsent

TYPED = ("title", "text", "problem", "proposal", "benefits", "tags")
CHOSEN = ("kind", "district")
LONGEST_CHOICE = 100


def words_of(form: PostForm) -> dict[str, str]:
    """As it was typed, without NULs: PostgreSQL refuses them. Empty where nobody typed anything."""
    here = [name for name in (*TYPED, *CHOSEN) if name in form.fields]
    words = {name: form.data.get(name, "").replace("\r\n", "\n").replace("\x00", "") for name in here}
    return words if any(words[name].strip() for name in here if name in TYPED) else {}


def kept_words(unsent: Unsent | None) -> dict[str, Any]:
    """What the form begins with."""
    return {**unsent.words, "seen": unsent.mark} if unsent else {}


def too_long(form: PostForm, words: dict[str, str]) -> list[str]:
    """The fields with more in them than the form will ever take."""
    longest = {name: getattr(form.fields[name], "max_length", None) or LONGEST_CHOICE for name in words}
    return [name for name, said in words.items() if len(said) > longest[name]]


def refused_picture(form: PostForm) -> list[str]:
    """A file that was sent with the words and isn't taken: it would be missed later, without a word."""
    return ["picture"] if form.has_error("picture") else []


def say_only(form: PostForm, names: list[str]) -> None:
    """What else is wrong with it is none of our business yet."""
    for name in [name for name in form.errors if name not in names]:
        del form.errors[name]
