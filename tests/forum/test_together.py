"""Several at once, with real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import User
from forum import actions
from forum.actions import Draft
from forum.counters import differences
from forum.enums import Liking, Status
from forum.errors import ClosedError, MergedError, NotAllowedError
from forum.models import Post, Reaction, ReadMark, Tally, Topic
from tests.factories import make_board, make_proposal, make_talk, make_user

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


# --- proposals --------------------------------------------------------------------------------------------------------
def test_votes_at_once_reach_the_threshold_once():
    proposal = make_proposal(make_board(threshold=WRITERS - 2))

    together(lambda person: actions.support(proposal.topic, by=person, on=True), [make_user() for _ in range(WRITERS)])

    proposal.refresh_from_db()
    assert (proposal.status, proposal.supports) == (Status.REVIEW, WRITERS)
    assert proposal.steps.filter(status=Status.REVIEW).count() == 1
    assert list(differences()) == []


def test_one_person_voting_at_once_votes_once():
    proposal, person = make_proposal(), make_user()

    together(lambda _: actions.support(proposal.topic, by=person, on=True), [person] * 4)

    proposal.refresh_from_db()
    assert (proposal.supports, proposal.support_rows.count()) == (1, 1)


def test_merge_beside_votes_and_replies_loses_nothing():
    board = make_board(threshold=100)
    one, other = make_proposal(board), make_proposal(board)
    keeper = make_user(is_superuser=True)
    people = [make_user() for _ in range(WRITERS)]

    def work(person: User) -> str:
        try:
            if person == keeper:
                actions.merge_proposal(one.topic, other.topic, by=keeper)
            else:
                actions.support(one.topic, by=person, on=True)
                actions.reply(one.topic, Draft(source="Разом"), by=person)
        except (MergedError, ClosedError):
            return "refused"
        return "done"

    together(work, [*people[:3], keeper, *people[3:]])

    one.refresh_from_db()
    other.refresh_from_db()
    assert other.supports == one.supports == one.support_rows.count()
    assert Topic.objects.get(pk=one.pk).replies == one.topic.posts.filter(number__gt=1).count()
    assert list(differences()) == []


def test_two_merges_into_each_other_do_not_lock_each_other_out():
    one, other = (make_proposal(make_board(), supporters=1) for _ in range(2))
    keepers = [make_user(is_superuser=True) for _ in range(2)]

    def work(keeper: User) -> str:
        first, second = (one, other) if keeper == keepers[0] else (other, one)
        try:
            actions.merge_proposal(first.topic, second.topic, by=keeper)
        except NotAllowedError:
            return "refused"
        return "done"

    assert sorted(together(work, keepers)) == ["done", "refused"]
    assert list(differences()) == []


def test_two_moderators_at_once_decide_once():
    from forum.enums import Deed, Held
    from forum.errors import RefusedError
    from forum.models import Case, Decision
    from tests.factories import make_board, make_moderator

    topic = make_talk(make_board(held=Held.ALL))
    case, deeds = Case.objects.get(), iter([Deed.APPROVE, Deed.REMOVE, Deed.APPROVE, Deed.REMOVE])
    judges = [(make_moderator(), deed) for deed in deeds]

    def decide(judge) -> str:
        try:
            return actions.decide(case, judge[1], by=judge[0], ground="spam").deed
        except RefusedError:
            return "refused"

    outcomes = together(decide, judges)

    assert outcomes.count("refused") == 3
    assert Decision.objects.count() == 1
    assert Tally.objects.filter(board=topic.board_id, topics=1).exists() is (Decision.objects.get().deed == "approve")


def test_reports_at_once_are_one_case():
    from forum.models import Case, Report

    post = make_talk().posts.get()

    together(lambda person: actions.report_post(post, "spam", by=person), [make_user() for _ in range(4)])

    assert (Case.objects.count(), Report.objects.count()) == (1, 4)


def test_pace_counts_what_is_sent_at_once(settings):
    from forum.errors import PaceError

    settings.FORUM_PACE = (2, 0, 0)
    topic, person = make_talk(), make_user()

    def write(_) -> str:
        try:
            return str(actions.reply(topic, Draft(source="Раз", through_form=True), by=person).pk)
        except PaceError:
            return "refused"

    outcomes = together(write, [person] * 5)

    assert outcomes.count("refused") == 3


# --- merge and split --------------------------------------------------------------------------------------------------
def test_replies_beside_a_merge_are_all_there():
    source, target, keeper = make_talk(), make_talk(), make_user(is_superuser=True)
    people = [make_user() for _ in range(WRITERS)]

    def work(person: User) -> object:
        if person == keeper:
            return actions.merge_topics(source, target, by=keeper)
        return actions.reply(source, Draft(source="Разом"), by=person)

    together(work, [*people[:3], keeper, *people[3:]])

    target.refresh_from_db()
    numbers = list(target.posts.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS + 3))
    assert Post.objects.filter(source="Разом", topic=target).count() == WRITERS
    assert list(differences()) == []


def test_two_topics_merged_into_each_other_become_one():
    one, other = make_talk(replies=1), make_talk(replies=1)
    keepers = [make_user(is_superuser=True) for _ in range(2)]

    def work(keeper: User) -> str:
        first, second = (one, other) if keeper == keepers[0] else (other, one)
        try:
            actions.merge_topics(first, second, by=keeper)
        except NotAllowedError:
            return "refused"
        return "done"

    assert sorted(together(work, keepers)) == ["done", "refused"]
    assert Topic.objects.filter(standing="shown").get().last_number == 4
    assert list(differences()) == []


def test_replies_and_removals_beside_a_split_are_counted_right():
    from forum import boards
    from forum.errors import ElsewhereError

    topic, keepers = make_talk(replies=4), [make_user(is_superuser=True) for _ in range(3)]
    post = topic.posts.select_related("topic").get(number=4)

    def work(person: User) -> str:
        try:
            if person == keepers[0]:
                actions.split_topic(topic, [3, 4], boards.by_pk(topic.board_id), "О другом", by=person)
            elif person == keepers[1]:
                actions.remove(post, by=person, ground="spam")
            else:
                actions.reply(topic, Draft(source="Разом"), by=person)
        except (ElsewhereError, NotAllowedError):
            return "refused"
        return "done"

    outcomes = together(work, [*keepers, *(make_user() for _ in range(3))])

    topic.refresh_from_db()
    assert outcomes[:2] in (["done", "refused"], ["refused", "done"])
    assert topic.last_number == 9
    assert list(differences()) == []


def test_marks_beside_a_merge_are_of_posts_that_are_there():
    source, target, keeper = make_talk(replies=3), make_talk(), make_user(is_superuser=True)
    readers = [make_user() for _ in range(WRITERS)]

    def work(person: User) -> object:
        if person == keeper:
            return actions.merge_topics(source, target, by=keeper)
        return actions.mark_read(person, source, 4)

    together(work, [*readers[:3], keeper, *readers[3:]])

    assert list(differences()) == []
