"""Forms of the account pages. allauth's own, in our words and without placeholders that repeat the label."""

import struct
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.socialaccount import forms as social
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Locale

from accounts import actions, avatars
from accounts.adapters import MFAAdapter
from accounts.models import User
from common.letters import check_letters, check_name
from common.models import District
from common.vocabulary import names

LONGEST_PASSWORD = 256
LONGEST_CODE = 32
LONGEST_KEY_NAME = 80
NOT_UNDERSTOOD = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error)
CODE_STAYS_USED = 120  # seconds; longer than the three periods in which a code of an app is accepted

PASSWORD_HELP = _("At least eight characters, not only figures, and nothing that everybody guesses.")
LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "remember": _("Keep me signed in on this device"),
    "code": _("Code"),
    "name": _("Name of the key"),
    "passwordless": _("Let me sign in with this key alone, without a password"),
}
HELP: dict[str, Any] = {
    "password": "",
    "oldpassword": "",
    "password1": PASSWORD_HELP,
    "name": _("So that you know it again, e.g. “my phone”."),
    "passwordless": _("The device will ask for its PIN, your finger or your face."),
}


class Plain(forms.Form):
    """Our labels; no placeholders; an upper limit for every text that somebody may send."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in LABELS:
                field.label = LABELS[name]
            if name in HELP:
                field.help_text = HELP[name]
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput):
                _limit(field, LONGEST_PASSWORD)


class LoginForm(Plain, account.LoginForm):
    pass


class SignupForm(Plain, account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = LABELS["password"]

    def try_save(self, request: HttpRequest) -> Any:
        """Person, address and consent, or nothing. Two sign-ups at the same moment: the second one finds the first."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class SocialSignupForm(Plain, social.SignupForm):
    pass


class AddEmailForm(Plain, account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New address")


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    pass


class SetPasswordForm(Plain, account.SetPasswordForm):
    pass


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    def save(self) -> None:
        super().save()
        actions.confirm_only_address(self.user)


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    pass


class _CodeForm(Plain):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit(self.fields["code"], LONGEST_CODE)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class ActivateCodesForm(_CodeForm, totp.ActivateTOTPForm):
    pass


class _OnceForm(_CodeForm):
    """A code that somebody looked over another's shoulder for can't be used again while it would still be valid."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        plain = "".join(filter(str.isalnum, code)).lower()
        if not cache.add(f"code-used:{self.user.pk}:{plain}", value=True, timeout=CODE_STAYS_USED):  # type: ignore[attr-defined]
            raise MFAAdapter().validation_error("incorrect_code")
        return code


class CodeForm(_OnceForm, mfa.AuthenticateForm):
    pass


class ReauthenticateCodeForm(_OnceForm, mfa.ReauthenticateForm):
    pass


class CredentialField(forms.JSONField):
    """What came is never shown again: it may be more than a page can hold."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial

    def prepare_value(self, value: Any) -> str:
        return ""


class _KeyForm(Plain):
    """What a browser says of a key. Anybody can send anything here: what can't be understood is a wrong answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()
        if "name" in self.fields:
            _limit(self.fields["name"], LONGEST_KEY_NAME)

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except NOT_UNDERSTOOD:
            self.add_error("credential", MFAAdapter().validation_error("incorrect_code"))


class AddKeyForm(_KeyForm, webauthn.AddWebAuthnForm):
    pass


class EditKeyForm(Plain, webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _limit(self.fields["name"], LONGEST_KEY_NAME)


class KeyForm(_KeyForm, webauthn.AuthenticateWebAuthnForm):
    pass


class LoginKeyForm(_KeyForm, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticateKeyForm(_KeyForm, webauthn.ReauthenticateWebAuthnForm):
    pass


class ProfileForm(forms.ModelForm):
    field_order = ("display_name", "picture", "drop_picture", "language", "district", "bio")

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG or WebP, at most 8 MB. We cut it square and remove where and when it was taken."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    drop_picture = forms.BooleanField(label=_("Remove the picture"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)

    class Meta:
        model = User
        fields = ("display_name", "language", "bio", "show_profile", "show_avatar", "show_bio", "show_district")
        labels = {"display_name": pgettext_lazy("person", "Name")}
        help_texts = {
            "language": _("Letters to you and, after you sign in, the site speak this language."),
            "bio": _("Up to 500 characters."),
            "show_profile": _("Without this nobody sees your page, whatever is ticked below."),
        }
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "bio": forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [("", _("not given")), *names("district").items()]  # type: ignore[attr-defined]
        self.initial["district"] = self.instance.district.slug if self.instance.district else ""
        self.pictures: dict[int, bytes] | None = None
        if not self.instance.avatar:
            del self.fields["drop_picture"]

    def clean_display_name(self) -> str:
        return check_name(self.cleaned_data["display_name"])

    def clean_bio(self) -> str:
        return check_letters(self.cleaned_data["bio"])

    def clean_picture(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["picture"]
        if upload:
            try:
                self.pictures = avatars.square_pictures(upload, upload.size or 0)
            except avatars.Refused as error:
                raise ValidationError(str(error), code="picture") from error
        return upload

    def clean_district(self) -> District | None:
        slug = self.cleaned_data["district"]
        return District.objects.filter(slug=slug, locale=Locale.get_default()).first() if slug else None

    def save(self, commit: bool = True) -> User:
        self.instance.district = self.cleaned_data["district"]
        actions.save_profile(
            self.instance, pictures=self.pictures, drop_picture=self.cleaned_data.get("drop_picture", False)
        )
        return self.instance


def _limit(field: forms.Field, longest: int) -> None:
    if isinstance(field, forms.CharField):
        field.max_length = longest
        field.validators.append(MaxLengthValidator(longest))
        field.widget.attrs["maxlength"] = longest
