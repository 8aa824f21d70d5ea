"""Searches that people follow by letter, and what is needed to tell each thing once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from search.enums import Pace


class Subscriber(models.Model):
    """Who is written to: a person, or an address whose owner has no account or didn't say so.

    ``language``: of letters to an address; a person's own counts. ``agreed_at``: when an address last said yes.
    ``asked_again_at``: since then we wait for its next yes.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    agreed_at = models.DateTimeField(default=timezone.now)
    asked_again_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="subscriber_once_per_address"),
            models.CheckConstraint(
                condition=(Q(person=None) & ~Q(email="")) | Q(person__isnull=False, email=""),
                name="subscriber_person_or_address",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="subscriber_lower_case"),
        ]

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class SavedSearch(models.Model):
    """``asked``: as the address of the results says it, without page and order; ``key`` tells equal ones.

    ``told_until``: what appeared up to then has been told or was nothing to tell; ``told_at``: when it last was.
    ``due_at``: when it is looked at next; empty until the address is confirmed.
    """

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="searches", db_index=False)
    asked = models.TextField(blank=True)
    key = models.CharField(max_length=64)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    pace = models.CharField(max_length=10, choices=Pace.choices, default=Pace.DAILY)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "key"], name="saved_search_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, due_at=None) | Q(confirmed_at__isnull=False, due_at__isnull=False),
                name="saved_search_due_when_confirmed",
            ),
        ]
        indexes = [models.Index(fields=["due_at", "subscriber"], name="saved_search_due", condition=~Q(due_at=None))]

    def __str__(self) -> str:
        return f"saved search {self.pk}"


class Told(models.Model):
    """This search has told of this thing. Outlives the thing: what goes and comes back is not told twice."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="told", db_index=False)
    thing = models.CharField(max_length=100, help_text="Entry.translation_key")
    told_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["search", "thing"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.thing}"


class Arrival(models.Model):
    """When everybody could first find a thing, in any language. Written by search.saved.arrivals alone."""

    thing = models.CharField(max_length=100, primary_key=True, help_text="Entry.translation_key")
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at}: {self.thing}"
