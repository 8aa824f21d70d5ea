"""What the network's coordinators fill in about a partner."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from partners.enums import Kind, Role
from partners.models import Partner, PartnerPage

PRIVATE = ("legal_name", "tax_number", "contact_person", "contact_phone", "contact_email")


class PrivatePartForm(forms.ModelForm):
    class Meta:
        model = Partner
        fields = ("trust", *PRIVATE, "member_since")


class NewPartnerForm(forms.ModelForm):
    title = forms.CharField(max_length=255, label=_("Name"))
    slug = forms.SlugField(
        max_length=80,
        required=False,
        label=_("Short address"),
        help_text=_("Made from the name if you leave it empty."),
    )
    kind = forms.ChoiceField(choices=Kind.choices, label=_("Kind of organisation"))
    tagline = forms.CharField(max_length=160, label=_("What people can learn there, in one sentence"))
    publish = forms.BooleanField(required=False, initial=True, label=_("Show the page at once"))

    field_order = ("title", "slug", "kind", "tagline", "publish")

    class Meta:
        model = Partner
        fields = ("trust", *PRIVATE)

    def page(self) -> PartnerPage:
        return PartnerPage(**{name: self.cleaned_data[name] for name in ("title", "kind", "tagline")})

    def private(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    def _post_clean(self) -> None:
        """The action makes the partner; this form only asks."""


class MemberForm(forms.Form):
    email = forms.EmailField(label=_("E-mail of an account on this site"))
    role = forms.ChoiceField(choices=Role.choices, label=_("Role"))

    def clean_email(self) -> User:
        # Confirmed: a stranger may have signed up with somebody else's address.
        address = EmailAddress.objects.filter(email__iexact=self.cleaned_data["email"], verified=True)
        person = User.objects.filter(pk__in=address.values("user"), is_active=True).first()
        if person is None:
            raise ValidationError(
                _("Nobody has confirmed an account with this address. Ask the person to sign up first.")
            )
        return person
