"""Several at once, with real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import User
from forum import actions
from forum.actions import Draft
from forum.enums import Liking
from forum.models import Post, Reaction, ReadMark, Tally, Topic
from tests.factories import make_talk, make_user

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6


def together(work, people: list[User]) -> list[object]:
    barrier = Barrier(len(people))

    def one(person: User) -> object:
        barrier.wait()
        try:
            return work(person)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(one, people))


def test_replies_at_once_get_dense_numbers():
    topic = make_talk()

    together(
        lambda person: actions.reply(topic, Draft(source="Разом"), by=person), [make_user() for _ in range(WRITERS)]
    )

    topic.refresh_from_db()
    numbers = list(topic.posts.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS + 2))
    assert (topic.last_number, topic.replies) == (WRITERS + 1, WRITERS)
    assert Tally.objects.values_list("topics", "posts").get(board=topic.board_id) == (1, WRITERS + 1)


def test_one_form_sent_at_once_makes_one_post():
    topic, person, draft = make_talk(), make_user(), Draft(source="Дважды", ticket=uuid4())

    made = together(lambda _: actions.reply(topic, draft, by=person), [person] * 4)

    assert len(set(made)) == 1
    assert Post.objects.filter(source="Дважды").count() == 1


def test_one_new_topic_sent_at_once_is_made_once():
    from forum import boards

    board, person = boards.by_pk(make_talk().board_id), make_user()
    draft = Draft(source="Дважды", title="Тема", language="ru", tags=("вело",), ticket=uuid4())

    made = together(lambda _: actions.start_topic(board, draft, by=person), [person] * 4)

    assert len(set(made)) == 1
    assert Topic.objects.filter(title="Тема").count() == 1


def test_reactions_and_marks_at_once_are_one_each():
    post, person = make_talk().posts.get(), make_user()

    together(lambda _: actions.react(post, Liking.USEFUL, by=person, on=True), [person] * 4)
    together(lambda _: actions.mark_read(person, post.topic, 1), [person] * 4)

    assert (Reaction.objects.count(), ReadMark.objects.filter(person=person).count()) == (1, 1)
