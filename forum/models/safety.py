"""What keeps the board decent: the log of decisions, reports, the moderators' desk, appeals, sanctions, blocks."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel

from forum.enums import Cause, Deed, Ground, Matter, Penalty
from forum.forms.safety import LONGEST_REASON
from forum.models.boards import Board
from forum.models.topics import Post, Topic

PERSON = settings.AUTH_USER_MODEL


class FinalError(TypeError):
    """The log is only ever added to."""


class Final(models.QuerySet["Decision"]):
    def update(self, **changes: Any) -> NoReturn:
        raise FinalError("A decision is never changed.")

    def delete(self) -> NoReturn:
        raise FinalError("A decision is never deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FinalError("A decision is never changed.")


def _mention_of(model: Any, name: str = "+") -> Any:
    """The number stays in the log also when what it names is gone."""
    return models.ForeignKey(
        model, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name=name
    )


class Decision(models.Model):
    """Who decided what about whom, when and why. The database refuses to change or delete a row (migration 0006)."""

    deed = models.CharField(max_length=20, choices=Deed.choices)
    at = models.DateTimeField(default=timezone.now)
    by = _mention_of(PERSON)
    board = _mention_of(Board)
    topic = _mention_of(Topic, "decisions")
    post = _mention_of(Post, "decisions")
    person = _mention_of(PERSON)  # whose thing it is
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    reason = models.TextField(max_length=LONGEST_REASON, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects: ClassVar[Any] = Final.as_manager()

    class Meta:
        verbose_name = _("moderator’s decision")
        verbose_name_plural = _("moderators’ decisions")
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="decision_person"),
            models.Index(fields=["post", "-id"], name="decision_post"),
            models.Index(fields=["topic", "-id"], name="decision_topic"),
            models.Index(fields=["board", "-at", "-id"], name="decision_board"),
            models.Index(fields=["-at", "-id"], name="decision_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.get_deed_display()}, {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FinalError("A decision is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise FinalError("A decision is never deleted.")

    def get_absolute_url(self) -> str:
        return reverse("forum:decision", args=[self.pk])


class Case(models.Model):
    """One thing on the moderators' desk, until somebody has decided it."""

    matter = models.CharField(max_length=10, choices=Matter.choices)
    cause = models.CharField(max_length=10, choices=Cause.choices, blank=True)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.CASCADE, related_name="cases")
    person = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="Whose profile it is."
    )
    appealed = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="cases"
    )
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(closed_at=None, matter="report"), name="case_reported_post_once"
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(closed_at=None, matter__in=["topic", "post"]),
                name="case_waiting_post_once",
            ),
            models.UniqueConstraint(
                fields=["person", "matter"], condition=Q(closed_at=None, appealed=None), name="case_profile_once"
            ),
            models.UniqueConstraint(fields=["appealed"], condition=Q(matter="appeal"), name="case_appeal_once"),
            models.CheckConstraint(
                condition=Q(matter="appeal", appealed__isnull=False)
                | Q(matter__in=["topic", "post"], post__isnull=False, person=None, appealed=None)
                | Q(matter="profile", person__isnull=False, post=None, appealed=None)
                | Q(matter="report", person__isnull=False, post=None, appealed=None)
                | Q(matter="report", person=None, post__isnull=False, appealed=None),
                name="case_about_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["-opened_at", "-id"], condition=Q(closed_at=None), name="case_open")]

    def __str__(self) -> str:
        return f"{self.get_matter_display()} № {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("forum:case", args=[self.pk])


class Report(models.Model):
    """Somebody asks moderators to look. One for each person while the matter is open: the case is the open matter."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="forum_reports")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    words = models.TextField(max_length=LONGEST_REASON, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "by"], name="report_once")]
        indexes = [models.Index(fields=["by", "-at", "-id"], name="report_by")]

    def __str__(self) -> str:
        return self.get_ground_display()


class Appeal(models.Model):
    """Whom a decision concerns says why it is wrong: once."""

    decision = models.OneToOneField(
        Decision, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="appeal"
    )
    words = models.TextField(max_length=LONGEST_REASON)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.OneToOneField(
        Decision, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="answers"
    )

    def __str__(self) -> str:
        return self.words[:60]


class Sanction(models.Model):
    """A warning, a silence or a ban. Those in force are summed up in ``User.silent_until``: no page has to ask."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="sanctions")
    penalty = models.CharField(_("kind"), max_length=10, choices=Penalty.choices)
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    decision = models.OneToOneField(Decision, on_delete=models.DO_NOTHING, db_constraint=False, related_name="sanction")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(penalty="silence", until__isnull=False) | (~Q(penalty="silence") & Q(until=None)),
                name="sanction_silence_ends",
            )
        ]
        indexes = [models.Index(fields=["person", "-id"], name="sanction_person")]

    def __str__(self) -> str:
        return self.get_penalty_display()


class Note(models.Model):
    """What moderators tell each other about somebody. Nobody else ever sees it."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    board = models.ForeignKey(
        Board, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Empty: of the network."
    )
    text = models.TextField(max_length=LONGEST_REASON)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="note_person")]

    def __str__(self) -> str:
        return self.text[:60]


class Block(models.Model):
    """Somebody doesn't want to read somebody else."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="forum_blocks")
    blocked = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "blocked"], name="block_once"),
            models.CheckConstraint(condition=~Q(person=F("blocked")), name="block_not_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.blocked_id}"


class Answer(models.Model):
    """What moderators write often, ready to be taken."""

    title = models.CharField(_("name"), max_length=80, help_text=_("By it, moderators choose."))
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    ground = models.CharField(_("which rule"), max_length=10, choices=Ground.choices, blank=True)
    text = models.TextField(_("text"), max_length=LONGEST_REASON)

    panels: list[Any] = [FieldPanel("title"), FieldPanel("language"), FieldPanel("ground"), FieldPanel("text")]

    class Meta:
        verbose_name = pgettext_lazy("forum", "answer of moderators")
        verbose_name_plural = pgettext_lazy("forum", "answers of moderators")
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["title", "language"], name="answer_once")]

    def __str__(self) -> str:
        return self.title
