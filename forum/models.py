"""Boards, the topics on them, and what people write there."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from forum.enums import WRITERS, Circle, Held, Hue, Kind, Liking, Pin, Standing, State
from forum.forms import BoardForm

POSTS_ON_A_PAGE = 20
TAKEN_WORDS = {"atom", "new", "posts", "topics"}  # addresses beside the boards'
writers = [(circle.value, circle.label) for circle in WRITERS]


def every_kind() -> list[str]:
    return list(Kind.values)


def page_of(number: int) -> int:
    """On which page of its topic a post stands."""
    return max(0, number - 1) // POSTS_ON_A_PAGE + 1


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
    ]
    base_form_class = BoardForm

    class Meta:
        verbose_name = pgettext_lazy("forum", "board")
        verbose_name_plural = pgettext_lazy("forum", "boards")
        ordering = ["sort_order", "pk"]
        permissions = [("moderate", _("Moderate every board"))]
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


class Tag(models.Model):
    name = models.CharField(max_length=40, unique=True)  # in lower case

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="forum_tag_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """Numbers of its posts run from 1 to ``last_number`` without a gap; a removed post keeps its number."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="topics")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.DISCUSSION)
    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="forum_topics"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="topics")
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="What it talks about."
    )
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.SHOWN)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    pin = models.CharField(max_length=10, choices=Pin.choices, default=Pin.NONE)
    accepted = models.ForeignKey(
        "forum.Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="The answer."
    )
    started_at = models.DateTimeField(default=timezone.now)
    last_number = models.PositiveIntegerField(default=0)
    replies = models.PositiveIntegerField(default=0, help_text="Posts that can be read, without the first.")
    last_posted_at = models.DateTimeField(default=timezone.now)
    last_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("forum topic")
        verbose_name_plural = _("forum topics")
        indexes = [
            models.Index(fields=["standing", "-last_posted_at", "-id"], name="topic_newest"),
            models.Index(fields=["board", "standing", "-last_posted_at", "-id"], name="topic_board"),
            models.Index(fields=["author", "-last_posted_at", "-id"], name="topic_author"),
            models.Index(
                fields=["standing", "-last_posted_at", "-id"], condition=Q(replies=0), name="topic_unanswered"
            ),
            models.Index(fields=["board", "-id"], condition=~Q(pin="none"), name="topic_pinned"),
            models.Index(fields=["board", "-id"], condition=Q(standing="waiting"), name="topic_waiting"),
            models.Index(fields=["page", "-last_posted_at", "-id"], name="topic_page"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.pk])

    def page_url(self, number: int) -> str:
        """Of the page on which the post of this number stands."""
        page = page_of(number)
        return self.get_absolute_url() + (f"?page={page}" if page > 1 else "")

    def own_url(self) -> str:
        """In the language in which it is written."""
        with override(self.language):
            return self.get_absolute_url()

    @property
    def pages(self) -> int:
        return page_of(self.last_number)

    @property
    def is_shown(self) -> bool:
        return self.standing == Standing.SHOWN

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN and self.is_shown


class Post(models.Model):
    """Without a number while it waits for a moderator. ``html`` is written once, with ``source``."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(null=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="forum_posts"
    )
    source = models.TextField()
    html = models.TextField()
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.SHOWN)
    posted_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    ticket = models.UUIDField(null=True, help_text="Of the form it was sent by: once is enough.")

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="post_number_once"),
            models.UniqueConstraint(fields=["author", "ticket"], name="post_sent_once"),
            models.CheckConstraint(condition=Q(number=None) | Q(number__gte=1), name="post_numbers_from_one"),
            models.CheckConstraint(condition=~Q(standing="shown") | ~Q(number=None), name="post_shown_has_number"),
        ]
        indexes = [
            models.Index(fields=["topic", "id"], condition=Q(standing="waiting"), name="post_waiting"),
            models.Index(fields=["author", "standing"], name="post_author"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.number or '–'}"

    def get_absolute_url(self) -> str:
        """Stays right when the post moves to another page or topic."""
        return reverse("forum:post", args=[self.pk])

    def own_url(self) -> str:
        with override(self.topic.language):
            return self.get_absolute_url()

    @property
    def bare_url(self) -> str:
        """For what is stored: without a language, which is the reader's (templatetags.forum)."""
        return f"/forum/posts/{self.pk}/"

    @property
    def anchor(self) -> str:
        return f"post-{self.number or f'waiting-{self.pk}'}"

    @property
    def is_shown(self) -> bool:
        return self.standing == Standing.SHOWN

    @property
    def is_waiting(self) -> bool:
        return self.standing == Standing.WAITING

    @property
    def is_removed(self) -> bool:
        return self.standing == Standing.REMOVED


class Edit(models.Model):
    """What a post said before it was changed; of the first post also the topic's title."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="edits")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    source = models.TextField()
    html = models.TextField()
    title = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.post_id}, {self.at:%Y-%m-%d %H:%M}"


class Reaction(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Liking.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "kind", "person"], name="reaction_once")]

    def __str__(self) -> str:
        return self.kind


class ReadMark(models.Model):
    """How far somebody has read a topic."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="read_mark_once")]

    def __str__(self) -> str:
        return str(self.number)
