"""Russian and Belarusian words written in Latin letters: ``biblioteka``, ``shit'yo``. Pure functions.

There are a dozen ways to do that. A key leaves out what they differ in, so that a word and all its spellings share one.
"""

import re

LETTERS = str.maketrans("абвгдезийклмнопрстуфхцыэюяі", "abvgdeziiklmnoprstufhcieuai") | str.maketrans(
    {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": ""}
)
SPELLED = (  # from the longest: what stands for one sound, and the sign that the key has for it
    (re.compile("shch|sch|shh"), "sh"),
    (re.compile("zgh"), "zh"),
    (re.compile("kh|x(?=[aeiouy])"), "h"),
    (re.compile("x"), "ks"),
    (re.compile("ts|tz"), "c"),
    (re.compile("ph"), "f"),
    (re.compile("w"), "v"),
    (re.compile("q"), "k"),
    (re.compile("ck"), "k"),
    (re.compile("[yj]o"), "e"),
    (re.compile("[yj](?=[aeu])"), ""),
    (re.compile("[yj]"), "i"),
)
YO = re.compile("[йь]о")
SOFT = re.compile("i+(?=[aeu])")
TWICE = re.compile(r"(.)\1+")
SHORTEST = 3


def key(form: str) -> str:
    """Of a folded word, in either alphabet; empty where it is too short to be told from others."""
    letters = _spelled(form) if form.isascii() else YO.sub("е", form).translate(LETTERS)
    found = TWICE.sub(r"\1", SOFT.sub("", letters))
    return found if len(found) >= SHORTEST and found.isascii() and found.isalpha() else ""


def _spelled(form: str) -> str:
    for pattern, sound in SPELLED:
        form = pattern.sub(sound, form)
    return form
