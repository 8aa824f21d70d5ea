"""What one follows, as the pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import can_see_profile
from forum import boards, rules
from forum.actions.watching import due_thread_of, thread_of, waiting_thread_of
from forum.enums import Kind
from forum.models import Topic, Watch
from forum.queries.watching import readable_tags


@dataclass(frozen=True)
class Followed:
    """``url``: empty where there is no page to lead to. ``hint``: what kind of thing it is."""

    target: str
    title: str
    hint: str
    url: str = ""
    language: str = ""
    icon: str = ""
    by_itself: bool = False


def threads_on(topic: Topic, *, moderates: bool) -> list[str]:
    """Of which notices one has read all, who has this topic before them."""
    due = [due_thread_of(topic.pk)] if topic.kind == Kind.PROPOSAL else []
    return [thread_of(topic.pk), *due, *([waiting_thread_of(topic.board_id)] if moderates else [])]


def followed(person: User, watches: Sequence[Watch]) -> list[Followed]:
    """What may not be read any more stands there without its name, so that it can be taken off the list."""
    asked = [watch.tag_id for watch in watches if watch.tag_id]
    tags = set(readable_tags(person).filter(pk__in=asked).values_list("pk", flat=True)) if asked else set()
    return [_followed(person, watch, tags) for watch in watches]


def _followed(person: User, watch: Watch, tags: set[int]) -> Followed:
    if watch.topic:
        return _topic(person, watch, watch.topic)
    if watch.board_id:
        return _board(person, watch)
    if watch.tag and watch.tag_id not in tags:
        return Followed(watch.target, _("A tag of topics that you can’t read any more"), _("Tag"), icon="bookmark")
    if watch.tag:
        address = f"{reverse('forum:index')}?{urlencode({'tag': watch.tag.name})}"
        return Followed(watch.target, watch.tag.name, _("Tag"), address, icon="bookmark")
    writer = watch.writer
    name = writer.get_full_name() if writer and writer.is_active else _("Former member")
    url = writer.get_absolute_url() if writer and can_see_profile(person, writer) else ""
    return Followed(watch.target, name, _("Person"), url, icon="user")


def _topic(person: User, watch: Watch, topic: Topic) -> Followed:
    if not rules.can_see_topic(person, topic):
        return Followed(watch.target, _("A topic that you can’t read any more"), _("Topic"), icon="message-square")
    return Followed(
        watch.target,
        topic.title,
        rules.board_of(topic).title,
        topic.get_absolute_url(),
        topic.language,
        "message-square",
        by_itself=watch.by_itself,
    )


def _board(person: User, watch: Watch) -> Followed:
    board = boards.all_boards().get(watch.board_id or 0)
    if board is None or not rules.can_read(person, board):
        return Followed(watch.target, _("A board that you can’t read any more"), _("Board"), icon="messages-square")
    return Followed(watch.target, board.title, _("Board"), board.url, board.text_language, "messages-square")
