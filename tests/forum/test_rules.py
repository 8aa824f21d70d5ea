"""Who may do what: role × what the board allows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum import boards, rules
from forum.enums import Circle, Held, Kind, Standing, State
from forum.models import Board, Post, Topic
from tests.factories import make_board, make_reply, make_talk, make_user
from tests.forum.conftest import GROUP, MEMBERS, MODERATORS, ROLES

pytestmark = pytest.mark.django_db


def who(people, allowed) -> set[str]:
    return {role for role, person in people.items() if allowed(person)}


@pytest.mark.parametrize(
    ("circle", "readers"),
    [(Circle.EVERYONE, set(ROLES)), (Circle.MEMBERS, MEMBERS), (Circle.GROUPS, GROUP)],
)
def test_who_reads(people, council, keepers, circle, readers):
    board = boards.by_pk(make_board(who_reads=circle, groups=(council,), moderators=(keepers,)).pk)

    assert who(people, lambda person: rules.can_read(person, board)) == readers


@pytest.mark.parametrize(("circle", "writers"), [(Circle.MEMBERS, MEMBERS), (Circle.GROUPS, GROUP)])
def test_who_starts(people, council, keepers, circle, writers):
    board = boards.by_pk(make_board(who_starts=circle, groups=(council,), moderators=(keepers,)).pk)

    assert who(people, lambda person: rules.can_start(person, board)) == writers


@pytest.mark.parametrize(
    ("state", "circle", "writers"),
    [
        (State.OPEN, Circle.MEMBERS, MEMBERS),
        (State.OPEN, Circle.GROUPS, GROUP),
        (State.LOCKED, Circle.MEMBERS, MODERATORS),
        (State.ARCHIVED, Circle.MEMBERS, set()),
    ],
)
def test_who_replies(people, council, keepers, state, circle, writers):
    topic = make_talk(make_board(who_replies=circle, groups=(council,), moderators=(keepers,)))
    topic.state = state

    assert who(people, lambda person: rules.can_reply(person, topic)) == writers


def test_who_may_not_read_may_not_write(people, council, keepers):
    """Also where writing is open to more people than reading: the narrower rule counts."""
    board = make_board(who_reads=Circle.GROUPS, groups=(council,), moderators=(keepers,))
    topic = make_talk(board, by=people["of the group"])
    known = boards.by_pk(board.pk)

    assert who(people, lambda person: rules.can_start(person, known)) == GROUP
    assert who(people, lambda person: rules.can_reply(person, topic)) == GROUP


def test_board_below_a_closed_one_is_closed(people, council, keepers):
    top = make_board(who_reads=Circle.GROUPS, groups=(council,))
    board = boards.by_pk(make_board(parent=top, moderators=(keepers,)).pk)

    assert who(people, lambda person: rules.can_read(person, board)) == {"of the group", "moderator of all"}
    assert rules.is_public(board) is False


@pytest.mark.parametrize(
    ("standing", "readers"),
    [
        (Standing.SHOWN, {*ROLES, "author"}),
        (Standing.WAITING, {*MODERATORS, "author"}),
        (Standing.REMOVED, MODERATORS),
    ],
)
def test_who_sees_a_post(people, keepers, standing, readers):
    author = make_user()
    post = make_reply(make_talk(make_board(moderators=(keepers,))), by=author)
    post.standing = standing

    assert who(people | {"author": author}, lambda person: rules.can_see_post(person, post)) == readers


@pytest.mark.parametrize(
    ("standing", "readers"),
    [
        (Standing.SHOWN, {*ROLES, "author"}),
        (Standing.WAITING, {*MODERATORS, "author"}),
        (Standing.REMOVED, MODERATORS),
    ],
)
def test_who_sees_a_topic(people, keepers, standing, readers):
    author = make_user()
    topic = make_talk(make_board(moderators=(keepers,)), by=author)
    topic.standing = standing

    assert who(people | {"author": author}, lambda person: rules.can_see_topic(person, topic)) == readers


@pytest.mark.parametrize(
    ("hours", "state", "writers"),
    [
        (1, State.OPEN, {*MODERATORS, "author"}),
        (25, State.OPEN, MODERATORS),
        (1, State.LOCKED, MODERATORS),
        (1, State.ARCHIVED, set()),
    ],
)
def test_who_edits(people, keepers, hours, state, writers):
    author = make_user()
    post = make_talk(make_board(moderators=(keepers,)), by=author).posts.get()
    post.posted_at, post.topic.state = timezone.now() - timedelta(hours=hours), state

    assert who(people | {"author": author}, lambda person: rules.can_edit(person, post)) == writers


def test_hours_for_editing_are_a_setting(settings):
    settings.FORUM_EDIT_HOURS = 2
    author = make_user()
    post = make_talk(by=author).posts.get()

    post.posted_at = timezone.now() - timedelta(hours=1)
    assert rules.can_edit(author, post) is True
    post.posted_at = timezone.now() - timedelta(hours=3)
    assert rules.can_edit(author, post) is False


@pytest.mark.parametrize(("replies", "removers"), [(0, {*MODERATORS, "author"}), (1, MODERATORS)])
def test_who_removes_a_topic(people, keepers, replies, removers):
    author = make_user()
    topic = make_talk(make_board(moderators=(keepers,)), by=author, replies=replies)
    post = topic.posts.select_related("topic").get(number=1)

    assert who(people | {"author": author}, lambda person: rules.can_remove(person, post)) == removers


def test_who_reacts(people, keepers):
    author = make_user()
    post = make_talk(make_board(moderators=(keepers,)), by=author).posts.get()

    assert who(people | {"author": author}, lambda person: rules.can_react(person, post)) == MEMBERS


def test_who_accepts_an_answer(people, keepers):
    author = make_user()
    topic = make_talk(make_board(moderators=(keepers,)), by=author, kind=Kind.QUESTION)

    assert who(people | {"author": author}, lambda person: rules.can_accept(person, topic)) == {*MODERATORS, "author"}


@pytest.mark.parametrize(
    ("held", "before", "waits"),
    [
        (Held.NONE, 0, False),
        (Held.FIRST, 0, True),
        (Held.FIRST, 1, False),
        (Held.ALL, 1, True),
    ],
)
def test_whose_posts_wait(member, held, before, waits):
    elsewhere = make_board()
    for _ in range(before):
        make_talk(elsewhere, by=member)

    assert rules.must_wait(member, boards.by_pk(make_board(held=held).pk)) is waits


def test_moderators_posts_never_wait(moderator, keepers):
    board = boards.by_pk(make_board(held=Held.ALL, moderators=(keepers,)).pk)

    assert rules.must_wait(moderator, board) is False


def test_known_boards_follow_a_change(transactional_db):
    board = make_board("Первый")
    assert boards.by_pk(board.pk).title == "Первый"

    text = board.texts.get()
    text.title = "Второй"
    text.save()

    assert boards.by_pk(board.pk).title == "Второй"


def test_groups_of_a_board_follow_a_change(transactional_db, council):
    board = make_board(who_reads=Circle.GROUPS)
    assert boards.by_pk(board.pk).groups == frozenset()

    board = Board.objects.get(pk=board.pk)
    board.groups.add(council)
    board.save()

    assert boards.by_pk(board.pk).groups == {council.pk}


def test_nothing_is_judged_by_a_stale_board(member):
    """A topic that was moved is judged by where it stands now."""
    topic = make_talk(make_board())
    assert rules.can_reply(member, topic) is True

    topic.board_id = make_board(who_replies=Circle.GROUPS).pk

    assert rules.can_reply(member, topic) is False
    assert (Topic.objects.count(), Post.objects.count()) == (1, 1)
