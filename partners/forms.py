"""What a partner's editor fills in. Lists are written as people write them: one a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from common.models import Audience, District, Topic
from common.vocabulary import names, original_words
from partners.enums import Access
from partners.isolation.forms import GuardedPageForm
from partners.opening_hours import OpeningHoursField

LANGUAGES_TAUGHT = [
    ("ru", _("Russian")),
    ("be", _("Belarusian")),
    ("en", _("English")),
    ("bua", _("Buryat")),
    ("rsl", _("Russian Sign Language")),
    ("zh", _("Chinese")),
    ("de", _("German")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("pl", _("Polish")),
]


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, most: int = 10, longest: int = 200, **kwargs: Any) -> None:
        for name in ("encoder", "decoder"):
            kwargs.pop(name, None)
        self.most, self.longest = most, longest
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value or ""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        if len(value) > self.most:
            raise ValidationError(_("At most %(most)s lines."), params={"most": self.most})
        for line in value:
            if len(line) > self.longest:
                raise ValidationError(_("A line may have %(longest)s signs at most."), params={"longest": self.longest})

    def run_validators(self, value: Any) -> None:
        for line in value:
            super().run_validators(line)

    def has_changed(self, initial: Any, value: Any) -> bool:
        return (initial or []) != self.to_python(value)


class ChoicesField(forms.MultipleChoiceField):
    """Several of a fixed set, kept as a list of codes."""

    widget = forms.CheckboxSelectMultiple


class WordsField(forms.ModelMultipleChoiceField):
    """Words of the vocabulary: rows of the original language, shown in the editor's."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, vocabulary: str, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return names(self.vocabulary).get(obj.slug, obj.name)


class WordField(forms.ModelChoiceField):
    def __init__(self, *, vocabulary: str, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return names(self.vocabulary).get(obj.slug, obj.name)


class PartnerPageForm(GuardedPageForm):
    topics = WordsField(vocabulary="topic", queryset=Topic.objects.none(), required=False, label=_("What you teach"))
    audiences = WordsField(
        vocabulary="audience", queryset=Audience.objects.none(), required=False, label=_("Whom you teach")
    )
    district = WordField(vocabulary="district", queryset=District.objects.none(), required=False, label=_("District"))
    teaching_languages = ChoicesField(choices=LANGUAGES_TAUGHT, required=False, label=_("Languages you teach in"))
    access = ChoicesField(choices=Access.choices, required=False, label=_("Accessibility"))
    opening_hours = OpeningHoursField(
        label=_("Opening hours"), help_text=_("Like 10:00–13:00, 14:00–19:00. Leave a day off empty.")
    )
    phones = LinesField(most=5, longest=40, label=_("Phones"), help_text=_("One a line."))
    networks = LinesField(
        most=8,
        label=_("Pages in social networks"),
        help_text=_("Full addresses, one a line."),
        validators=[URLValidator(["https", "http"])],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, model in (("topics", Topic), ("audiences", Audience), ("district", District)):
            if name in self.fields:
                self.fields[name].queryset = original_words(model)  # type: ignore[attr-defined]
