"""What one follows, as the pages show it."""

from forum.actions.watching import thread_of, waiting_thread_of
from forum.models import Topic


def threads_on(topic: Topic, *, moderates: bool) -> list[str]:
    """Of which notices one has read all, who has this topic before them."""
    return [thread_of(topic.pk), *([waiting_thread_of(topic.board_id)] if moderates else [])]
