"""Counts that are kept as people write agree with a recount, and can be mended."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from accounts.models import User
from forum import actions, boards
from forum.counters import differences, recount
from forum.enums import Deed, Held, Kind, Matter, Penalty, Standing, Status
from forum.models import Case, Decision, Post, Proposal, ReadMark, Support, Tally, Topic
from tests.factories import make_board, make_moderator, make_proposal, make_reply, make_report, make_talk, make_user

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


# --- each difference: seen, mended, gone ------------------------------------------------------------------------------
MOMENT = datetime(2020, 3, 1, 12, tzinfo=UTC)


def assert_mended(*lines: str) -> None:
    """Found by the check, which changes nothing; mended by the command; not there any more."""
    assert [str(one) for one in differences()] == list(lines)
    assert [str(one) for one in differences(mend=True)] == list(lines)
    assert list(differences()) == []


def test_gaps_in_numbers_are_closed_and_marks_go_along(member):
    topic = make_talk(replies=5)
    ReadMark.objects.create(person=member, topic=topic, number=6)
    topic.posts.filter(number__in=[2, 4]).delete()

    found = [str(one) for one in differences(mend=True)]

    assert found[0] == f"topic {topic.pk}: stored (6, 5, 6), counted (6, 3, 4)"
    assert list(topic.posts.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert ReadMark.objects.get(person=member).number == 4
    assert list(differences()) == []


def test_last_post_is_the_newest_that_is_shown(member):
    topic = make_talk()
    post = make_reply(topic, by=member)
    said = (post.posted_at.isoformat(), member.pk)
    Topic.objects.filter(pk=topic.pk).update(last_posted_at=MOMENT, last_author=None)

    assert_mended(f"topic, its last post: {topic.pk}: stored ('{MOMENT.isoformat()}', None), counted {said}")


def test_topic_stands_as_its_first_post():
    topic = make_talk()
    Topic.objects.filter(pk=topic.pk).update(standing=Standing.REMOVED)

    found = [str(one) for one in differences(mend=True)]

    assert found == [f"topic, its standing: {topic.pk}: stored ('removed',), counted ('shown',)"]
    assert list(differences()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"standing": Standing.REMOVED},
        {"topic_id": F("topic_id") + 1, "number": 9},
    ],
    ids=["removed", "elsewhere"],
)
def test_answer_is_a_shown_post_of_the_topic(member, change):
    topic = make_talk(by=member, kind=Kind.QUESTION)
    answer = make_reply(topic)
    make_talk()
    actions.accept_answer(answer, by=member)
    Post.objects.filter(pk=answer.pk).update(**change)

    found = [str(one) for one in differences(mend=True)]

    assert f"topic, its answer: {topic.pk}: stored ({answer.pk},), counted (None,)" in found
    assert list(differences()) == []


def test_nobody_has_read_further_than_the_last_post(member):
    topic = make_talk(replies=1)
    mark = ReadMark.objects.create(person=member, topic=topic, number=7)

    assert_mended(f"mark of what was read {mark.pk}: stored (7,), counted (2,)")


def test_posts_of_a_merged_topic_go_where_it_leads():
    source, target, keeper = make_talk(replies=1), make_talk(), make_user(is_superuser=True)
    actions.merge_topics(source, target, by=keeper)
    Post.objects.create(topic=source, number=1, source="Забытое", html="<p>Забытое</p>")

    found = [str(one) for one in differences(mend=True)]

    assert found[0] == f"merged topic, its posts: {source.pk}: stored (1,), counted (0,)"
    assert target.posts.get(source="Забытое").number == 4
    assert list(differences()) == []


def test_merged_topics_lead_straight_to_the_posts():
    one, other, last = (make_talk() for _ in range(3))
    keeper = make_user(is_superuser=True)
    actions.merge_topics(one, other, by=keeper)
    actions.merge_topics(other, last, by=keeper)
    Topic.objects.filter(pk=one.pk).update(merged_into=other)

    assert_mended(f"merged topic, where it leads: {one.pk}: stored ({other.pk},), counted ({last.pk},)")


def test_supports_are_counted_by_votes():
    proposal = make_proposal(supporters=2)
    Support.objects.filter(proposal=proposal).first().delete()

    assert_mended(f"proposal {proposal.pk}: stored (2,), counted (1,)")


def test_status_is_that_of_the_last_step():
    proposal = make_proposal(status=Status.CHECKED)
    Proposal.objects.filter(pk=proposal.pk).update(status=Status.DONE)

    assert_mended(f"proposal, its status: {proposal.pk}: stored ('done',), counted ('checked',)")


def test_clock_of_a_proposal_runs_since_its_review():
    proposal = make_proposal(status=Status.REVIEW)
    since = proposal.review_since.isoformat()
    Proposal.objects.filter(pk=proposal.pk).update(waiting_since=None)

    assert_mended(f"proposal, its clock: {proposal.pk}: stored ('{since}', None), counted ('{since}', '{since}')")


def test_clock_of_a_decided_proposal_stands_still():
    proposal = make_proposal(status=Status.ACCEPTED)
    since = proposal.review_since.isoformat()
    Proposal.objects.filter(pk=proposal.pk).update(waiting_since=MOMENT)

    assert_mended(
        f"proposal, its clock: {proposal.pk}: stored ('{since}', '{MOMENT.isoformat()}'), counted ('{since}', None)"
    )


def test_clock_that_was_set_back_is_right():
    board, judge = make_board(), make_moderator()
    one, other = (make_proposal(board, status=Status.REVIEW) for _ in range(2))
    since = one.waiting_since
    actions.merge_proposal(one.topic, other.topic, by=judge, note="То же")

    decision = Decision.objects.get(deed=Deed.MERGE)
    actions.appeal(decision, "Не то же", by=decision.person)
    actions.decide(Case.objects.get(appealed=decision), Deed.OVERTURN, by=make_moderator(), reason="Автор прав")

    one.refresh_from_db()
    assert (one.status, one.waiting_since) == (Status.REVIEW, since)
    assert list(differences()) == []


def test_waiting_post_lies_on_the_desk():
    post = make_talk(make_board(held=Held.ALL)).posts.get()
    Case.objects.all().delete()

    assert_mended(f"waiting post, how often on the desk: {post.pk}: stored (0,), counted (1,)")
    assert Case.objects.get(closed_at=None).matter == Matter.TOPIC


def test_what_waits_no_more_lies_on_the_desk_no_more():
    topic = make_talk(make_board(held=Held.ALL))
    case = Case.objects.get()
    actions.approve(topic.posts.get(), by=make_moderator())
    Case.objects.update(closed_at=None)

    found = [str(one) for one in differences(mend=True)]

    assert found[0] == f"open case, posts it is about: {case.pk}: stored (1,), counted (0,)"
    assert list(differences()) == []


def test_report_of_a_removed_post_is_closed():
    post = make_talk(replies=1).posts.get(number=2)
    case = make_report(post)
    actions.remove(post, by=make_moderator())
    Case.objects.update(closed_at=None)

    assert_mended(f"open case, posts it is about: {case.pk}: stored (1,), counted (0,)")


def test_case_of_a_waiting_topic_is_called_so():
    make_talk(make_board(held=Held.ALL))
    case = Case.objects.get()
    Case.objects.update(matter=Matter.POST)

    assert_mended(f"open case, its matter: {case.pk}: stored ('post',), counted ('topic',)")


@pytest.mark.parametrize("penalty", [Penalty.SILENCE, Penalty.BAN])
def test_silence_is_as_long_as_the_sanctions_in_force(member, penalty):
    made = actions.sanction(member, penalty, by=make_moderator(), reason="Довольно", days=3)
    until = (made.until or datetime(9999, 1, 1, tzinfo=UTC)).isoformat()
    User.objects.filter(pk=member.pk).update(silent_until=None)

    assert_mended(f"person, silent until: {member.pk}: stored (None,), counted ('{until}',)")


def test_silence_without_a_sanction_is_lifted(member):
    User.objects.filter(pk=member.pk).update(silent_until=MOMENT)

    assert_mended(f"person, silent until: {member.pk}: stored ('{MOMENT.isoformat()}',), counted (None,)")


def test_board_without_a_count_gets_one():
    board = make_talk(replies=1).board
    Tally.objects.all().delete()

    assert_mended(f"board {board.slug}: stored (0, 0), counted (1, 2)")


def test_more_than_fits_into_a_batch_is_mended(monkeypatch):
    monkeypatch.setattr(recount, "BATCH", 2)
    monkeypatch.setattr(recount, "MENDED_AT_ONCE", 1)
    board = make_board()
    topics = [make_talk(board) for _ in range(5)]
    Topic.objects.update(replies=9)

    found = [str(one) for one in differences(mend=True)]

    assert found == [f"topic {topic.pk}: stored (1, 9, 1), counted (1, 0, 1)" for topic in topics]
    assert list(differences()) == []
