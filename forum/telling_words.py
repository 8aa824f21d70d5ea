"""Notices of moderators' decisions: what they say, and who may still see them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from forum.actions.telling import DECIDED, REPORTED
from forum.enums import Deed
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
    Deed.WARN: gettext_lazy("A moderator warns you"),
    Deed.SILENCE: gettext_lazy("You may not write for some time: a moderator decided so"),
    Deed.BAN: gettext_lazy("You may not write any more: a moderator decided so"),
    Deed.LIFT: gettext_lazy("You may write again"),
    Deed.HIDE_PROFILE: gettext_lazy("A moderator has hidden your profile page"),
    Deed.SHOW_PROFILE: gettext_lazy("Everybody sees your profile page now"),
    Deed.UPHOLD: gettext_lazy("Your appeal was read: the decision stands"),
    Deed.OVERTURN: gettext_lazy("Your appeal was right: the decision is taken back"),
}


def register() -> None:
    kinds.register(
        DECIDED,
        label=gettext_lazy("A moderator decided something about you or what you wrote"),
        sentence=_of_decision,
        may_see=_always,
        always=True,
        group=Group.PERSONAL,
    )
    kinds.register(
        REPORTED,
        label=gettext_lazy("What came of your report"),
        sentence=_of_report,
        may_see=_always,
        group=Group.PERSONAL,
    )


def _of_decision(params: dict[str, Any]) -> str:
    sentence = str(SENTENCES.get(params["deed"], Deed(params["deed"]).label)) % {"title": _quoted(params["title"])}
    return f"{sentence}. {params['reason']}" if params.get("reason") else sentence


def _of_report(params: dict[str, Any]) -> str:
    """Never who it was about, for a profile may be hidden meanwhile; what was decided, in one word."""
    said = {"title": _quoted(params["title"])}
    if params["deed"] == Deed.KEEP:
        return _("A moderator looked at what you reported and left it as it is: %(title)s") % said
    return _("What you reported is gone: %(title)s. Thank you for looking after the place") % said


def _quoted(title: str) -> str:
    return _("“%(title)s”") % {"title": title} if title else _("profile page")


def _always(user: User, notice: Notice) -> bool:
    """It is about the person's own things, or what they asked for themselves."""
    return True
