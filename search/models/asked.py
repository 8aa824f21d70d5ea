"""What people look for: counts by day, of nobody in particular."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_ASKED = 100


class AskedFor(models.Model):
    """One text with what it was narrowed to, on one day. Written by search.query_log alone.

    ``visits`` belong to text and language: one that narrows the same search again is counted once, in the first row.
    """

    day = models.DateField()
    text = models.CharField(max_length=LONGEST_ASKED, help_text="As search.query_log.words writes it.")
    language = models.CharField(max_length=10, help_text="Of the page.")
    filters = models.CharField(max_length=200, blank=True, help_text="district=left kind=news")
    hits = models.PositiveIntegerField(help_text="When it was last asked for.")
    asked = models.PositiveIntegerField(default=0)
    visits = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    rank_sum = models.PositiveIntegerField(default=0, help_text="Of what was clicked; the first result has rank 1.")
    rank_worst = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("what people look for")
        verbose_name_plural = _("what people look for")
        default_permissions = ()
        permissions = [("see_searches", "See what people look for")]
        constraints = [models.UniqueConstraint(fields=["day", "text", "language", "filters"], name="asked_for_once")]
        indexes = [models.Index(fields=["text", "language", "-day"], name="asked_for_text")]

    def __str__(self) -> str:
        return f"{self.day}: {self.text}"
