"""How proposals go on: support, steps, answers, merging, the calendar, and who is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from common.page_cache import drop_now
from forum import actions, boards, rules, tasks
from forum.actions import AnswerDraft, Draft, Idea
from forum.counters import differences
from forum.enums import Kind, State, Status
from forum.errors import AddressNotConfirmedError, ClosedError, MergedError, NotAllowedError
from forum.models import AnswerEdit, OfficialAnswer, Post, Proposal, ProposalStep, Support, Topic
from notices.models import Notice
from partners.actions import add_member
from partners.enums import Role
from search.checks import differences as index_differences
from search.models import Entry
from tests.factories import (
    make_board,
    make_district,
    make_partner,
    make_proposal,
    make_reply,
    make_supporters,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("topic").get(pk=proposal.pk)


def told(kind: str = "proposal.step") -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return [(notice.person.display_name, notice.params.get("status", "answer")) for notice in rows]


# --- writing ----------------------------------------------------------------------------------------------------------
def test_proposal_keeps_its_fields_and_says_them_in_its_first_post(member):
    make_district("leninsky", "Ленинский")
    idea = Idea("Открыть зал", problem="Негде учиться", benefits="Студентам", district="leninsky")
    draft = Draft(actions.compose(idea, "ru"), title="Зал", language="ru", kind=Kind.PROPOSAL, idea=idea)

    post = actions.start_topic(boards.by_pk(make_board().pk), draft, by=member)

    proposal = post.topic.proposal
    assert (proposal.problem, proposal.proposal, proposal.benefits) == ("Негде учиться", "Открыть зал", "Студентам")
    assert (proposal.district.slug, proposal.status, proposal.supports) == ("leninsky", Status.SUBMITTED, 0)
    assert [text in post.source for text in ("Негде учиться", "Открыть зал", "Студентам")] == [True] * 3
    assert list(proposal.steps.values_list("status", "by")) == [(Status.SUBMITTED, member.pk)]


def test_topic_of_this_kind_without_fields_is_a_proposal_too(member):
    topic = make_talk(by=member, kind=Kind.PROPOSAL, text="Как есть")

    assert (topic.proposal.proposal, topic.proposal.problem) == ("Как есть", "")


def test_change_reaches_fields_text_and_index(member):
    proposal = make_proposal(by=member, status=Status.CHECKED, title="Зал")
    idea = Idea("Открыть мастерскую", problem="Негде строгать")
    draft = Draft(actions.compose(idea, "ru"), title="Мастерская", tags=("дерево",), idea=idea)

    actions.edit(proposal.topic.posts.get(), draft, by=member)

    assert (fresh(proposal).proposal, fresh(proposal).benefits) == ("Открыть мастерскую", "")
    assert "Негде строгать" in Post.objects.get(topic=proposal.topic).html
    assert Entry.objects.values_list("kind", "title").get() == ("proposal", "Мастерская")
    assert list(index_differences()) == []


def test_one_form_makes_one_proposal(member):
    board, idea = boards.by_pk(make_board().pk), Idea("Раз")
    draft = Draft("Раз", title="Зал", language="ru", kind=Kind.PROPOSAL, idea=idea, ticket=uuid4())

    made = {actions.start_topic(board, draft, by=member).pk for _ in range(2)}

    assert (len(made), Proposal.objects.count()) == (1, 1)


# --- support ----------------------------------------------------------------------------------------------------------
def test_vote_counts_once_and_can_be_taken_back(member):
    proposal = make_proposal()

    counts = [actions.support(proposal.topic, by=member, on=on).supports for on in (True, True, False, False, True)]

    assert counts == [1, 1, 0, 0, 1]
    assert list(differences()) == []


def test_vote_needs_a_confirmed_address():
    proposal, stranger = make_proposal(), make_user()
    stranger.emailaddress_set.all().delete()

    with pytest.raises(AddressNotConfirmedError):
        actions.support(proposal.topic, by=stranger, on=True)

    assert Support.objects.count() == 0


@pytest.mark.parametrize("status", [one for one in Status if one != Status.MERGED])
def test_votes_come_and_go_until_it_is_decided(member, status):
    proposal = make_proposal(status=status)

    if status in {Status.COLLECTING, Status.REVIEW}:
        assert actions.support(proposal.topic, by=member, on=True).supports == 1
        assert actions.support(proposal.topic, by=member, on=False).supports == 0
    else:
        for on in (True, False):
            with pytest.raises(NotAllowedError):
                actions.support(proposal.topic, by=member, on=on)


def test_nobody_votes_after_the_last_day(member):
    proposal = make_proposal()
    Proposal.objects.filter(pk=proposal.pk).update(collect_until=timezone.now() - timedelta(seconds=1))

    with pytest.raises(NotAllowedError):
        actions.support(proposal.topic, by=member, on=True)


def test_threshold_brings_it_under_review_by_itself():
    proposal = make_proposal(make_board(threshold=3), supporters=2)
    assert fresh(proposal).status == Status.COLLECTING

    last = make_user()
    for on in (True, False, True):
        actions.support(proposal.topic, by=last, on=on)

    proposal = fresh(proposal)
    assert (proposal.status, proposal.supports, proposal.days_waiting) == (Status.REVIEW, 3, 0)
    assert proposal.review_since == proposal.waiting_since
    steps = list(proposal.steps.values_list("status", "by"))
    assert steps[-1] == (Status.REVIEW, None)
    assert [status for status, _by in steps].count(Status.REVIEW) == 1


def test_who_signs_knows_the_rules():
    """Another threshold of the board counts for those that begin later."""
    board = make_board(threshold=2, collecting_days=10)
    early = make_proposal(board)
    board.threshold = 5
    board.save()
    drop_now((boards.TAG,))
    late = make_proposal(board)

    assert (early.threshold, late.threshold) == (2, 5)
    assert early.days_left == 10


# --- steps ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", [one for one in Status if one != Status.MERGED])
def test_transitions(keeper, status):
    allowed = set()

    for wanted in Status:
        proposal = make_proposal(status=status)
        before = proposal.steps.count()
        try:
            actions.step(proposal.topic, wanted, by=keeper)
        except NotAllowedError:
            assert fresh(proposal).status == status
        else:
            assert fresh(proposal).status == wanted
            if fresh(proposal).steps.count() == before + 1:
                allowed.add(wanted)

    assert allowed == set(rules.TRANSITIONS[status])


def test_a_step_sent_twice_is_one(keeper):
    proposal = make_proposal(status=Status.SUBMITTED)

    for _ in range(2):
        actions.step(proposal.topic, Status.CHECKED, by=keeper, note="По делу")

    rows = proposal.steps.filter(status=Status.CHECKED)
    assert list(rows.values_list("by", "note")) == [(keeper.pk, "По делу")]


def test_waiting_is_counted_from_the_review_to_the_answer(keeper):
    proposal = make_proposal(status=Status.REVIEW)
    Proposal.objects.filter(pk=proposal.pk).update(waiting_since=timezone.now() - timedelta(days=31))
    assert (fresh(proposal).days_waiting, fresh(proposal).waits_too_long) == (31, True)

    actions.answer(proposal.topic, AnswerDraft("Управление культуры", "Да"), by=keeper)

    assert (fresh(proposal).days_waiting, fresh(proposal).waits_too_long) == (None, False)


# --- the calendar -----------------------------------------------------------------------------------------------------
def test_end_of_the_period_is_a_step_once():
    over, running = make_proposal(supporters=2), make_proposal()
    later = timezone.now() + timedelta(days=61)
    Proposal.objects.filter(pk=running.pk).update(collect_until=later + timedelta(days=1))

    ended = [actions.end_collecting(later) for _ in range(2)]

    assert ended == [1, 0]
    assert (fresh(over).status, fresh(over).supports, fresh(running).status) == (
        Status.LAPSED,
        2,
        Status.COLLECTING,
    )
    assert over.steps.filter(status=Status.LAPSED, by=None).count() == 1


def test_job_ends_what_is_over():
    proposal = make_proposal()
    Proposal.objects.filter(pk=proposal.pk).update(collect_until=timezone.now())

    tasks.end_collecting.enqueue()

    assert fresh(proposal).status == Status.LAPSED


def test_collecting_anew_gives_new_time(keeper):
    proposal = make_proposal(status=Status.LAPSED)

    actions.step(proposal.topic, Status.COLLECTING, by=keeper)

    assert fresh(proposal).days_left == 60


# --- answers ----------------------------------------------------------------------------------------------------------
def test_answer_is_amended_with_its_history(keeper):
    proposal = make_proposal(status=Status.REVIEW)
    first = AnswerDraft("Управление культуры", "**Нет**", document_url="https://example.org/a.pdf")

    actions.answer(proposal.topic, first, by=keeper)
    actions.answer(proposal.topic, first, by=keeper)
    actions.answer(proposal.topic, AnswerDraft("Управление культуры", "Да"), by=keeper)

    answer = OfficialAnswer.objects.get()
    assert (answer.html, answer.document_url) == ("<p>Да</p>", "")
    assert answer.edited_at is not None
    assert list(AnswerEdit.objects.values_list("source", "document_url")) == [("**Нет**", "https://example.org/a.pdf")]


def test_responsible_organisation_answers_and_only_it_amends(city, keeper):
    proposal, partner, other = make_proposal(status=Status.REVIEW), make_partner(), make_partner()
    editor, stranger = make_user(), make_user()
    add_member(partner, editor, Role.EDITOR)
    add_member(other, stranger, Role.OWNER)
    draft = AnswerDraft("Библиотека", "Откроем", partner=partner.pk)
    with pytest.raises(NotAllowedError):
        actions.answer(proposal.topic, draft, by=editor)

    actions.make_responsible(proposal.topic, partner, by=keeper)
    with pytest.raises(NotAllowedError):
        actions.answer(proposal.topic, AnswerDraft("Клуб", "Мы", partner=other.pk), by=stranger)
    with pytest.raises(NotAllowedError):
        actions.answer(proposal.topic, AnswerDraft("Город", "Мы"), by=editor)
    actions.answer(proposal.topic, draft, by=editor)
    with pytest.raises(NotAllowedError):
        actions.answer(proposal.topic, AnswerDraft("Клуб", "Нет", partner=partner.pk), by=stranger)

    assert OfficialAnswer.objects.values_list("partner", "body", "source").get() == (
        partner.pk,
        "Библиотека",
        "Откроем",
    )


# --- merging ----------------------------------------------------------------------------------------------------------
def test_merge_carries_supporters_over_without_double_votes(keeper, member):
    board = make_board(threshold=50)
    one, other = make_proposal(board, supporters=3), make_proposal(board, supporters=2)
    for proposal in (one, other):
        actions.support(proposal.topic, by=member, on=True)
    make_reply(one.topic, text="Слова остаются")

    actions.merge_proposal(one.topic, other.topic, by=keeper, note="То же самое")

    one, other = fresh(one), fresh(other)
    assert (one.status, one.merged_into_id, one.supports) == (Status.MERGED, other.pk, 4)
    assert (other.status, other.supports) == (Status.COLLECTING, 6)
    assert (one.topic.state, one.topic.replies) == (State.LOCKED, 1)
    assert other.support_rows.filter(person=member).count() == 1
    assert list(differences()) == []
    assert list(index_differences()) == []
    assert [entry.title for entry in Entry.objects.filter(kind="proposal")] == [other.topic.title]


def test_merged_one_takes_nothing_more(keeper, member):
    one, other = make_proposal(), make_proposal()
    actions.merge_proposal(one.topic, other.topic, by=keeper)

    with pytest.raises(MergedError):
        actions.support(one.topic, by=member, on=True)
    with pytest.raises(ClosedError):
        actions.reply(one.topic, Draft("Поздно"), by=member)
    with pytest.raises(NotAllowedError):
        actions.merge_proposal(other.topic, one.topic, by=keeper)


def test_merge_can_bring_enough_votes_together(keeper):
    board = make_board(threshold=5)
    one, other = make_proposal(board, supporters=3), make_proposal(board, supporters=2)

    for _ in range(2):  # sent twice
        actions.merge_proposal(one.topic, other.topic, by=keeper)

    assert (fresh(other).status, fresh(other).supports) == (Status.REVIEW, 5)
    assert other.steps.filter(status=Status.REVIEW).count() == 1
    assert one.steps.filter(status=Status.MERGED).count() == 1


def test_what_was_merged_before_follows(keeper):
    board = make_board()
    first, second, third = (make_proposal(board, supporters=1) for _ in range(3))

    actions.merge_proposal(first.topic, second.topic, by=keeper)
    actions.merge_proposal(second.topic, third.topic, by=keeper)

    assert (fresh(first).merged_into_id, fresh(second).merged_into_id) == (third.pk, third.pk)
    assert fresh(third).supports == 3


def test_open_one_is_never_merged_into_a_closed_board(keeper, council):
    from forum.enums import Circle

    closed = make_board(who_reads=Circle.GROUPS, groups=(council,))
    one, other = make_proposal(), make_proposal(closed, by=keeper)

    with pytest.raises(NotAllowedError):
        actions.merge_proposal(one.topic, other.topic, by=keeper)


# --- who is told ------------------------------------------------------------------------------------------------------
def test_author_and_supporters_are_told_once_of_each_step(keeper):
    author, friend = make_user(display_name="Автор"), make_user(display_name="Друг")
    proposal = make_proposal(make_board(threshold=50), by=author)
    actions.support(proposal.topic, by=friend, on=True)
    Notice.objects.all().delete()

    actions.step(proposal.topic, Status.REVIEW, by=keeper)
    for step in ProposalStep.objects.filter(status=Status.REVIEW):
        tasks.tell_of_step.enqueue(step.pk)
    actions.answer(proposal.topic, AnswerDraft("Город", "Сделаем"), by=keeper)
    for _ in range(2):
        tasks.tell_of_answer.enqueue(OfficialAnswer.objects.get().pk)

    assert told() == [("Автор", Status.REVIEW), ("Друг", Status.REVIEW)]
    assert told("proposal.answer") == [("Автор", "answer"), ("Друг", "answer")]


def test_many_are_told_in_batches(keeper, monkeypatch):
    monkeypatch.setattr("forum.proposal_notices.BATCH", 7)
    proposal = make_proposal()
    make_supporters(proposal, 40)

    actions.step(proposal.topic, Status.REVIEW, by=keeper)

    assert Notice.objects.filter(key__startswith="step:", params__status=Status.REVIEW).count() == 41


def test_who_steps_is_not_told_and_who_cannot_read_sees_nothing(council, keeper):
    from forum.enums import Circle
    from forum.proposal_notices import may_see

    insider, outsider = make_user(), make_user()
    insider.groups.add(council)
    board = make_board(who_reads=Circle.GROUPS, groups=(council,))
    proposal = make_proposal(board, by=insider)
    actions.step(proposal.topic, Status.REVIEW, by=keeper)
    notice = Notice.objects.filter(person=insider).latest("pk")

    assert (may_see(insider, notice), may_see(outsider, notice)) == (True, False)
    assert Notice.objects.filter(person=keeper).count() == 0


@pytest.mark.parametrize("language", ["ru", "en", "be"])
def test_sentences_say_what_happened(keeper, language):
    from django.utils.translation import override

    from forum.proposal_notices import sentence_of_answer, sentence_of_step

    with override(language):
        said = {
            sentence_of_step({"title": "Зал", "status": status, "note": "", "into": "Другой"})
            for status in Status
            if status != Status.SUBMITTED
        }
        answer = sentence_of_answer({"title": "Зал", "body": "Город"})

    assert len(said) == len(Status) - 1
    assert all("Зал" in sentence for sentence in said)
    assert [word in answer for word in ("Зал", "Город")] == [True] * 2


def test_proposals_that_wait_for_a_moderator_tell_nobody(keepers, moderator, member):
    from forum.enums import Held

    make_proposal(make_board(held=Held.ALL, moderators=(keepers,)), by=member, status=Status.SUBMITTED)

    assert Notice.objects.filter(kind="proposal.step").count() == 0
    assert Topic.objects.get().is_shown is False
