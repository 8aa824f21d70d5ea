"""What people are told, and how they want to be told."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notices.enums import Group, Pace


def city_quiet_from() -> time | None:
    return settings.QUIET_HOURS[0] if settings.QUIET_HOURS else None


def city_quiet_until() -> time | None:
    return settings.QUIET_HOURS[1] if settings.QUIET_HOURS else None


class Notice(models.Model):
    """Something happened that one person is told. The sentence is composed in the reader's language, when it is read.

    ``mail_at``: when a letter may tell it; empty where none shall. ``mailed_at``: when a letter was begun that does.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=40, help_text="A key of notices.kinds.")
    key = models.CharField(max_length=100, help_text="A person is told it once.")
    thread = models.CharField(max_length=100, help_text="What one opens to have read it.")
    path = models.CharField(max_length=300, help_text="Its address, without the language.")
    params = models.JSONField(default=dict)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mail_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["person", "-made_at", "-id"], name="notice_centre"),
            models.Index(fields=["person", "thread"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["mail_at", "person"],
                condition=Q(read_at=None, mailed_at=None, mail_at__isnull=False),
                name="notice_due",
            ),
            models.Index(fields=["made_at"], name="notice_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_unread(self) -> bool:
        return self.read_at is None


class Preferences(models.Model):
    """Who has no row is content with what the city has chosen."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    personal = models.CharField(Group.PERSONAL.label, max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)
    followed = models.CharField(Group.FOLLOWED.label, max_length=10, choices=Pace.choices, default=Pace.DAILY)
    duties = models.CharField(Group.DUTIES.label, max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)
    quiet_from = models.TimeField(_("no letters from"), null=True, blank=True, default=city_quiet_from)
    quiet_until = models.TimeField(_("until"), null=True, blank=True, default=city_quiet_until)
    follow_started = models.BooleanField(_("follow the topics I start"), default=True)
    follow_answered = models.BooleanField(_("follow the topics I reply to"), default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_begin_and_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.personal}, {self.followed}, {self.duties}"

    def pace_of(self, group: str) -> Pace:
        return Pace(getattr(self, group))
