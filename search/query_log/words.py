"""How a search is written down, and which ones never are. Pure functions."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from search.models.asked import LONGEST_ASKED
from search.query import tidy

LONGEST_FILTERS = 200
LONG_NUMBER = 6  # digits: of a telephone, a passport, an account
SEPARATED = re.compile(r"\d(?:[\s().,/+-]{0,3}\d)*")
HARMLESS = re.compile(
    r"(?<!\d)(?:"
    r"(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])"  # 2026-05-09
    r"|(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:(?:19|20)\d\d|\d\d)"  # 9.05.2026
    r"|(?:19|20)\d\d\s?[-/–—]\s?(?:(?:19|20)\d\d|\d\d)"  # 2026/27
    r")(?![\d-])"
)


class Asked(NamedTuple):
    """``text`` and ``filters`` as they are written down."""

    text: str
    language: str
    filters: str
    hits: int


def normalised(text: str) -> str:
    """Empty where there is nothing to write down, or it could be somebody's address or number."""
    plain = unicodedata.normalize("NFKC", tidy(text)).casefold()
    visible = " ".join("".join(sign for sign in plain if unicodedata.category(sign) != "Cf").split())
    telling = any(sign.isalnum() for sign in visible)
    return visible[:LONGEST_ASKED].rstrip() if telling and not is_personal(visible) else ""


def is_personal(text: str) -> bool:
    """What looks like an e-mail address, a name with @, a telephone or any long number."""
    numbers = SEPARATED.findall(HARMLESS.sub(" x ", text))
    return "@" in text or any(sum(sign.isdigit() for sign in number) >= LONG_NUMBER for number in numbers)


def filters_in_words(chosen: Mapping[str, Iterable[str]]) -> str:
    """Sorted; those that no word of the city can be, are left out."""
    pairs = sorted(f"{name}={value}" for name, values in chosen.items() for value in values)
    kept = ""
    for pair in pairs:
        if not is_personal(pair) and len(kept) + len(pair) < LONGEST_FILTERS:
            kept = f"{kept} {pair}".strip()
    return kept
