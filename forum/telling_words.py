"""Notices of moderators' decisions: what they say, and who may still see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.typograph import inside_quotes
from forum import boards
from forum.actions.telling import DECIDED, REPORTED
from forum.enums import Deed, State
from notices import kinds
from notices.enums import Group
from notices.models import Notice

SENTENCES = {
    Deed.APPROVE: gettext_lazy("A moderator has shown to everybody what you wrote: %(title)s"),
    Deed.REMOVE: gettext_lazy("A moderator has removed what you wrote: %(title)s"),
    Deed.RESTORE: gettext_lazy("What you wrote is back: %(title)s"),
    Deed.EDIT: gettext_lazy("A moderator has changed what you wrote: %(title)s"),
    Deed.STATE: gettext_lazy("A moderator has locked, archived or opened your topic: %(title)s"),
    Deed.MOVE: gettext_lazy("A moderator has moved your topic to another board: %(title)s"),
    Deed.MERGE: gettext_lazy("A moderator has merged your topic with another one: %(title)s"),
    Deed.SPLIT: gettext_lazy("A moderator has made a topic of its own of what you wrote: %(title)s"),
    Deed.ACCEPT: gettext_lazy("A moderator has chosen which answer in your topic helped: %(title)s"),
    Deed.STATUS: gettext_lazy("A moderator has declined your proposal: %(title)s"),
    Deed.WARN: gettext_lazy("A moderator warns you"),
    Deed.SILENCE: gettext_lazy("You may not write for some time: a moderator decided so"),
    Deed.BAN: gettext_lazy("You may not write any more: a moderator decided so"),
    Deed.LIFT: gettext_lazy("You may write again"),
    Deed.HIDE_PROFILE: gettext_lazy("A moderator has hidden your profile page"),
    Deed.SHOW_PROFILE: gettext_lazy("Everybody sees your profile page now"),
    Deed.UPHOLD: gettext_lazy("Your appeal was read: the decision stands"),
    Deed.OVERTURN: gettext_lazy("Your appeal was right: the decision is taken back"),
}

STATES = {
    State.LOCKED: gettext_lazy("A moderator has locked your topic, nobody replies to it any more: %(title)s"),
    State.ARCHIVED: gettext_lazy("A moderator has put your topic into the archive: %(title)s"),
    State.OPEN: gettext_lazy("A moderator has opened your topic again: %(title)s"),
}


def register() -> None:
    shared: dict[str, Any] = {"may_see": _always, "place": _place, "group": Group.PERSONAL}
    kinds.register(
        DECIDED,
        label=gettext_lazy("A moderator decided something about you or what you wrote"),
        sentence=_of_decision,
        prepare=_prepare,
        always=True,
        **shared,
    )
    kinds.register(
        REPORTED,
        label=gettext_lazy("What came of your report"),
        sentence=_of_report,
        **shared,
    )


def _prepare(notices: Sequence[Notice]) -> None:
    """The moderator's words stand below what happened, as a post's do."""
    for notice in notices:
        notice.params |= {"excerpt": notice.params.get("reason", "")}


def _of_decision(params: dict[str, Any]) -> str:
    said = {
        "title": _quoted(params["title"]),
        "board": _quoted(_place(params)),
        "into": _quoted(params.get("into", "")),
    }
    return str(_sentence(params)) % said


def _sentence(params: dict[str, Any]) -> Any:
    deed = params["deed"]
    if "state" in params:
        return STATES[State(params["state"])]
    if "until" in params:
        until = timezone.localtime(datetime.fromisoformat(params["until"]))
        return _("You may not write until %(moment)s: a moderator decided so") % {
            "moment": formats.date_format(until, "j E Y, H:i")
        }
    if deed == Deed.MOVE and _place(params):
        return _("A moderator has moved your topic to the board %(board)s: %(title)s")
    if params.get("into"):
        return _("A moderator has merged your topic with %(into)s: %(title)s")
    return SENTENCES.get(deed, Deed(deed).label)


def _place(params: dict[str, Any]) -> str:
    board = boards.all_boards().get(params.get("board") or 0)
    return board.title if board else ""


def _of_report(params: dict[str, Any]) -> str:
    """Never who it was about, for a profile may be hidden meanwhile; what was decided, in one word."""
    said = {"title": _quoted(params["title"])}
    if params["deed"] == Deed.KEEP:
        return _("A moderator looked at what you reported and left it as it is: %(title)s") % said
    return _("What you reported is gone: %(title)s. Thank you for looking after the place") % said


def _quoted(title: str) -> str:
    return _("“%(title)s”") % {"title": inside_quotes(title)} if title else _("profile page")


def _always(user: User, notice: Notice) -> bool:
    """It is about the person's own things, or what they asked for themselves."""
    return True
