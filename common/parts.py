"""What the components under templates/components/ show. Apps fill these from their own models.

A template may pass any object with the same attributes; these say which ones there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wagtail.models import Page


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    icon: str = ""


@dataclass(frozen=True)
class Card:
    """One thing in a list: card_news, story, card_partner, row, result."""

    title: str
    url: str
    kind: str = "page"  # a key of common.kinds.KINDS
    kind_label: str = ""  # a more exact word than the kind's own, e.g. "Library"
    summary: str = ""
    image: Any = None  # a Wagtail image with its renditions prefetched; None draws a cover from the title
    published: datetime | date | None = None
    starts: datetime | None = None
    when: str = ""  # more than one moment, in words: "18:30, four Wednesdays"
    source: str = ""  # the organisation it comes from
    place: str = ""
    price: Any = None  # None: not said; 0: free
    note: str = ""  # the last small words: "5 places left"
    language: str = ""  # the code; shown where it isn't the reader's
    accessible: bool = False
    pinned: bool = False


@dataclass(frozen=True)
class Crumb:
    title: str
    url: str = ""  # empty: the page itself
    language: str = ""


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    checked: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Facet:
    name: str
    title: str
    choices: Sequence[Choice]
    several: bool = True  # check boxes; False: one of them
    is_open: bool = True
    days: tuple[str, str] | None = None  # may also be chosen by a first and a last day; these are


def page_crumbs(page: Page, request: Any = None) -> list[Crumb]:
    """From below the start page down to the page itself. One query, none where the way down is known."""
    above = getattr(page, "above", None) or page.get_ancestors()
    shown = [parent for parent in above if parent.depth > 2 and parent.live]
    return [*(Crumb(parent.title, parent.get_url(request)) for parent in shown), Crumb(page.title)]
