"""How each kind of thing looks: one hue, one icon, one word. Never the hue alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    css: str
    icon: str
    label: str | Promise
    cover: str  # the palette of a generated cover


PAGE = Kind("", "file-text", _("Page"), "news")
KINDS = {
    "page": PAGE,
    "news": Kind("k-news", "newspaper", _("News item"), "news"),
    "partner": Kind("k-org", "building-2", _("Organisation"), "organisation"),
    "course": Kind("k-course", "graduation-cap", _("Course"), "course"),
    "event": Kind("k-event", "calendar-days", _("Event"), "event"),
    "topic": Kind("k-talk", "messages-square", _("Discussion"), "discussion"),
    "proposal": Kind("k-talk", "lightbulb", _("Proposal"), "discussion"),
}


def kind_of(code: str) -> Kind:
    """A kind nobody has drawn yet looks like a page."""
    return KINDS.get(code, PAGE)
