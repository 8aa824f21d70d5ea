"""Where a post stands, as the index knows it: what a search inside a board or a topic is narrowed to."""

from forum import rules
from forum.boards import KnownBoard
from forum.models import Topic
from forum.rules import Somebody

PUBLIC = "forum"  # all that stands on boards that everybody reads


def of_board(board: KnownBoard) -> str:
    return f"board-{board.pk}"


def of_topic(topic: Topic) -> str:
    return f"topic-{topic.pk}"


def around(topic: Topic) -> list[str]:
    """Where each post of the topic stands."""
    board = rules.board_of(topic)
    return [*([PUBLIC] if rules.is_public(board) else []), of_board(board), of_topic(topic)]


def readable(user: Somebody) -> list[str]:
    """All that somebody may read, in as few places as hold it."""
    closed = (board for board in rules.readable_boards(user) if not rules.is_public(board))
    return [PUBLIC, *map(of_board, closed)]
