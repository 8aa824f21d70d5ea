"""What no text on the site may hold: it would break the lines around it, or nobody would see anything of it."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_MARKS = 4  # accents above one letter: more of them are a prank that covers the lines around
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turn the text around them, and whatever follows it


def check_letters(text: str) -> str:
    """Refuses what breaks the lines around it, whoever reads them."""
    if STEERING.search(text):
        raise ValidationError(_("There are invisible signs in it that turn the direction of writing. Take them out."))
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > MOST_MARKS:
            raise ValidationError(_("There are letters with a pile of accents in it. Write them plainly."))
    return text


def check_name(text: str) -> str:
    """Of a person. None at all is fine: the site has a name for those."""
    name = check_letters(" ".join(text.split()))
    if name and not is_seen(name):
        raise ValidationError(_("Nobody would see this name: there are only invisible signs in it."))
    return name


def is_seen(text: str) -> bool:
    """There are signs that leave a trace on the screen."""
    return any(sign.isprintable() and not sign.isspace() for sign in text)
