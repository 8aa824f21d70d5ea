"""What editors decide about searches: words that mean the same, and what is shown first."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from search.enums import Access
from search.models.index import Entry
from search.phrases import split_phrases

LONGEST_LIST = 1000
LONGEST_KEY = 255


class Phrases(models.Model):
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return ", ".join(split_phrases(self.phrases))  # type: ignore[attr-defined]


class SynonymGroup(Phrases):
    """Without ``also``, who types one of the phrases finds the others too; with it, what stands there, one way."""

    phrases = models.TextField(
        _("words that mean the same"),
        max_length=LONGEST_LIST,
        help_text=_(
            "Words and short phrases with commas between, or one in a line: bike, bicycle. Any ending is recognised."
        ),
    )
    also = models.TextField(
        _("also look for"),
        max_length=LONGEST_LIST,
        blank=True,
        help_text=_(
            "Only for one direction: whoever looks for one of the words above also finds what holds one of these, but "
            "not the other way round. Leave it empty if all the words above mean the same."
        ),
    )

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "phrases", "pk"]


class SynonymPhrase(models.Model):
    """That a phrase of a language belongs to one group alone. Written by search.editing with the group."""

    group = models.ForeignKey(SynonymGroup, on_delete=models.CASCADE, related_name="keys")
    language = models.CharField(max_length=10)
    key = models.CharField(max_length=LONGEST_KEY, help_text="As search.phrases.phrase_key makes it.")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["language", "key"], name="synonym_phrase_once")]

    def __str__(self) -> str:
        return self.key


class Pick(Phrases, ClusterableModel):
    """For these searches, these places stand above the results."""

    phrases = models.TextField(
        _("what people type"),
        max_length=LONGEST_LIST,
        help_text=_("Searches with commas between, or one in a line. Endings and the order of words don’t matter."),
    )
    show_from = models.DateTimeField(pgettext_lazy("pick", "from"), null=True, blank=True)
    show_until = models.DateTimeField(pgettext_lazy("pick", "until"), null=True, blank=True)

    class Meta:
        verbose_name = _("editors’ pick")
        verbose_name_plural = _("editors’ picks")
        ordering = ["language", "phrases", "pk"]

    def clean(self) -> None:
        super().clean()
        if self.show_from and self.show_until and self.show_until <= self.show_from:
            raise ValidationError({"show_until": _("The end must come after the beginning.")})

    @property
    def standing(self) -> Any:
        now = timezone.now()
        if self.show_until and self.show_until <= now:
            return pgettext_lazy("pick", "over")
        later = self.show_from and self.show_from > now
        return pgettext_lazy("pick", "later") if later else pgettext_lazy("pick", "shown")


class PickedPlace(Orderable):
    """A page, or an address with words of its own. ``key``: of the entry it stands for, if the index knows it."""

    pick = ParentalKey(Pick, on_delete=models.CASCADE, related_name="places")
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("It is shown while everybody may read it."),
    )
    url = models.CharField(
        _("or an address"),
        max_length=1000,
        blank=True,
        help_text=_("For what is no page: /ru/forum/… on this site, https://… elsewhere."),
    )
    title = models.CharField(_("title"), max_length=120, blank=True, help_text=_("Empty: the title of the page."))
    sentence = models.CharField(
        _("one sentence"), max_length=200, blank=True, help_text=_("What one finds there. Empty: the page’s summary.")
    )
    key = models.CharField(max_length=100, blank=True, editable=False)

    def __str__(self) -> str:
        return self.title or self.url or f"page {self.page_id}"

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"page": _("Choose a page or write an address: one of the two.")})
        self.url = self.url.strip().removeprefix(settings.BASE_URL)
        if self.url and not _is_address(self.url):
            raise ValidationError({"url": _("An address begins with / on this site and with https:// elsewhere.")})
        self.key = f"page:{self.page_id}" if self.page_id else _key_of(self.url)
        if not self.key and not self.title:
            raise ValidationError({"title": _("Write a title: the index knows none for this address.")})


def _is_address(url: str) -> bool:
    own = url.startswith("/") and not url.startswith(("//", "/\\"))
    return own or url.startswith(("https://", "http://"))


def _key_of(url: str) -> str:
    known = Entry.objects.filter(access=Access.PUBLIC, url=url.partition("#")[0])
    return known.values_list("key", flat=True).first() or ""
