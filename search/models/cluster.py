"""What has to be told to a cluster, and which indexes it has for us."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """That something about an entry has changed which the cluster has not been told yet.

    Written in the transaction of the entry, only where the engine ``elasticsearch`` is in use; taken away by the worker
    when the cluster has it. What changed is not in it: the worker reads the entry as it is by then.
    """

    entry_id = models.BigIntegerField()
    language = models.CharField(max_length=10, blank=True, help_text="Nothing: nobody knows any more.")
    version = models.BigIntegerField(help_text="Of the entry, or one that is above all it had if it is gone.")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    rejected = models.TextField(blank=True, help_text="Why the cluster will never take it.")

    class Meta:
        verbose_name = _("change for the cluster")
        verbose_name_plural = _("changes for the cluster")
        indexes = [
            models.Index(fields=["due_at"], name="search_change_due", condition=models.Q(rejected="")),
            models.Index(fields=["entry_id"], name="search_change_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.version}"


class ClusterIndex(models.Model):
    """An index of the cluster that is being filled, or that answers. Any other is not ours, or is left over."""

    language = models.CharField(max_length=10)
    name = models.CharField(max_length=100, unique=True)
    uuid = models.CharField(max_length=40, blank=True, help_text="By this the cluster tells it from a namesake.")
    shape = models.CharField(
        max_length=100, blank=True, help_text="Of what the code asked for, and of what came of it."
    )
    serving = models.BooleanField(default=False)
    copied = models.BigIntegerField(default=0, help_text="While it is filled: the last entry that it has been given.")
    touched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("index of the cluster")
        verbose_name_plural = _("indexes of the cluster")
        constraints = [models.UniqueConstraint(fields=["language", "serving"], name="search_cluster_index_once")]

    def __str__(self) -> str:
        return self.name
