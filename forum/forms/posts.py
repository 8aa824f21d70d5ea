"""What people write, checked before anything is stored."""

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.letters import check_letters, is_seen
from common.markdown import DEEPEST, plain_text, render
from common.traps import TrapForm
from forum.enums import Ground, Kind
from forum.forms.pictures import WithPicture

LONGEST_POST = 20_000
LONGEST_TITLE = 160
LONGEST_TAG = 40
MOST_TAGS = 5
QUOTES = re.compile(rf"^(?:[ \t]*>){{{DEEPEST // 2}}}", re.MULTILINE)


class PostForm(WithPicture, TrapForm):
    text = forms.CharField(
        label=_("Your words"),
        max_length=LONGEST_POST,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": _("Write something first."),
            "max_length": _("This is too long: %(show_value)s signs. At most %(limit_value)s fit into one post."),
        },
    )
    ticket = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)  # the mark of the draft that it goes on with

    def see(self, mark: UUID) -> None:
        """The writer is shown other words that were kept here: from now on these may take their place."""
        self._set_anew("seen", str(mark))

    def clean_text(self) -> str:
        text = check_letters(self.cleaned_data["text"].replace("\r\n", "\n"))
        if QUOTES.search(text):
            raise ValidationError(_("Too many quotations inside each other. Leave the last one or two."))
        if not is_seen(plain_text(render(text))):
            raise ValidationError(_("Nobody would see anything of this: there are only signs of markup in it."))
        return text


class TopicForm(PostForm):
    """``kinds``: those that the board allows; with only one there is nothing to choose."""

    field_order: tuple[str, ...] = ("kind", "title", "text", "picture", "picture_shows", "tags")

    kind = forms.ChoiceField(label=_("What it is"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        help_text=_("One sentence that says what it is about: people choose by it."),
        error_messages={"required": _("Give your topic a title.")},
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=300,
        help_text=_("Up to five words, with commas between them: bicycles, workshops"),
    )

    def __init__(self, *args: Any, kinds: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [choice for choice in Kind.choices if choice[0] in kinds]  # type: ignore[attr-defined]
        if len(kinds) < 2:
            del self.fields["kind"]

    def clean_title(self) -> str:
        return check_title(self.cleaned_data["title"])

    def clean_tags(self) -> tuple[str, ...]:
        """As people write them: commas, capital letters and # make no difference."""
        words = (" ".join(word.strip(" \t#").lower().split()) for word in self.cleaned_data["tags"].split(","))
        tags = tuple(dict.fromkeys(check_letters(word) for word in words if is_seen(word)))
        if len(tags) > MOST_TAGS:
            raise ValidationError(
                ngettext_lazy("At most %(most)s tag.", "At most %(most)s tags.", MOST_TAGS), params={"most": MOST_TAGS}
            )
        if any(len(tag) > LONGEST_TAG for tag in tags):
            raise ValidationError(
                _("A tag is a word or two: at most %(longest)s signs."), params={"longest": LONGEST_TAG}
            )
        return tags


class RemoveForm(forms.Form):
    """``moderated``: somebody else's words, so the author is told which rule they broke."""

    ground = forms.ChoiceField(label=_("Which rule"), choices=Ground.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        help_text=_("Moderators see it; the text itself is seen by nobody else any more."),
    )

    def __init__(self, *args: Any, moderated: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if moderated:
            self.fields["reason"].help_text = _("The author reads this, together with the rule, and may appeal.")
        else:
            del self.fields["ground"]


def check_title(text: str) -> str:
    title = check_letters(" ".join(text.split()))
    if not any(sign.isalnum() for sign in title):
        raise ValidationError(_("Give your topic a title."))
    return title
