"""Merge and split topics."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forum.forms.posts import LONGEST_TITLE, check_title
from forum.forms.safety import Words

if TYPE_CHECKING:
    from forum.boards import KnownBoard
    from forum.models import Topic

ADDRESS = re.compile(r"(?:.*/topics/)?(\d{1,15})(?:[/?#].*)?")


class MergeForm(forms.Form):
    """``find`` gives the topic of a number, if it may be merged with."""

    into = forms.CharField(
        label=_("The other topic"),
        max_length=300,
        help_text=_("Its address, or its number: what stands in the address after “topics”."),
        error_messages={"required": _("Name the other topic.")},
    )
    reason = Words(label=_("Why"), required=False, help_text=_("Whoever began the topic reads it."))

    def __init__(self, *args: Any, find: "Callable[[int], Topic | None]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find = find

    def clean_into(self) -> "Topic":
        match = ADDRESS.fullmatch(self.cleaned_data["into"].strip())
        topic = self.find(int(match[1])) if match else None
        if topic is None:
            raise ValidationError(_("There is no such topic among those that you moderate, or it is closed for good."))
        return topic


class SplitForm(forms.Form):
    title = forms.CharField(
        label=_("Title of the new topic"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Give the new topic a title.")},
    )
    board = forms.ChoiceField(label=_("On which board"))
    reason = Words(label=_("Why"), required=False, help_text=_("Those whose posts are moved read it."))

    def __init__(self, *args: Any, boards: "Sequence[KnownBoard]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boards = {board.slug: board for board in boards}
        self.fields["board"].choices = [(board.slug, board.title) for board in boards]  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        return check_title(self.cleaned_data["title"])

    def clean_board(self) -> "KnownBoard":
        return self.boards[self.cleaned_data["board"]]
