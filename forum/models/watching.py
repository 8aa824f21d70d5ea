"""What somebody follows, and what they want to hear nothing of."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from forum.enums import Mode
from forum.models.boards import Board
from forum.models.topics import Tag, Topic

TARGETS = ("board", "topic", "tag", "writer")


def one_target() -> Q:
    alone = Q()
    for target in TARGETS:
        others = {f"{other}__isnull": other != target for other in TARGETS}
        alone |= Q(**others)
    return alone


class Watch(models.Model):
    """Of a board or a tag one hears new topics, of a topic replies, of a person what they write.

    ``by_itself``: because the person wrote there.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_watches", db_index=False
    )
    board = models.ForeignKey(Board, null=True, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, null=True, on_delete=models.CASCADE, related_name="+")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=5, choices=Mode.choices)
    by_itself = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "board"], name="watch_board_once"),
            models.UniqueConstraint(fields=["person", "topic"], name="watch_topic_once"),
            models.UniqueConstraint(fields=["person", "tag"], name="watch_tag_once"),
            models.UniqueConstraint(fields=["person", "writer"], name="watch_writer_once"),
            models.CheckConstraint(condition=one_target(), name="watch_has_one_target"),
            models.CheckConstraint(condition=Q(writer=None) | ~Q(writer=F("person")), name="watch_not_oneself"),
        ]
        indexes = [models.Index(fields=["person", "-made_at", "-id"], name="watch_own")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.mode} {self.target}"

    @property
    def target(self) -> str:
        """As forms name it: ``topic:5``."""
        return next(f"{one}:{pk}" for one in TARGETS if (pk := getattr(self, f"{one}_id")) is not None)
