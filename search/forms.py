"""What editors fill in about searches, with every mistake said at its field."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from search import editing
from search.models import SynonymGroup
from search.phrases import check_phrases, split_phrases


class PhrasesForm(WagtailAdminModelForm):
    least = 1

    def clean_phrases(self) -> str:
        text: str = self.cleaned_data["phrases"]
        check_phrases(text, least=self.least)
        return text


class SynonymGroupForm(PhrasesForm):
    instance: SynonymGroup
    least = 0  # how many there must be hangs on the other field

    def clean_also(self) -> str:
        text: str = self.cleaned_data["also"]
        if text.strip():
            check_phrases(text)
        return text.strip()

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        if "phrases" in words and "also" in words:
            self._check_together(words["phrases"], words["also"])
        if "phrases" in words and "language" in words:
            self._refuse_taken(words["phrases"], words["language"])
        return words

    def save(self, commit: bool = True) -> SynonymGroup:
        return editing.save_group(self.instance) if commit else super().save(commit=False)

    def _check_together(self, phrases: str, also: str) -> None:
        try:
            check_phrases(phrases, least=1 if also else 2)
        except ValidationError as error:
            self.add_error("phrases", error)

    def _refuse_taken(self, phrases: str, language: str) -> None:
        for phrase in split_phrases(phrases):
            if other := editing.group_with(phrase, language, but=self.instance):
                said = {"phrase": phrase, "group": other}
                self.add_error(
                    "phrases", _("“%(phrase)s” is already in the group “%(group)s”. Add to that one.") % said
                )
