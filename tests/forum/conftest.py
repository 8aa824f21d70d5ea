import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from accounts.models import User
from forum import boards
from forum.boards import KnownBoard
from forum.models import Board, Tally, Topic
from tests.factories import make_user

ROLES = ("nobody", "member", "of the group", "moderator of the board", "moderator of all", "locked out")
MODERATORS = {"moderator of the board", "moderator of all"}
MEMBERS = {"member", "of the group", *MODERATORS}
GROUP = {"of the group", *MODERATORS}


@pytest.fixture
def council(db) -> Group:
    """A group with a board of its own."""
    return Group.objects.create(name="Youth council")


@pytest.fixture
def member(db) -> User:
    return make_user(display_name="Марина Климова")


@pytest.fixture
def keeper(db) -> User:
    """May do everything everywhere."""
    return make_user(is_superuser=True)


@pytest.fixture
def moderator(db) -> User:
    """Of one board's group, without rights elsewhere."""
    user = make_user(display_name="Глафира Петрова")
    user.groups.add(Group.objects.get_or_create(name="Board keepers")[0])
    return user


@pytest.fixture
def keepers(moderator) -> Group:
    return moderator.groups.get()


@pytest.fixture
def people(council, moderator) -> dict[str, object]:
    of_group, of_all = make_user(), make_user()
    of_group.groups.add(council)
    of_all.user_permissions.add(Permission.objects.get(codename="moderate"))
    locked_out = make_user(is_active=False)
    locked_out.groups.add(council)
    return dict(zip(ROLES, (AnonymousUser(), make_user(), of_group, moderator, of_all, locked_out), strict=True))


def numbers(topic: Topic) -> list[tuple[int | None, str]]:
    """Of its posts, with their words."""
    return list(topic.posts.order_by("number", "pk").values_list("number", "source"))


def tally(board: Board) -> tuple[int, int]:
    """How many topics and posts it says it has."""
    return Tally.objects.values_list("topics", "posts").get(board=board)


def known(topic: Topic) -> KnownBoard:
    """The board it stands on."""
    return boards.by_pk(topic.board_id)
