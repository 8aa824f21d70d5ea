"""Splitting topics: what goes takes everything along, what stays keeps its places."""

import pytest
from django.urls import reverse

from forum import actions
from forum.counters import differences
from forum.enums import Kind, Liking, Mode, Standing
from forum.errors import NotAllowedError
from forum.models import Case, Decision, Reaction, ReadMark, Watch
from notices.models import Notice
from tests.factories import make_board, make_reply, make_talk, make_user
from tests.forum.conftest import known, numbers, tally

pytestmark = pytest.mark.django_db


def test_split_numbers_anew_and_leaves_the_places(keeper):
    board, other = make_board(), make_board()
    topic = make_talk(board, text="1")
    for number in range(2, 6):
        make_reply(topic, text=str(number))

    new = actions.split_topic(topic, [2, 4, 5], known(make_talk(other)), "О другом", by=keeper)

    topic.refresh_from_db()
    assert numbers(new) == [(1, "2"), (2, "4"), (3, "5")]
    assert numbers(topic) == [(1, "1"), (2, ""), (3, "3"), (4, ""), (5, "")]
    assert (new.last_number, new.replies, new.title) == (3, 2, "О другом")
    assert (topic.last_number, topic.replies) == (5, 1)
    assert new.author == new.posts.get(number=1).author
    assert topic.last_author == topic.posts.get(number=3).author
    assert (tally(board), tally(other)) == ((1, 2), (2, 4))
    assert list(differences()) == []


def test_next_reply_after_a_split_takes_the_next_number(keeper):
    topic = make_talk(replies=2)
    actions.split_topic(topic, [3], known(topic), "О другом", by=keeper)

    assert make_reply(topic).number == 4


def test_split_keeps_reactions_reports_and_addresses(keeper, member, client):
    topic = make_talk(replies=1)
    post = topic.posts.get(number=2)
    actions.react(post, Liking.USEFUL, by=member, on=True)
    actions.report_post(post, "spam", by=member)

    new = actions.split_topic(topic, [2], known(topic), "О другом", by=keeper)

    assert Reaction.objects.get().post.topic == new
    assert Case.objects.get().post.topic == new
    answer = client.get(reverse("forum:post", args=[post.pk]))
    assert answer.url == f"{new.get_absolute_url()}#post-1"
    place = topic.posts.get(number=2)
    assert client.get(reverse("forum:post", args=[place.pk])).url == answer.url


def test_split_and_merge_back_loses_nothing(keeper):
    topic = make_talk(replies=3)
    new = actions.split_topic(topic, [2, 3], known(topic), "О другом", by=keeper)

    actions.merge_topics(new, topic, by=keeper)

    topic.refresh_from_db()
    shown = topic.posts.filter(standing=Standing.SHOWN).order_by("number")
    assert list(shown.values_list("number", flat=True)) == [1, 4, 5, 6]
    assert list(differences()) == []


def test_split_takes_the_answer_along(keeper):
    topic = make_talk(kind=Kind.QUESTION, replies=2)
    answer = topic.posts.get(number=3)
    actions.accept_answer(answer, by=keeper)

    new = actions.split_topic(topic, [2, 3], known(topic), "О другом", by=keeper)

    topic.refresh_from_db()
    assert (topic.accepted, new.accepted) == (None, answer)


def test_split_carries_marks_watches_and_notices(keeper, member):
    topic = make_talk(by=member, replies=3)
    reader = make_user()
    actions.mark_read(reader, topic, 3)
    moved = topic.posts.get(number=3)

    new = actions.split_topic(topic, [3, 4], known(topic), "О другом", by=keeper)

    assert ReadMark.objects.get(person=reader, topic=new).number == 1
    assert Watch.objects.get(person=member, topic=new).mode == Mode.WATCH
    assert set(Notice.objects.filter(person=member, thread=f"topic:{new.pk}").values_list("key", flat=True)) == {
        f"post:{moved.pk}",
        f"post:{new.posts.get(number=2).pk}",
    }


def test_each_author_is_told_of_a_split_once(keeper):
    anna, boris = make_user(), make_user()
    topic = make_talk()
    for person in (anna, boris, anna):
        make_reply(topic, by=person)

    actions.split_topic(topic, [2, 3, 4], known(topic), "О другом", by=keeper, reason="Это другое")

    rows = Decision.objects.order_by("pk").values_list("person", "before__numbers", "reason")
    assert sorted(rows) == sorted([(anna.pk, [2, 4], "Это другое"), (boris.pk, [3], "Это другое")])
    told = Notice.objects.filter(kind="decision").values_list("person", flat=True)
    assert sorted(told) == sorted([anna.pk, boris.pk])


@pytest.mark.parametrize("chosen", [[], [1], [1, 2], [9], [3], list(range(2, 300))])
def test_what_cannot_be_split_is_refused(keeper, chosen):
    topic = make_talk(replies=2)
    actions.remove(topic.posts.get(number=3), by=keeper, ground="spam")

    with pytest.raises(NotAllowedError):
        actions.split_topic(topic, chosen, known(topic), "О другом", by=keeper)

    assert list(differences()) == []


def test_split_to_a_board_of_others_is_refused(moderator, keepers):
    topic = make_talk(make_board(moderators=[keepers]), replies=1)

    with pytest.raises(NotAllowedError):
        actions.split_topic(topic, [2], known(make_talk()), "О другом", by=moderator)
