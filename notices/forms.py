from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.models import Preferences

TIME = forms.TimeInput(attrs={"type": "time", "class": "input--short"}, format="%H:%M")


class PreferencesForm(forms.ModelForm):
    """``duties``: whether anything ever waits for this person as a moderator."""

    class Meta:
        model = Preferences
        fields = (
            "personal",
            "followed",
            "duties",
            "quiet_from",
            "quiet_until",
            "follow_started",
            "follow_answered",
        )
        widgets = {"quiet_from": TIME, "quiet_until": TIME}
        labels = {
            "duties": _("What waits for me to decide or to answer"),
            "quiet_from": pgettext_lazy("hours", "From"),
            "quiet_until": pgettext_lazy("hours", "Until"),
            "follow_started": _("Follow the topics I start"),
            "follow_answered": _("Follow the topics I reply to"),
        }

    def __init__(self, *args: Any, duties: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not duties:
            del self.fields["duties"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        hours = [cleaned.get("quiet_from"), cleaned.get("quiet_until")]
        if not self.errors and any(hours) and None in hours:
            raise ValidationError(
                {"quiet_until" if hours[1] is None else "quiet_from": _("Say when they begin and when they end.")}
            )
        return cleaned
