"""The city's own words (districts, topics, audiences: a row per word and language) and its pictures."""

from io import BytesIO
from typing import Any

from django.core.files import File
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField


class Word(TranslatableMixin, models.Model):
    """A slug that stands in addresses and the index, and a name that people read."""

    slug = models.SlugField(_("slug"), max_length=60, help_text=_("The same in every language; part of addresses."))
    name = models.CharField(_("name"), max_length=100)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels: list[Any] = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("sort_order")]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name


class District(Word):
    latitude = models.FloatField(
        _("latitude of the centre"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude of the centre"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    panels = [*Word.panels, FieldPanel("latitude"), FieldPanel("longitude")]

    class Meta(Word.Meta):
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="district_slug_per_locale")]


class Topic(Word):
    class Meta(Word.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="topic_slug_per_locale")]


class Audience(Word):
    class Meta(Word.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        constraints = [models.UniqueConstraint(fields=["slug", "locale"], name="audience_slug_per_locale")]


class Picture(AbstractImage):
    """An image of the CMS. `description` (Wagtail's) is the default text for people who don't see it."""

    credit = models.CharField(
        _("author and source"), max_length=200, blank=True, help_text=_("Shown under the picture: whose it is.")
    )

    admin_form_fields = (*Image.admin_form_fields[:1], "credit", *Image.admin_form_fields[1:])

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:  # noqa: A002
        """In memory, because nobody closes the temporary file that Wagtail draws into."""
        drawn = super().generate_rendition_file(filter, source=source)
        with drawn:
            drawn.seek(0)
            return File(BytesIO(drawn.read()), name=drawn.name)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="picture_rendition_once")
        ]


class WorkerProcess(models.Model):
    """A worker that runs, or ran until it was killed: ``seen_at`` stands still then."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"


class PeriodicJob(models.Model):
    """When a job that repeats is due. The worker that moves ``due_at`` on is the one that queues the job."""

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
