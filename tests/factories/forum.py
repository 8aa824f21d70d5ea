from itertools import count
from typing import Any

from accounts.models import User
from common.page_cache import drop_now
from forum import actions, boards
from forum.actions import Draft
from forum.models import Board, BoardText, Post, Topic
from tests.factories.people import make_user

numbers = count(1)


def make_board(
    title: str = "", *, groups: tuple[Any, ...] = (), moderators: tuple[Any, ...] = (), **fields: Any
) -> Board:
    """A board that everybody reads and members write on, unless told otherwise."""
    number = next(numbers)
    board = Board(**{"slug": f"board-{number}", **fields})
    board.texts = [BoardText(language="ru", title=title or f"Раздел {number}", description="О чём здесь говорят")]
    board.groups, board.moderators = groups, moderators
    board.save()
    drop_now((boards.TAG, "forum"))  # a test that doesn't commit would go on with the boards before
    return board


def make_talk(
    board: Board | None = None, *, by: User | None = None, replies: int = 0, text: str = "Первое сообщение", **said: Any
) -> Topic:
    """A topic with its first post, and replies by others."""
    board = board or make_board()
    draft = Draft(source=text, **{"title": f"Тема {next(numbers)}", "language": "ru", **said})
    post = actions.start_topic(boards.by_pk(board.pk), draft, by=by or make_user())
    for number in range(replies):
        make_reply(post.topic, text=f"Ответ {number}")
    return Topic.objects.get(pk=post.topic_id)


def make_reply(topic: Topic, *, by: User | None = None, text: str = "Ответ") -> Post:
    return actions.reply(topic, Draft(source=text), by=by or make_user())
