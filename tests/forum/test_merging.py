"""Merging topics: nothing is lost, nothing is counted twice, every address goes on working."""

import pytest
from django.db import connection

from forum import actions, boards
from forum.actions import Draft
from forum.counters import differences
from forum.enums import Deed, Held, Kind, State
from forum.errors import ElsewhereError, NotAllowedError
from forum.models import Case, Decision, Post, ReadMark, Watch
from notices.models import Notice
from search.checks import differences as index_differences
from search.models import Entry
from tests.factories import make_board, make_proposal, make_reply, make_talk, make_user
from tests.forum.conftest import numbers, tally

pytestmark = pytest.mark.django_db
MERGE_QUERIES = {"sqlite": 44, "postgresql": 43}  # on SQLite the words of a post are taken out before they are written


def test_merge_appends_posts_with_the_next_numbers(keeper):
    board, other = make_board(), make_board()
    source, target = make_talk(other, text="Б1"), make_talk(board, text="А1")
    gone = make_reply(source, text="Б2")
    make_reply(source, text="Б3")
    make_reply(target, text="А2")
    actions.remove(gone, by=keeper, ground="spam")

    actions.merge_topics(source, target, by=keeper)

    source.refresh_from_db()
    target.refresh_from_db()
    assert numbers(target) == [(1, "А1"), (2, "А2"), (3, "Б1"), (4, "Б2"), (5, "Б3")]
    assert (target.last_number, target.replies) == (5, 3)
    assert (source.last_number, source.replies, source.standing, source.state) == (0, 0, "moved", "locked")
    assert source.merged_into == target
    assert (tally(board), tally(other)) == ((1, 4), (0, 0))
    assert list(differences()) == []


def test_merge_within_a_board_counts_once(keeper):
    board = make_board()
    source, target = make_talk(board, replies=1), make_talk(board, replies=2)

    actions.merge_topics(source, target, by=keeper)

    assert tally(board) == (1, 5)
    assert list(differences()) == []


def test_merge_of_what_was_merged_before_leads_to_the_last(keeper, client):
    first, second, third = make_talk(), make_talk(), make_talk()

    actions.merge_topics(first, second, by=keeper)
    actions.merge_topics(second, third, by=keeper)

    first.refresh_from_db()
    assert first.merged_into == third
    assert list(differences()) == []


def test_merged_twice_is_merged_once(keeper):
    source, target = make_talk(), make_talk()

    actions.merge_topics(source, target, by=keeper)
    actions.merge_topics(source, target, by=keeper)

    assert Decision.objects.filter(deed=Deed.MERGE).count() == 1


def test_merge_keeps_waiting_posts_waiting(keeper, member):
    source, target = make_talk(make_board(held=Held.ALL), by=keeper), make_talk()
    waiting = actions.reply(source, Draft(source="Пожалуйста"), by=member)

    actions.merge_topics(source, target, by=keeper)
    waiting.refresh_from_db()
    actions.approve(waiting, by=keeper)

    waiting.refresh_from_db()
    assert (waiting.topic, waiting.number) == (target, 3)
    assert not Case.objects.filter(closed_at=None).exists()
    assert list(differences()) == []


def test_merge_keeps_the_targets_answer_or_takes_the_other(keeper):
    questions = [make_talk(kind=Kind.QUESTION, replies=1) for _ in range(3)]
    answers = [topic.posts.get(number=2) for topic in questions]
    for answer in answers[:2]:
        actions.accept_answer(answer, by=keeper)

    actions.merge_topics(questions[0], questions[2], by=keeper)
    actions.merge_topics(questions[1], questions[2], by=keeper)

    questions[2].refresh_from_db()
    assert questions[2].accepted == answers[0]


def test_merge_carries_marks_of_what_was_read(keeper):
    source, target = make_talk(replies=2), make_talk(replies=1)
    both, half, one = (make_user() for _ in range(3))
    for person, here, there in ((both, 2, 2), (half, 1, 3)):
        actions.mark_read(person, target, here)
        actions.mark_read(person, source, there)
    actions.mark_read(one, source, 3)

    actions.merge_topics(source, target, by=keeper)

    marks = dict(ReadMark.objects.filter(topic=target).values_list("person", "number"))
    assert (marks[both.pk], marks[half.pk], marks.get(one.pk)) == (4, 1, None)
    assert not ReadMark.objects.filter(topic=source).exists()


def test_merge_carries_watches_and_notices(keeper, member):
    source, target = make_talk(by=member), make_talk()
    reply = make_reply(source)

    actions.merge_topics(source, target, by=keeper)

    assert Watch.objects.get(person=member, topic__isnull=False).topic == target
    assert Notice.objects.get(key=f"post:{reply.pk}").thread == f"topic:{target.pk}"


def test_merge_is_logged_and_told(keeper, member):
    source, target = make_talk(by=member), make_talk()

    actions.merge_topics(source, target, by=keeper, reason="Об этом уже говорят")

    decision = Decision.objects.get()
    assert (decision.deed, decision.topic, decision.person, decision.reason) == (
        Deed.MERGE,
        source,
        member,
        "Об этом уже говорят",
    )
    assert decision.after == {"into": target.pk, "title": target.title, "first_number": 2}
    assert list(Notice.objects.values_list("person", "params__deed")) == [(member.pk, "merge")]


