"""Reports, appeals, and what moderators decide."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.letters import check_letters
from forum.enums import Deed, Ground, Penalty

if TYPE_CHECKING:
    from forum.models import Answer

LONGEST_REASON = 1000
DAYS = (1, 3, 7, 14, 30, 90)


class Words(forms.CharField):
    """A text of some length, plain."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(max_length=LONGEST_REASON, **kwargs)

    def clean(self, value: Any) -> str:
        return check_letters(super().clean(value))


class AnswerSelect(forms.Select):
    """Carries the ready words for the page's script; without it the server takes them (Templated.clean)."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self.texts = texts

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-text"] = self.texts.get(str(value), "")
        return option


class ReportForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("What is wrong"),
        choices=Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    words = Words(label=_("In your words"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("ground") == Ground.OTHER and not said.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say what is wrong."))
        return said


class AppealForm(forms.Form):
    words = Words(
        label=_("Why the decision is wrong"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Another moderator reads it. You can appeal once."),
        error_messages={"required": _("Say why the decision is wrong.")},
    )


class NoteForm(forms.Form):
    text = Words(label=_("Note"), error_messages={"required": _("Write something first.")})


class Templated(forms.Form):
    """``answers``: ready words; taken as they are where nothing else was typed."""

    answer = forms.ChoiceField(label=_("Ready answer"), required=False)
    reason = Words(label=_("In your words"), required=False)

    def __init__(self, *args: Any, answers: Sequence["Answer"] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {str(answer.pk): answer.text for answer in answers}
        if answers:
            choices = [("", "—"), *((str(answer.pk), answer.title) for answer in answers)]
            self.fields["answer"].widget = AnswerSelect(self.texts)
            self.fields["answer"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["answer"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["reason"] = said.get("reason") or self.texts.get(said.get("answer", ""), "")
        return said


class DecisionForm(Templated):
    """``deeds``: what may be decided here. Taking something away names a rule."""

    field_order = ("deed", "ground", "answer", "reason")

    deed = forms.ChoiceField()
    ground = forms.ChoiceField(
        label=_("Which rule"),
        choices=[("", "—"), *Ground.choices],
        required=False,
        help_text=_("Needed where something is taken away: the author is told."),
    )

    def __init__(self, *args: Any, deeds: Sequence[Deed] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deed"].choices = [(deed.value, deed.label) for deed in deeds]  # type: ignore[attr-defined]
        self.fields["ground"].needed_at_times = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("deed") in {Deed.REMOVE, Deed.HIDE_PROFILE} and not said.get("ground"):
            self.add_error("ground", _("Name the rule: the author is told."))
        if said.get("deed") in {Deed.UPHOLD, Deed.OVERTURN} and not said["reason"]:
            self.add_error("reason", _("Give a reason: the author is told."))
        return said


class SanctionForm(Templated):
    field_order = ("penalty", "days", "ground", "answer", "reason")

    penalty = forms.ChoiceField(label=_("What happens"), choices=Penalty.choices, widget=forms.RadioSelect)
    days = forms.TypedChoiceField(
        label=_("For how long"),
        choices=[(days, ngettext_lazy("%(n)s day", "%(n)s days", days) % {"n": days}) for days in DAYS],
        coerce=int,
        initial=3,
        required=False,
        help_text=_("Counts for a silence only."),
    )
    ground = forms.ChoiceField(label=_("Which rule"), choices=Ground.choices)

    def __init__(self, *args: Any, penalties: Sequence[str] = Penalty.values, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in Penalty.choices if choice[0] in penalties]
        self.fields["penalty"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            del self.fields["days"]
            self.fields["penalty"].initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said["reason"] and "reason" not in self.errors:
            self.add_error("reason", _("Say why: the person is told in these words."))
        if said.get("penalty") == Penalty.SILENCE and not said.get("days"):
            raise ValidationError(_("Choose for how long."))
        return said
