"""Proposals: what a topic of this kind holds beside its posts, who supports it, and how it goes on."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.models import District
from forum.enums import Status
from forum.models.topics import Topic
from partners.models import Partner


class Proposal(models.Model):
    """Its words stand here by field and, put together, in the topic's first post, which is what is searched.

    ``threshold`` and ``collect_until`` are those of the board when collecting began: who signs knows the rules.
    """

    topic = models.OneToOneField(Topic, primary_key=True, on_delete=models.CASCADE, related_name="proposal")
    problem = models.TextField(blank=True)
    proposal = models.TextField()
    benefits = models.TextField(blank=True)
    district = models.ForeignKey(
        District, verbose_name=_("district"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.SUBMITTED)
    submitted_at = models.DateTimeField(default=timezone.now)
    supports = models.PositiveIntegerField(default=0)
    threshold = models.PositiveIntegerField(null=True, help_text="Since collecting began.")
    collect_until = models.DateTimeField(null=True)
    review_since = models.DateTimeField(null=True, help_text="The city has been asked.")
    waiting_since = models.DateTimeField(null=True, help_text="The same, while nobody has answered or decided.")
    responsible = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Whose answer is asked."
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [
            models.Index(fields=["-submitted_at", "-topic"], name="proposal_newest"),
            models.Index(fields=["-supports", "-topic"], name="proposal_supported"),
            models.Index(
                fields=["waiting_since", "topic"], condition=Q(waiting_since__isnull=False), name="proposal_waiting"
            ),
            models.Index(fields=["collect_until"], condition=Q(status="collecting"), name="proposal_collecting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="collecting") | Q(threshold__isnull=False, collect_until__isnull=False),
                name="proposal_collects_until",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(status="merged"), name="proposal_merged_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("topic")), name="proposal_not_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk}"

    def get_absolute_url(self) -> str:
        return self.topic.get_absolute_url()

    @property
    def has_ended_collecting(self) -> bool:
        return bool(self.collect_until and self.collect_until <= timezone.now())

    @property
    def days_waiting(self) -> int | None:
        """Whole days without an answer; None while nobody has to answer."""
        return days_between(self.waiting_since, timezone.now()) if self.waiting_since else None

    @property
    def waits_too_long(self) -> bool:
        return (self.days_waiting or 0) >= settings.FORUM_ANSWER_DAYS

    @property
    def days_left(self) -> int | None:
        if self.status != Status.COLLECTING or self.collect_until is None:
            return None
        return max(0, days_between(timezone.now(), self.collect_until))


def days_between(first: datetime, second: datetime) -> int:
    """By the city's calendar: since yesterday evening it is one day."""
    return (timezone.localdate(second) - timezone.localdate(first)).days


class Support(models.Model):
    """One person, one vote. Who closes the account leaves the vote behind, without a name."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="support_rows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="support_once")]

    def __str__(self) -> str:
        return f"№ {self.proposal_id}"


class ProposalStep(models.Model):
    """A proposal came to this status: when, by whom (nobody: by itself), and what was said about it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(max_length=10, choices=Status.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"№ {self.proposal_id}: {self.get_status_display()}"


class OfficialAnswer(models.Model):
    """By the city, or by the organisation that was made responsible. ``html`` is written once, with ``source``."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="answer")
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="Empty: the city."
    )
    body = models.CharField(max_length=160, help_text="Who signs it, in words.")
    source = models.TextField()
    html = models.TextField()
    document_url = models.URLField(max_length=500, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"№ {self.proposal_id}: {self.body}"


class AnswerEdit(models.Model):
    """What an official answer said before it was amended."""

    answer = models.ForeignKey(OfficialAnswer, on_delete=models.CASCADE, related_name="edits")
    body = models.CharField(max_length=160)
    source = models.TextField()
    html = models.TextField()
    document_url = models.URLField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.answer_id}, {self.at:%Y-%m-%d %H:%M}"
