"""Apart from the other forms: allauth reads it while its own forms, which those build upon, are still being made."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.enums import ConsentKind
from accounts.models import User
from common.letters import check_name


class SignupFields(forms.Form):
    """Asked of everybody who signs up, also by way of another site. allauth adds e-mail and password."""

    display_name = forms.CharField(
        label=_("What shall we call you?"),
        max_length=80,
        required=False,
        help_text=_("Shown beside what you write. A first name or a nickname will do; you can change it later."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    consent = forms.BooleanField(
        label=_("I agree that this site keeps my personal data"),
        error_messages={"required": _("Tick this box: without your consent we may not keep your address.")},
    )

    field_order = ["email", "password1", "display_name", "consent"]

    def clean_display_name(self) -> str:
        return check_name(self.cleaned_data["display_name"])

    def signup(self, request: HttpRequest, user: User) -> None:
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])
        actions.give_consent(user, ConsentKind.PERSONAL_DATA)
