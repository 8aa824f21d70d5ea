"""The log of decisions: complete, and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from forum import actions, boards
from forum.actions import Draft
from forum.counters import differences
from forum.enums import Deed, Held, Kind, Pin, State
from forum.models import Case, Decision, FinalError, Tally, Topic
from search.checks import differences as index_differences
from tests.factories import make_board, make_moderator, make_removal, make_reply, make_talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge(db):
    return make_moderator(display_name="Вера Судейкина")


def deeds(**about) -> list[str]:
    return list(Decision.objects.filter(**about).order_by("pk").values_list("deed", flat=True))


def test_every_deed_of_a_moderator_is_logged(judge, member):
    board = boards.by_pk(make_board(held=Held.ALL).pk)
    there = boards.by_pk(make_board().pk)
    first = actions.start_topic(
        board, Draft(source="Вопрос", title="Тема", language="ru", kind=Kind.QUESTION), by=member
    )
    actions.approve(first, by=judge)
    answer = actions.approve(actions.reply(first.topic, Draft(source="Ответ"), by=member), by=judge)
    topic = Topic.objects.get()
    actions.accept_answer(answer, by=judge)
    actions.pin_topic(topic, Pin.BOARD, by=judge)
    actions.set_state(topic, State.LOCKED, by=judge)
    actions.move_topic(topic, there, by=judge)
    actions.edit(answer, Draft(source="Правка"), by=judge)
    actions.remove(answer, by=judge, reason="Почему", ground="insult")
    actions.restore(answer, by=judge)

    assert deeds() == ["approve", "approve", "accept", "pin", "state", "move", "edit", "remove", "restore"]
    assert deeds(by=judge, topic=topic) == deeds()
    removal = Decision.objects.get(deed=Deed.REMOVE)
    assert (removal.person, removal.post, removal.board_id) == (member, answer, there.pk)
    assert (removal.ground, removal.reason) == ("insult", "Почему")
    assert removal.before == {"standing": "shown", "number": 2, "accepted": True, "source": "Правка"}
    edit = Decision.objects.get(deed=Deed.EDIT)
    assert (edit.before, edit.after) == ({"source": "Ответ"}, {"source": "Правка"})
    move = Decision.objects.get(deed=Deed.MOVE)
    assert (move.before, move.after) == ({"board": board.pk}, {"board": there.pk})


def test_what_authors_do_themselves_is_no_decision(member):
    topic = make_talk(by=member, kind=Kind.QUESTION)
    answer = make_reply(topic)
    mine = make_reply(topic, by=member)

    actions.accept_answer(answer, by=member)
    actions.edit(mine, Draft(source="Иначе"), by=member)
    actions.remove(mine, by=member)

    assert deeds() == []


def test_a_refused_deed_leaves_nothing(judge, member):
    topic = make_talk(by=member)
    actions.remove(topic.posts.get(), by=judge)

    with pytest.raises(actions.steps.NotAllowedError):
        actions.remove(topic.posts.get(), by=judge)

    assert deeds() == ["remove"]


@pytest.mark.parametrize(
    "change",
    [
        lambda decision: decision.save(),
        lambda decision: decision.delete(),
        lambda decision: Decision.objects.filter(pk=decision.pk).update(reason="x"),
        lambda decision: Decision.objects.filter(pk=decision.pk).delete(),
        lambda decision: Decision.objects.bulk_update([decision], ["reason"]),
    ],
)
def test_the_orm_refuses_to_change_the_log(judge, change):
    decision = make_removal(make_talk().posts.get(), by=judge)

    with pytest.raises(FinalError):
        change(decision)

    assert Decision.objects.get().reason == "Так нельзя"


@pytest.mark.parametrize("statement", ["UPDATE forum_decision SET reason = 'x'", "DELETE FROM forum_decision"])
def test_the_database_refuses_to_change_the_log(judge, statement):
    """Whoever alters the table on SQLite must put the triggers back: see migration 0006."""
    make_removal(make_talk().posts.get(), by=judge)

    with pytest.raises(DatabaseError, match="final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Decision.objects.get().reason == "Так нельзя"


# --- bringing back ----------------------------------------------------------------------------------------------------
def whole() -> dict[str, object]:
    topic = Topic.objects.order_by("pk").first()
    return {
        "topic": (topic.standing, topic.last_number, topic.replies, topic.last_author_id),
        "posts": list(topic.posts.order_by("pk").values_list("number", "standing", "reason", "removed_by")),
        "tally": Tally.objects.values_list("topics", "posts").get(board=topic.board_id),
        "accepted": topic.accepted_id,
    }


@pytest.mark.parametrize("number", [1, 2, 3])
def test_what_is_brought_back_is_as_it_was(city, judge, member, number):
    topic = make_talk(by=member, kind=Kind.QUESTION, replies=2)
    actions.accept_answer(topic.posts.get(number=3), by=member)
    before = whole()

    make_removal(topic.posts.select_related("topic").get(number=number), by=judge)
    assert whole() != before
    actions.restore(topic.posts.get(number=number), by=judge)

    assert whole() == before
    assert list(differences()) == []
    assert list(index_differences()) == []


def test_what_was_removed_while_it_waited_is_shown_when_it_is_brought_back(city, judge, member):
    topic = make_talk(make_board(held=Held.ALL), by=member)
    make_removal(topic.posts.get(), by=judge)

    actions.restore(topic.posts.get(), by=judge)

    topic.refresh_from_db()
    assert (topic.standing, topic.last_number, topic.posts.get().number) == ("shown", 1, 1)
    assert list(differences()) == []
    assert list(index_differences()) == []


def test_what_waited_in_a_removed_topic_waits_again(judge, member):
    board = make_board(held=Held.ALL)
    topic = make_talk(board, by=member)
    actions.approve(topic.posts.get(), by=judge)
    actions.reply(Topic.objects.get(), Draft(source="Жду"), by=member)
    first = topic.posts.get(number=1)

    make_removal(first, by=judge)
    assert Case.objects.filter(closed_at=None).count() == 0
    actions.restore(first, by=judge)

    assert Case.objects.filter(closed_at=None).values_list("matter", "post__source").get() == ("post", "Жду")


def test_a_reply_stays_away_while_its_topic_is_removed(judge):
    topic = make_talk(replies=1)
    make_removal(topic.posts.get(number=2), by=judge)
    make_removal(topic.posts.get(number=1), by=judge)

    with pytest.raises(actions.steps.NotAllowedError):
        actions.restore(topic.posts.get(number=2), by=judge)

    assert topic.posts.get(number=2).is_removed
