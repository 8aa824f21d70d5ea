"""The forms of a proposal: what is proposed, how it goes on, who answers, into which other one it is merged."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common import vocabulary
from common.letters import check_letters, is_seen
from common.markdown import plain_text, render
from forum.enums import Status
from forum.forms.posts import QUOTES, TopicForm
from forum.models import Proposal
from forum.rules import TRANSITIONS

LONGEST_PROBLEM = 4_000
LONGEST_PROPOSAL = 10_000
LONGEST_BENEFITS = 2_000
LONGEST_NOTE = 1_000
LONGEST_ANSWER = 10_000
TOO_LONG = _("This is too long: %(show_value)s signs. At most %(limit_value)s fit in here.")
NOTHING_SEEN = _("Nobody would see anything of this: there are only signs of markup in it.")


class Words(forms.CharField):
    """A text with Markdown, checked as posts are."""

    def __init__(self, *, rows: int = 5, required_words: Any = "", **kwargs: Any) -> None:
        messages = {"max_length": TOO_LONG} | ({"required": required_words} if required_words else {})
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), error_messages=messages, **kwargs)

    def clean(self, value: Any) -> str:
        text = check_letters(super().clean(value).replace("\r\n", "\n"))
        if QUOTES.search(text):
            raise ValidationError(_("Too many quotations inside each other. Leave the last one or two."))
        if text and not is_seen(plain_text(render(text))):
            raise ValidationError(NOTHING_SEEN)
        return text


class ProposalForm(TopicForm):
    field_order: tuple[str, ...] = (
        *("title", "problem", "proposal", "picture", "picture_shows", "benefits", "district", "tags"),
    )
    pictures_into = "proposal"

    text = None  # type: ignore[assignment]  # put together from the fields below
    problem = Words(
        label=_("What is wrong now"),
        max_length=LONGEST_PROBLEM,
        help_text=_("What you have seen yourself: where, when, for whom."),
        required_words=_("Say what is wrong now: without it nobody understands why it should change."),
    )
    proposal = Words(
        label=_("What you propose"),
        max_length=LONGEST_PROPOSAL,
        rows=8,
        help_text=_("What exactly should be done. If you know how it could be paid for, say so."),
        required_words=_("Say what you propose."),
    )
    benefits = Words(
        label=_("Whom it helps"), max_length=LONGEST_BENEFITS, rows=3, required=False, help_text=_("Who, and how many.")
    )
    district = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = _(
            "One sentence that says what is to be done: “Open the reading room until 10”."
        )
        self.fields["title"].error_messages["required"] = _("Say in one sentence what is to be done.")
        districts = [(slug, name) for slug, name in vocabulary.names("district").items()]
        self.fields["district"].choices = [("", _("The whole city")), *districts]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    status = forms.ChoiceField(
        label=_("What comes next"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes next.")},
    )
    note = Words(
        label=_("Why, in a sentence or two"),
        max_length=LONGEST_NOTE,
        rows=3,
        required=False,
        help_text=_("Everybody reads it beside the step, and those who support it get it in the notice."),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = TRANSITIONS[proposal.status]
        self.fields["status"].choices = [(one.value, one.label) for one in Status if one in possible]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and cleaned.get("status") == Status.DECLINED and "note" in cleaned and not cleaned["note"]:
            self.add_error("note", _("Say why it is declined: people have put work into it."))
        return cleaned


class ResponsibleForm(forms.Form):
    partner = forms.ChoiceField(
        label=_("Who has to answer"),
        required=False,
        help_text=_("Owners and editors of this organisation may then write the official answer."),
    )

    def __init__(self, *args: Any, bodies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].choices = [("", _("The city")), *bodies]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """``bodies``: those for whom the person may speak; with one there is nothing to choose."""

    field_order = ("speaks_for", "body", "text", "document_url")

    speaks_for = forms.ChoiceField(label=_("Who answers"), widget=forms.RadioSelect)
    body = forms.CharField(
        label=_("Signed by"),
        max_length=160,
        help_text=_("The office and, if it is usual, the person: “Department of culture, A. Ivanova”."),
        error_messages={"required": _("Say who signs the answer.")},
    )
    text = Words(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        rows=10,
        help_text=_("Begin with yes, no or what exactly you can do, then why, then when."),
        required_words=_("Write the answer first."),
    )
    document_url = forms.URLField(
        label=_("Address of a document"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("A letter or a decision, if there is one."),
        error_messages={"invalid": _("This is no web address. It begins with https://")},
    )

    def __init__(self, *args: Any, bodies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaks_for"].choices = bodies  # type: ignore[attr-defined]
        if len(bodies) < 2:
            del self.fields["speaks_for"]

    def clean_body(self) -> str:
        return check_letters(" ".join(self.cleaned_data["body"].split()))

    def clean_document_url(self) -> str:
        url = self.cleaned_data["document_url"]
        if url and urlsplit(url).scheme not in {"http", "https"}:
            raise ValidationError(self.fields["document_url"].error_messages["invalid"])
        return url


class MergeForm(forms.Form):
    into = forms.CharField(
        label=_("Number or address of the other proposal"),
        max_length=200,
        help_text=_("The number stands above its title: № 118."),
        error_messages={"required": _("Say into which one.")},
    )
    note = Words(label=_("Why, in a sentence"), max_length=LONGEST_NOTE, rows=2, required=False)

    def clean_into(self) -> int:
        """As people copy it: 118, № 118, or the whole address."""
        said = self.cleaned_data["into"].strip().removeprefix("№").strip().rstrip("/").split("#")[0].rstrip("/")
        last = said.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
        if not (last.isascii() and last.isdigit() and len(last) < 10):
            raise ValidationError(_("Say its number, for example 118."))
        return int(last)
