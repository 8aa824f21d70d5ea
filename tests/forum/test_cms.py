"""Boards are looked after in the CMS, by those who may."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from forum import boards
from forum.models import Board
from pages.staff_groups import COORDINATORS, MEDIA_TEAM, MODERATORS
from partners.actions import add_member
from partners.enums import Role
from tests.factories import make_board, make_partner, make_talk, make_user

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_forum_board:list"


def fields(**changed) -> dict[str, str]:
    words = {"title": "Ремесло", "description": "Руками", "language": "ru", "id": "", "ORDER": "1", "DELETE": ""}
    return {
        "slug": "crafts",
        "parent": "",
        "sort_order": "0",
        "hue": "k-event",
        "language": "",
        "kinds": ["question", "discussion"],
        "who_reads": "everyone",
        "who_starts": "members",
        "who_replies": "members",
        "groups": [],
        "held": "first",
        "moderators": [],
        "threshold": "100",
        "collecting_days": "60",
        "texts-TOTAL_FORMS": "1",
        "texts-INITIAL_FORMS": "0",
        "texts-MIN_NUM_FORMS": "1",
        "texts-MAX_NUM_FORMS": "1000",
        **{f"texts-0-{name}": value for name, value in words.items()},
        **changed,
    }


@pytest.fixture
def coordinator(city, client):
    user = make_user()
    user.groups.add(Group.objects.get(name=COORDINATORS))
    client.force_login(user)
    return client


def test_coordinator_makes_a_board(coordinator):
    answer = coordinator.post(reverse("wagtailsnippets_forum_board:add"), fields())
    board = Board.objects.get()

    assert answer.url == reverse(LIST)
    assert (board.slug, board.kinds, board.held, str(board)) == (
        "crafts",
        ["question", "discussion"],
        "first",
        "Ремесло",
    )
    boards.forget()
    assert "Ремесло" in coordinator.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("slug", ["topics", "posts", "atom", "new"])
def test_words_that_addresses_need_are_taken(coordinator, slug):
    answer = coordinator.post(reverse("wagtailsnippets_forum_board:add"), fields(slug=slug))

    assert answer.status_code == 200
    assert answer.context["form"].errors == {"slug": ["Это слово занято. Выберите другое."]}


def test_boards_stand_in_two_levels(coordinator):
    top = make_board()
    below = make_board(parent=top)

    answer = coordinator.post(reverse("wagtailsnippets_forum_board:add"), fields(parent=below.pk))

    assert list(answer.context["form"].errors) == ["parent"]


def test_board_with_topics_cannot_be_deleted(coordinator):
    board = make_board()
    make_talk(board)

    answer = coordinator.post(reverse("wagtailsnippets_forum_board:delete", args=[board.pk]), follow=True)

    assert "Сначала перенесите их." in answer.content.decode()
    assert Board.objects.filter(pk=board.pk).exists()


def test_boards_with_topics_cannot_be_deleted_in_bulk(coordinator):
    full, empty = make_board(), make_board()
    make_talk(full)
    path = reverse("wagtail_bulk_action", args=["forum", "board", "delete"])

    coordinator.post(f"{path}?id={full.pk}&id={empty.pk}&next=/cms/")
    assert Board.objects.count() == 2
    coordinator.post(f"{path}?id={empty.pk}&next=/cms/")
    assert list(Board.objects.all()) == [full]


@pytest.mark.parametrize(
    ("group", "seen"), [(COORDINATORS, True), (MODERATORS, True), (MEDIA_TEAM, False), ("a partner's team", False)]
)
def test_who_sees_boards_in_the_cms(city, client, group, seen):
    user = make_user()
    if group == "a partner's team":
        add_member(make_partner(), user, Role.OWNER)
    else:
        user.groups.add(Group.objects.get(name=group))
    make_board("Тайный раздел")
    client.force_login(user)

    answer = client.get(reverse(LIST))

    assert ("Тайный раздел" in answer.content.decode()) is seen
