"""Topics and what people write in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page

from forum.enums import Kind, Liking, Pin, Standing, State
from forum.models.boards import Board

POSTS_ON_A_PAGE = 20


def page_of(number: int) -> int:
    """On which page of its topic a post stands."""
    return max(0, number - 1) // POSTS_ON_A_PAGE + 1


class Tag(models.Model):
    name = models.CharField(max_length=40, unique=True)  # in lower case

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="forum_tag_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """Numbers of its posts run from 1 to ``last_number`` without a gap; removed and moved ones keep theirs."""

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
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="merged",
        db_index=False,
        help_text="Where its posts are now: it has none itself and only leads there.",
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
            models.Index(fields=["merged_into"], condition=~Q(merged_into=None), name="topic_merged"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(standing="moved", last_number=0), name="topic_merged_is_empty"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="topic_not_into_itself"
            ),
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
    likeness = models.BigIntegerField(null=True, help_text="The same for the same words; none for a few of them.")
    ticket = models.UUIDField(null=True, help_text="Of the form it was sent by: once is enough.")
    moved_to = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        help_text="This row only keeps the number: the post stands in another topic.",
    )

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
            models.Index(fields=["author", "-posted_at"], name="post_author_newest"),
            models.Index(fields=["likeness", "posted_at"], condition=~Q(likeness=None), name="post_likeness"),
            models.Index(fields=["moved_to"], condition=~Q(moved_to=None), name="post_moved"),
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

    @property
    def is_moved(self) -> bool:
        return self.standing == Standing.MOVED


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
