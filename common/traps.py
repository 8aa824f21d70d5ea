"""Two traps for machines that fill in forms: a field that people don't see, and how soon the form comes back.

Nobody is sent away in silence: who falls into one is told to press the button once more, and nothing typed is lost.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

signer = TimestampSigner(salt="common.traps")


def stamp() -> str:
    """When the form was given out. Nobody else can write one."""
    return signer.sign("form")


class TrapForm(forms.Form):
    """``trusted``: of somebody whose words are there already, e.g. to change them."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False, initial=stamp, max_length=100)
    homepage = forms.CharField(
        label=pgettext_lazy("trap", "Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, trusted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["homepage"].template_name = "components/trap.html"  # type: ignore[attr-defined]
        if trusted:
            del self.fields["opened"], self.fields["homepage"]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        if "opened" in self.fields and "preview" not in self.data:
            self._refuse_machines(words)
        return words

    def _refuse_machines(self, words: dict[str, Any]) -> None:
        if words.get("homepage"):
            self._set_anew("homepage", "")
            raise ValidationError(
                _("A field that people do not see was filled in, maybe by your browser. It is empty again: go on.")
            )
        if not settings.FORUM_SHORTEST_WRITING:
            return
        try:
            signer.unsign(words.get("opened", ""), max_age=settings.FORUM_SHORTEST_WRITING)
        except SignatureExpired:  # as it should be: the form was open for a while
            return
        except BadSignature:
            self._set_anew("opened", stamp())
            raise ValidationError(_("The form is not complete. Press the button once more in a few seconds.")) from None
        raise ValidationError(_("That was very quick. Read it once more and press the button again."))

    def _set_anew(self, name: str, value: str) -> None:
        """What was sent stays, but for this field."""
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent[self.add_prefix(name)] = value
        self.data = sent