def test_merge_tells_the_index(keeper):
    source, target = make_talk(text="Ласточки"), make_talk()

    actions.merge_topics(source, target, by=keeper)

    assert sorted(Entry.objects.values_list("title", flat=True)) == [target.title, target.title]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("before", "after"), [("everyone", "everyone"), ("members", "everyone"), ("everyone", "members")]
)
def test_index_tells_the_truth_after_a_merge(keeper, language, before, after):
    source = make_talk(make_board(who_reads=before), replies=2, tags=("птицы",), language=language, title="Ласточки")
    target = make_talk(make_board(who_reads=after), replies=1, tags=("двор",), title="Двор")
    actions.remove(source.posts.get(number=2), by=keeper)

    actions.merge_topics(source, target, by=keeper)

    assert list(index_differences()) == []


@pytest.mark.parametrize(
    ("before", "after"), [("everyone", "everyone"), ("members", "everyone"), ("everyone", "members")]
)
def test_index_tells_the_truth_after_a_move(keeper, before, after):
    topic = make_talk(make_board(who_reads=before), replies=2)

    actions.move_topic(topic, boards.by_pk(make_board(who_reads=after).pk), by=keeper)

    assert list(index_differences()) == []
    assert Entry.objects.exists() is (after == "everyone")


def test_index_tells_the_truth_after_a_new_title(keeper):
    topic = make_talk(replies=2, tags=("птицы",))

    actions.edit(topic.posts.get(number=1), Draft(source="Слова", title="Новое имя", tags=("двор",)), by=keeper)

    assert list(index_differences()) == []
    assert set(Entry.objects.values_list("title", flat=True)) == {"Новое имя"}


@pytest.mark.parametrize("replies", [1, 100])
def test_merge_asks_the_same_however_many_posts(keeper, django_assert_num_queries, replies):
    source, target = make_talk(), make_talk()
    posts = [Post(topic=source, number=number, source="Да", html="<p>Да</p>") for number in range(2, replies + 2)]
    Post.objects.bulk_create(posts)
    list(differences(mend=True))
    actions.reindex_topics([source])

    with django_assert_num_queries(MERGE_QUERIES[connection.vendor]):
        actions.merge_topics(source, target, by=keeper)


def test_page_read_beside_a_merge_marks_nothing(keeper, member):
    source, target = make_talk(replies=3), make_talk()
    actions.merge_topics(source, target, by=keeper)

    actions.mark_read(member, source, 4)

    assert not ReadMark.objects.filter(topic=source).exists()


def test_last_post_after_a_merge_is_the_newest_not_the_last_in_number(keeper):
    older, newer = make_talk(replies=2), make_talk(replies=1)
    actions.merge_topics(older, newer, by=keeper)

    actions.remove(newer.posts.get(number=5), by=keeper)

    newer.refresh_from_db()
    assert newer.last_posted_at == newer.posts.get(number=2).posted_at
    assert list(differences()) == []


def test_merge_into_a_closed_board_takes_posts_out_of_the_index(keeper):
    source, target = make_talk(text="Ласточки"), make_talk(make_board(who_reads="members"))

    actions.merge_topics(source, target, by=keeper)

    assert not Entry.objects.exists()


def test_only_who_moderates_both_merges(moderator, keepers):
    mine, others = make_talk(make_board(moderators=[keepers])), make_talk()

    for source, target in ((mine, others), (others, mine)):
        with pytest.raises(NotAllowedError):
            actions.merge_topics(source, target, by=moderator)

    assert not Decision.objects.exists()


@pytest.mark.parametrize("state", ["self", "archived", "removed", "proposal"])
def test_what_cannot_be_merged_is_refused(keeper, state):
    source, target = make_talk(), make_talk()
    if state == "self":
        target = source
    elif state == "archived":
        actions.set_state(target, State.ARCHIVED, by=keeper)
    elif state == "removed":
        actions.remove(target.posts.get(), by=keeper)
    else:
        target = make_proposal().topic

    with pytest.raises(NotAllowedError):
        actions.merge_topics(source, target, by=keeper)


def test_reply_to_a_merged_topic_stands_in_the_other(keeper, member):
    source, target = make_talk(), make_talk()
    actions.merge_topics(source, target, by=keeper)

    post = actions.reply(source, Draft(source="Поздно, но здесь"), by=member)

    assert (post.topic, post.number) == (target, 3)


def test_reply_to_a_topic_merged_out_of_reach_is_refused(keeper, member):
    source, target = make_talk(), make_talk(make_board(who_reads="groups"), by=keeper)
    actions.merge_topics(source, target, by=keeper)

    with pytest.raises(NotAllowedError):
        actions.reply(source, Draft(source="Поздно"), by=member)


def test_what_was_loaded_before_a_merge_is_not_changed_in_the_wrong_topic(keeper):
    source, target = make_talk(replies=1), make_talk()
    stale = source.posts.select_related("topic").get(number=2)
    actions.merge_topics(source, target, by=keeper)

    with pytest.raises(ElsewhereError):
        actions.remove(stale, by=keeper)

    assert list(differences()) == []
