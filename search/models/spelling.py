"""The words that public entries say, and how far something has read the entries."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Spelling(models.Model):
    """A word as it stands in some public entry: what misspelled words are compared with. Holds no text of anything.

    It may still know words that nobody says any more; whoever shows one asks the index first (understanding.known).
    """

    word = models.CharField(max_length=40, help_text="As it was written, in lower case.")
    form = models.CharField(max_length=32, help_text="As search.text.fold leaves it.")
    stem = models.CharField(max_length=32)
    beginning = models.CharField(max_length=4, help_text="The first letters of the form.")
    latin = models.CharField(max_length=40, help_text="The key of its Latin spellings; see understanding.latin.")

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [models.UniqueConstraint(fields=["form", "stem"], name="search_spelling_once")]
        indexes = [
            models.Index(fields=["stem"], name="search_spelling_stem"),
            models.Index(fields=["beginning"], name="search_spelling_beginning"),
            models.Index(fields=["latin"], name="search_spelling_latin"),
        ]

    def __str__(self) -> str:
        return self.word


class Reached(models.Model):
    """How far something has read the entries, by their versions."""

    name = models.CharField(max_length=40, primary_key=True)
    version = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return f"{self.name}: {self.version}"
