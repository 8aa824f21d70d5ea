"""Counts that are kept as people write agree with a recount, and can be mended."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from forum import actions, boards
from forum.counters import differences
from forum.enums import Held
from forum.models import Tally, Topic
from tests.factories import make_board, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(member, moderator, keepers) -> Topic:
    """Written, held, approved, removed and moved."""
    here, there = (make_board(held=Held.ALL, moderators=(keepers,)) for _ in range(2))
    topic = make_talk(here, by=moderator)
    for number in range(6):
        post = make_reply(topic, by=make_user())
        if number % 3:
            actions.approve(post, by=moderator)
    actions.remove(topic.posts.get(number=3), by=moderator)
    held = make_talk(here, by=member)
    gone = make_talk(here, by=moderator)
    actions.remove(gone.posts.get(), by=moderator)
    actions.move_topic(topic, boards.by_pk(there.pk), by=moderator)
    actions.approve(held.posts.get(), by=moderator)
    return Topic.objects.get(pk=topic.pk)


def test_counts_agree_after_everything_that_happens(busy):
    assert list(differences()) == []
    assert (busy.last_number, busy.replies) == (5, 3)


def test_recount_finds_and_mends(busy):
    Topic.objects.filter(pk=busy.pk).update(replies=9)
    Tally.objects.filter(board=busy.board_id).update(posts=1)

    with pytest.raises(CommandError, match="2 differences"):
        call_command("synchronize_forum", check=True, stdout=StringIO())
    printed = StringIO()
    call_command("synchronize_forum", stdout=printed)

    assert printed.getvalue().splitlines() == [
        f"topic {busy.pk}: stored (5, 9, 5), counted (5, 3, 5)",
        f"board {busy.board.slug}: stored (1, 1), counted (1, 4)",
        "2 differences mended.",
    ]
    assert list(differences()) == []
