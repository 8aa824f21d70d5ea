from django.db import models


class Imported(models.Model):
    """What of an old forum is here already: forum.actions.importing."""

    source = models.CharField(max_length=60, help_text="Which forum it was.")
    kind = models.CharField(max_length=10, help_text="user, board, topic, post")
    key = models.CharField(max_length=200, help_text="Its number there.")
    here = models.BigIntegerField(help_text="Its number here.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.key}"
