"""How names of organisations are ordered in an alphabetic list."""

import re
import unicodedata


def sort_key_of(name: str) -> str:
    """Case, quotes and the dots of ё don't order a list; і and ў of Belarusian stand where a reader looks for them."""
    plain = unicodedata.normalize("NFC", name).casefold()
    for sign, place in (("ё", "ея"), ("і", "ия"), ("ў", "уя")):
        plain = plain.replace(sign, place)
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]", "", plain)).strip()[:255]


def letter_of(sort_key: str) -> str:
    first = sort_key[:1].upper()
    return first if first.isalpha() else "#"
