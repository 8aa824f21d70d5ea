"""What people have begun to write."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone


class Unsent(models.Model):
    """One for each person and place (forum.places). Nobody else ever reads it, moderators neither.

    ``mark`` is another one each time it is kept: whoever goes on with it says which words they have seen. ``ticket`` is
    that of the form which kept it last.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_unsent", db_index=False
    )
    place = models.CharField(max_length=60)
    words = models.JSONField(default=dict)  # the form's fields, as they were typed
    mark = models.UUIDField(default=uuid4)
    ticket = models.UUIDField(null=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="unsent_once")]
        indexes = [
            models.Index(fields=["person", "-saved_at", "-id"], name="unsent_own"),
            models.Index(fields=["saved_at"], name="unsent_old"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.place}"
