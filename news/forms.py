from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from common.vocabulary import original_words
from partners.forms import WordsField
from partners.isolation.forms import GuardedPageForm


class NewsPageForm(GuardedPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "categories" in self.fields:
            from news.models import NewsCategory

            self.fields["categories"] = WordsField(
                vocabulary="news_category",
                queryset=original_words(NewsCategory),
                required=False,
                label=_("Categories"),
                initial=self.fields["categories"].initial,
            )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        label=_("Reason"),
        help_text=_("The partner reads it beside the item."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PinForm(forms.Form):
    until = forms.DateTimeField(label=_("Keep on top until"), widget=AdminDateTimeInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localtime().replace(minute=0, second=0) + timedelta(days=7)

    def clean_until(self) -> datetime:
        until: datetime = self.cleaned_data["until"]
        if until <= timezone.now():
            raise ValidationError(_("This moment has passed. Choose a later one."))
        return until
