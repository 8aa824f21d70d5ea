"""Boards: what they are called, what they allow, how much stands on them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from forum.enums import WRITERS, Circle, Held, Hue, Kind
from forum.forms import BoardForm

# Addresses beside the boards'.
TAKEN_WORDS = {"atom", "blocked", "decisions", "desk", "drafts", "following", "new"}
TAKEN_WORDS |= {"people", "pictures", "posts", "proposals", "reports", "search", "topics", "watch"}
writers = [(circle.value, circle.label) for circle in WRITERS]


def every_kind() -> list[str]:
    return list(Kind.values)


class Board(ClusterableModel):
    """Where topics of one kind belong. A board may stand below another, not deeper.

    Whoever may not read the board above does not read those below it.
    """

    slug = models.SlugField(_("slug"), max_length=60, unique=True, help_text=_("Part of the address."))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("stands below"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        limit_choices_to={"parent": None},
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    hue = models.CharField(_("colour"), max_length=10, choices=Hue.choices, default=Hue.TALK)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Empty: people write in any language."),
    )
    kinds = models.JSONField(_("kinds of topics"), default=every_kind)
    who_reads = models.CharField(_("who reads"), max_length=10, choices=Circle.choices, default=Circle.EVERYONE)
    who_starts = models.CharField(_("who starts topics"), max_length=10, choices=writers, default=Circle.MEMBERS)
    who_replies = models.CharField(_("who replies"), max_length=10, choices=writers, default=Circle.MEMBERS)
    groups = ParentalManyToManyField(Group, verbose_name=_("groups"), blank=True, related_name="+")
    moderators = ParentalManyToManyField(Group, verbose_name=_("groups of moderators"), blank=True, related_name="+")
    held = models.CharField(
        _("posts that wait for a moderator"), max_length=10, choices=Held.choices, default=Held.NONE
    )
    threshold = models.PositiveIntegerField(
        _("how many have to support a proposal"),
        default=100,
        validators=[MinValueValidator(1)],
        help_text=_("With so many it goes to the city by itself. Those that collect already keep their number."),
    )
    collecting_days = models.PositiveSmallIntegerField(
        _("days for collecting support"), default=60, validators=[MinValueValidator(1)]
    )

    panels: list[Any] = [
        InlinePanel("texts", heading=_("Title and description"), label=pgettext_lazy("of a board", "text"), min_num=1),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("parent"), FieldPanel("sort_order")]),
        FieldRowPanel([FieldPanel("hue"), FieldPanel("language")]),
        FieldPanel("kinds"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("who_reads"), FieldPanel("who_starts"), FieldPanel("who_replies")]),
                FieldPanel("groups"),
            ],
            heading=_("Who may do what"),
        ),
        MultiFieldPanel([FieldPanel("held"), FieldPanel("moderators")], heading=_("Moderation")),
        FieldRowPanel([FieldPanel("threshold"), FieldPanel("collecting_days")], heading=_("Proposals")),
    ]
    base_form_class = BoardForm

    class Meta:
        verbose_name = pgettext_lazy("forum", "board")
        verbose_name_plural = pgettext_lazy("forum", "boards")
        ordering = ["sort_order", "pk"]
        permissions = [
            ("moderate", _("Moderate every board")),
            ("answer_for_city", _("Answer proposals for the city")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="board_not_below_itself")
        ]

    def __str__(self) -> str:
        text = next(iter(sorted(self.texts.all(), key=lambda text: text.language != settings.LANGUAGE_CODE)), None)
        return text.title if text else self.slug

    def clean(self) -> None:
        super().clean()
        if self.slug in TAKEN_WORDS:
            raise ValidationError({"slug": _("This word is taken. Choose another one.")})
        if self.parent and (self.parent.parent_id or self.parent_id == self.pk):
            raise ValidationError({"parent": _("A board may stand below one that stands on top, not deeper.")})
        if self.parent and self.pk and self.children.exists():
            raise ValidationError({"parent": _("Other boards stand below this one: it stays on top.")})

    def get_absolute_url(self) -> str:
        return reverse("forum:board", args=[self.slug])


class BoardText(Orderable):
    """What a board is called in one language."""

    board = ParentalKey(Board, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    title = models.CharField(_("title"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)

    panels: list[Any] = [FieldPanel("language"), FieldPanel("title"), FieldPanel("description")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["board", "language"], name="board_text_per_language")]

    def __str__(self) -> str:
        return self.title


class Tally(models.Model):
    """How much stands on a board and what came last. Apart from the board, whose row is read with every page."""

    board = models.OneToOneField(Board, primary_key=True, on_delete=models.CASCADE, related_name="tally")
    topics = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.topics}, {self.posts}"
