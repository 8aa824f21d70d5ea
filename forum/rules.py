"""Who may read, start, reply, edit and moderate. Views, actions, feeds, the index and templates ask here."""

from datetime import timedelta
from typing import TypeAlias

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts import rules as accounts_rules
from accounts.models import User
from forum import boards
from forum.boards import KnownBoard
from forum.enums import Circle, Held, Kind, Standing, State
from forum.models import Post, Topic

Somebody: TypeAlias = User | AnonymousUser


def can_moderate(user: Somebody, board: KnownBoard) -> bool:
    if not user.is_authenticated:
        return False
    return _moderates_everywhere(user) or bool(board.moderators and board.moderators & groups_of(user))


def can_read(user: Somebody, board: KnownBoard) -> bool:
    """Whoever is kept out of the board above is kept out of this one too."""
    if board.above and not can_read(user, board.above):
        return False
    return _belongs(user, board.who_reads, board) or can_moderate(user, board)


def is_public(board: KnownBoard) -> bool:
    """Only then may feeds, the index and the sitemap say anything of it."""
    return can_read(AnonymousUser(), board)


def can_start(user: Somebody, board: KnownBoard) -> bool:
    if not user.is_authenticated or not user.is_active or not board.kinds:
        return False
    return can_read(user, board) and (_belongs(user, board.who_starts, board) or can_moderate(user, board))


def can_reply(user: Somebody, topic: Topic) -> bool:
    board = board_of(topic)
    if not user.is_authenticated or not user.is_active or topic.standing != Standing.SHOWN:
        return False
    if not can_read(user, board):
        return False
    if can_moderate(user, board):
        return topic.state != State.ARCHIVED
    return topic.state == State.OPEN and _belongs(user, board.who_replies, board)


def can_see_topic(user: Somebody, topic: Topic) -> bool:
    """What waits is seen by its author and by moderators, what is removed only by moderators."""
    board = board_of(topic)
    if not can_read(user, board):
        return False
    if topic.standing == Standing.SHOWN or can_moderate(user, board):
        return True
    return topic.standing == Standing.WAITING and _is_author(user, topic)


def can_see_post(user: Somebody, post: Post) -> bool:
    """The words of it: of a removed post everybody sees that there was one."""
    if not can_see_topic(user, post.topic):
        return False
    if post.standing == Standing.SHOWN or can_moderate(user, board_of(post.topic)):
        return True
    return post.standing == Standing.WAITING and _is_author(user, post)


def can_edit(user: Somebody, post: Post) -> bool:
    """The author for some hours, moderators always; nobody in the archive."""
    if post.standing == Standing.REMOVED or not _is_alive(post.topic) or not can_see_post(user, post):
        return False
    fresh = timezone.now() - post.posted_at < timedelta(hours=settings.FORUM_EDIT_HOURS)
    own = _is_author(user, post) and fresh and post.topic.state == State.OPEN
    return own or can_moderate(user, board_of(post.topic))


def can_remove(user: Somebody, post: Post) -> bool:
    """Authors take back what they wrote; a topic that others have answered is not theirs alone any more."""
    if post.standing == Standing.REMOVED or not _is_alive(post.topic) or not can_see_post(user, post):
        return False
    if can_moderate(user, board_of(post.topic)):
        return True
    answered = post.number == 1 and post.topic.last_number > 1
    return _is_author(user, post) and not answered and post.topic.state == State.OPEN


def can_see_history(user: Somebody, post: Post) -> bool:
    return post.edited_at is not None and can_see_post(user, post)


def can_react(user: Somebody, post: Post) -> bool:
    """Not to one's own words."""
    return (
        user.is_authenticated
        and user.is_active
        and post.standing == Standing.SHOWN
        and _is_alive(post.topic)
        and not _is_author(user, post)
        and can_see_post(user, post)
    )


def can_accept(user: Somebody, topic: Topic) -> bool:
    """Who asked says what helped."""
    if topic.kind != Kind.QUESTION or not _is_alive(topic) or not can_see_topic(user, topic):
        return False
    return _is_author(user, topic) or can_moderate(user, board_of(topic))


def must_wait(user: User, board: KnownBoard) -> bool:
    """Whether a moderator looks at the post first."""
    if board.held == Held.NONE or can_moderate(user, board):
        return False
    return board.held == Held.ALL or not Post.objects.filter(author=user, standing=Standing.SHOWN).exists()


def has_confirmed_address(user: User) -> bool:
    return accounts_rules.has_confirmed_address(user)


def readable_boards(user: Somebody) -> list[KnownBoard]:
    return [board for board in boards.all_boards().values() if can_read(user, board)]


def moderated_boards(user: Somebody) -> list[KnownBoard]:
    return [board for board in readable_boards(user) if can_moderate(user, board)]


def board_of(topic: Topic) -> KnownBoard:
    """Asked for once, however many of its posts are judged."""
    known: KnownBoard | None = getattr(topic, "known_board", None)
    if known is None or known.pk != topic.board_id:
        known = boards.by_pk(topic.board_id)
        topic.known_board = known  # type: ignore[attr-defined]
    return known


def groups_of(user: User) -> frozenset[int]:
    """Asked once for a request, like Django's own permissions."""
    if not hasattr(user, "known_groups"):
        user.known_groups = frozenset(user.groups.values_list("pk", flat=True))  # type: ignore[attr-defined]
    return user.known_groups  # type: ignore[attr-defined]


def _moderates_everywhere(user: User) -> bool:
    if not hasattr(user, "moderates_everywhere"):
        user.moderates_everywhere = user.has_perm("forum.moderate")  # type: ignore[attr-defined]
    return user.moderates_everywhere  # type: ignore[attr-defined]


def _belongs(user: Somebody, circle: str, board: KnownBoard) -> bool:
    if circle == Circle.EVERYONE:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    return circle == Circle.MEMBERS or bool(board.groups & groups_of(user))


def _is_author(user: Somebody, thing: Post | Topic) -> bool:
    return user.is_authenticated and thing.author_id == user.pk


def _is_alive(topic: Topic) -> bool:
    return topic.state != State.ARCHIVED and topic.standing != Standing.REMOVED
