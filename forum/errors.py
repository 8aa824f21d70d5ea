"""What an action refuses, in words for the person who asked."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from forum.models import Unsent


class RefusedError(Exception):
    """Nothing was written. The text says why, and what to do."""


class AddressNotConfirmedError(RefusedError):
    def __init__(self) -> None:
        super().__init__(_("Confirm your e-mail address first: we have sent you a letter with a link."))


class NotAllowedError(RefusedError):
    def __init__(self) -> None:
        super().__init__(_("You may not do this here, or not any more."))


class ClosedError(RefusedError):
    def __init__(self) -> None:
        super().__init__(_("This topic was closed while you were writing. Nobody can reply to it now."))


class ElsewhereError(RefusedError):
    def __init__(self) -> None:
        super().__init__(_("A moderator has just moved this post to another topic. Nothing was changed: try again."))


class SilentError(RefusedError):
    """Whoever asks may not write, until a moment or for good."""

    def __init__(self, until: str = "") -> None:
        if until:
            super().__init__(_("You may not write until %(moment)s: a moderator decided so.") % {"moment": until})
        else:
            super().__init__(_("You may not write any more: a moderator decided so."))


class PaceError(RefusedError):
    def __init__(self, seconds: int) -> None:
        super().__init__(
            _("You write very quickly. Go on in %(wait)s; your words stay here.") % {"wait": _in_words(seconds)}
        )


class LinksError(RefusedError):
    def __init__(self) -> None:
        super().__init__(
            _("You are new here: links cannot be added to what is shown already. Write them in a new post.")
        )


class OtherWordsError(RefusedError):
    """At this place other words are kept: begun on another day, or on another device since."""

    def __init__(self, kept: "Unsent") -> None:
        self.kept = kept
        super().__init__(_("You have other words kept here. Nothing was changed."))


class PicturesError(RefusedError):
    def __init__(self) -> None:
        super().__init__(
            _("You are new here: pictures cannot be added to what is shown already. Show them in a new post.")
        )


class ManyPicturesError(RefusedError):
    def __init__(self, most: int) -> None:
        said = ngettext(
            "You have uploaded %(most)s picture within a day. Go on tomorrow.",
            "You have uploaded %(most)s pictures within a day. Go on tomorrow.",
            most,
        )
        super().__init__(said % {"most": most})


class TakenError(RefusedError):
    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s is looking at it already. Nothing was changed.") % {"name": name})


class DecidedError(RefusedError):
    def __init__(self, name: str, deed: str) -> None:
        said = {"name": name, "deed": deed}
        super().__init__(_("It is decided already. %(name)s: %(deed)s. Nothing was changed.") % said)


def _in_words(seconds: int) -> str:
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    if minutes < 90:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = -(-minutes // 60)
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}


class MergedError(RefusedError):
    def __init__(self) -> None:
        super().__init__(_("This proposal was just merged with another one. Support that one: it is linked below."))
