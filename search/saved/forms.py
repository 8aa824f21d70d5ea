from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.traps import TrapForm
from search.enums import Pace


class PaceForm(forms.Form):
    pace = forms.ChoiceField(label=_("How often"), choices=Pace.choices, initial=Pace.DAILY, widget=forms.RadioSelect)

    @property
    def chosen(self) -> Pace:
        return Pace(self.cleaned_data["pace"])


class FollowForm(PaceForm, TrapForm):
    """``known``: somebody who is signed in, so that there is an address already."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We send a letter there first: the link in it says that the address is yours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("email", "pace")

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, trusted=known, **kwargs)
        if known:
            del self.fields["email"]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
