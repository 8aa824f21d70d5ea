"""Every decision that takes something from an author is told, can be appealed, and taken back really is undone."""

import pytest

from accounts.models import User
from forum import actions, boards, rules
from forum.actions import Draft, Idea
from forum.counters import differences
from forum.enums import Circle, Deed, Held, Kind, Standing, State, Status
from forum.models import Case, Decision, Proposal, Topic
from notices.models import Notice
from search.checks import differences as index_differences
from tests.factories import (
    make_board,
    make_district,
    make_moderator,
    make_proposal,
    make_removal,
    make_reply,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge(db) -> User:
    return make_moderator(display_name="Вера Судейкина")


@pytest.fixture
def other(db) -> User:
    return make_moderator()


def told(person: User) -> list[str]:
    notices = Notice.objects.filter(person=person, kind="decision").order_by("pk")
    return [notice.params["deed"] for notice in notices]


def overturn(decision: Decision, *, by: User) -> Decision:
    actions.appeal(decision, "Это неверно", by=decision.person)
    return actions.decide(Case.objects.get(appealed=decision), Deed.OVERTURN, by=by, reason="Автор прав")


def newest(deed: str) -> Decision:
    return Decision.objects.filter(deed=deed).latest("pk")


def decide_on(what: str, topic: Topic, by: User) -> None:
    if what == Deed.STATE:
        actions.set_state(topic, State.LOCKED, by=by, reason="Хватит")
    elif what == Deed.MOVE:
        actions.move_topic(topic, boards.by_pk(make_board().pk), by=by)
    elif what == Deed.MERGE:
        actions.merge_topics(topic, make_talk(), by=by)
    elif what == Deed.SPLIT:
        own = make_reply(topic, by=topic.author)
        actions.split_topic(topic, [own.number], rules.board_of(topic), "Отдельно", by=by)
    elif what == Deed.ACCEPT:
        actions.accept_answer(topic.posts.get(number=2), by=by)
    elif what == Deed.EDIT:
        actions.edit(topic.posts.get(number=1), Draft("Стало", title=topic.title), by=by)
    else:
        make_removal(topic.posts.select_related("topic").get(number=1), by=by)


@pytest.mark.parametrize("deed", ["state", "move", "merge", "split", "accept", "edit", "remove"])
def test_author_is_told_of_a_decision_about_a_topic_and_may_appeal(judge, member, deed):
    topic = make_talk(by=member, kind=Kind.QUESTION, replies=1)

    decide_on(deed, topic, judge)

    assert told(member) == [deed]
    assert rules.can_appeal(member, Decision.objects.get(person=member)) is True


@pytest.mark.parametrize("deed", ["state", "move", "accept", "edit", "remove"])
def test_what_is_taken_back_is_as_it_was(city, judge, other, member, deed):
    topic = make_talk(by=member, kind=Kind.QUESTION, replies=1)
    board = topic.board_id
    decide_on(deed, topic, judge)

    outcome = overturn(newest(deed), by=other)

    topic = Topic.objects.get()
    first = topic.posts.get(number=1)
    assert (topic.state, topic.board_id, topic.accepted_id, topic.standing) == ("open", board, None, "shown")
    assert (first.source, first.is_shown) == ("Первое сообщение", True)
    assert outcome.after == {"undone": True}
    assert told(member) == [deed, "overturn"]
    assert (list(differences()), list(index_differences())) == ([], [])


@pytest.mark.parametrize("deed", ["merge", "split"])
def test_what_cannot_be_parted_is_left_to_a_moderators_hand(city, client, judge, other, member, deed):
    topic = make_talk(by=member, title="О подъездах", replies=1)
    decide_on(deed, topic, judge)
    decision = newest(deed)
    actions.appeal(decision, "Это неверно", by=member)
    case = Case.objects.get()

    client.force_login(other)
    desk = client.get(f"/ru/forum/desk/{case.pk}/").content.decode()
    outcome = actions.decide(case, Deed.OVERTURN, by=other, reason="Автор прав")
    client.force_login(member)
    page = client.get(f"/ru/forum/decisions/{decision.pk}/").content.decode()

    hand = {
        "merge": f"/ru/forum/topics/{decision.after.get('into')}/split/",
        "split": f"/ru/forum/topics/{decision.topic_id}/merge/",
    }[deed]
    words = {"merge": "разделит", "split": "объединит"}[deed]
    assert outcome.after == {"undone": False}
    assert (hand in desk, words in desk, words in page, hand in page) == (True, True, True, False)


def test_topic_goes_back_also_by_who_moderates_only_the_new_board(judge, moderator, keepers, member):
    topic = make_talk(by=member)
    before = topic.board_id
    there = make_board(moderators=(keepers,))
    actions.move_topic(topic, boards.by_pk(there.pk), by=judge)

    overturn(newest(Deed.MOVE), by=moderator)

    assert Topic.objects.get().board_id == before


def test_what_has_changed_since_is_left(judge, other, member):
    topic = make_talk(by=member, text="Было")
    post = topic.posts.get()
    decision_words = {"title": topic.title}
    actions.edit(post, Draft("Стало", **decision_words), by=judge)
    actions.edit(post, Draft("Стало", title="Другое название"), by=member)

    outcome = overturn(newest(Deed.EDIT), by=other)

    topic.refresh_from_db()
    assert (topic.title, topic.posts.get().source, outcome.after) == ("Другое название", "Стало", {"undone": False})


def test_reply_of_a_topic_that_is_gone_too_is_left(judge, other, member):
    topic = make_talk()
    reply = make_reply(topic, by=member)
    decision = make_removal(reply, by=judge)
    make_removal(topic.posts.select_related("topic").get(number=1), by=judge)

    outcome = overturn(decision, by=other)

    reply.refresh_from_db()
    assert (reply.is_removed, outcome.after) == (True, {"undone": False})


def test_lock_of_a_topic_that_was_merged_since_stays(judge, other, member):
    topic = make_talk(by=member)
    actions.set_state(topic, State.LOCKED, by=judge)
    decision = newest(Deed.STATE)
    actions.merge_topics(topic, make_talk(), by=judge)

    outcome = overturn(decision, by=other)

    topic.refresh_from_db()
    assert (topic.standing, topic.state, outcome.after) == (Standing.MOVED, State.LOCKED, {"undone": False})


# --- proposals --------------------------------------------------------------------------------------------------------
def test_edit_of_a_proposal_is_taken_back_field_by_field(city, judge, other, member):
    make_district("leninsky", "Ленинский")
    proposal = make_proposal(by=member, status=Status.SUBMITTED, district="leninsky", tags=("чтение",))
    post = proposal.topic.posts.get()
    idea = Idea("Закрыть зал", problem="Шумно", benefits="", district="")
    source = actions.compose(idea, "ru")
    actions.edit(post, Draft(source, title="Закрыть", idea=idea), by=judge)

    outcome = overturn(newest(Deed.EDIT), by=other)

    proposal = Proposal.objects.select_related("topic", "district").get()
    said = (proposal.problem, proposal.proposal, proposal.benefits, proposal.district.slug)
    assert said == ("Учиться негде", "Открыть зал вечером", "Студентам", "leninsky")
    assert proposal.topic.posts.get().source == post.source
    assert list(proposal.topic.tags.values_list("name", flat=True)) == ["чтение"]
    assert outcome.after == {"undone": True}
    assert list(index_differences()) == []


def test_another_district_alone_is_a_decision_too(judge, member):
    make_district("leninsky", "Ленинский")
    proposal = make_proposal(by=member, status=Status.SUBMITTED)
    post, idea = proposal.topic.posts.get(), Idea("Открыть зал вечером", "Учиться негде", "Студентам", "leninsky")

    actions.edit(post, Draft(post.source, title=proposal.topic.title, idea=idea), by=judge)

    decision = newest(Deed.EDIT)
    assert (decision.before["idea"]["district"], decision.after["idea"]["district"]) == ("", "leninsky")
    assert told(member) == ["edit"]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.CHECKED, Status.COLLECTING])
def test_proposal_that_a_moderator_declined_comes_back(judge, other, member, status):
    proposal = make_proposal(by=member, status=status, supporters=2 if status == Status.COLLECTING else 0)
    until, supports = proposal.collect_until, proposal.supports
    Notice.objects.all().delete()

    actions.step(proposal.topic, Status.DECLINED, by=judge, note="Не к нам")
    outcome = overturn(newest(Deed.STATUS), by=other)

    proposal.refresh_from_db()
    assert (proposal.status, proposal.supports, outcome.after) == (status, supports, {"undone": True})
    assert until is None or proposal.collect_until > until
    assert list(proposal.steps.values_list("status", flat=True))[-2:] == [Status.DECLINED, status]
    assert told(member) == ["status", "overturn"]
    own = Notice.objects.filter(person=member, kind="proposal.step")
    assert list(own.values_list("params__status", flat=True)) == [status]


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.DECLINED])
def test_what_the_city_answers_is_no_decision_of_moderators(judge, member, status):
    proposal = make_proposal(by=member, status=Status.REVIEW)

    actions.step(proposal.topic, status, by=judge, note="Так решили")

    assert rules.can_appeal(member, newest(Deed.STATUS)) is False
    assert told(member) == []


def test_merge_of_proposals_is_taken_back_with_the_votes(city, judge, other, member):
    board = make_board(threshold=50)
    one = make_proposal(board, by=member, supporters=3)
    target = make_proposal(board, supporters=2)
    both = make_user()
    for proposal in (one, target):
        actions.support(proposal.topic, by=both, on=True)
    actions.merge_proposal(one.topic, target.topic, by=judge, note="То же")
    later = make_user()
    actions.support(target.topic, by=later, on=True)

    outcome = overturn(newest(Deed.MERGE), by=other)

    one, target = (Proposal.objects.select_related("topic").get(pk=found.pk) for found in (one, target))
    assert (one.status, one.merged_into, one.supports, one.topic.state) == (Status.COLLECTING, None, 4, State.OPEN)
    assert (target.status, target.supports) == (Status.COLLECTING, 4)
    assert set(target.support_rows.values_list("person", flat=True)) >= {both.pk, later.pk}
    assert outcome.after == {"undone": True}
    assert (list(differences()), list(index_differences())) == ([], [])


# --- who may see this? ------------------------------------------------------------------------------------------------
def test_decision_names_no_board_and_no_topic_that_its_author_may_not_read(city, client, council, judge, member):
    closed = make_board("Тайный совет", who_reads=Circle.GROUPS, groups=(council,))
    known = boards.by_pk(closed.pk)
    moved, split = make_talk(by=member), make_talk()
    own = make_reply(split, by=member)
    actions.move_topic(moved, known, by=judge)
    actions.split_topic(split, [own.number], known, "Секретная тема", by=judge)
    client.force_login(member)
    paths = ["forum/decisions/", *(f"forum/decisions/{one.pk}/" for one in Decision.objects.all()), "notices/"]

    shown = "".join(client.get(f"/ru/{path}").content.decode() for path in paths)

    assert [word for word in ("Тайный совет", "Секретная тема") if word in shown] == []
    assert shown.count("Раздел, который вы больше не можете читать") == 1


def test_author_reads_what_was_before_and_what_came(city, client, judge, member):
    topic = make_talk(make_board("Разговоры"), by=member, title="О подъездах")
    actions.move_topic(topic, boards.by_pk(make_board("Дворы").pk), by=judge, reason="Там читают дворники")
    client.force_login(member)

    page = client.get(f"/ru/forum/decisions/{Decision.objects.get().pk}/").content.decode()
    centre = client.get("/ru/notices/").content.decode()

    assert "Разговоры → Дворы" in page
    assert all("Там читают дворники" in html for html in (page, centre))
    assert "Дворы" in centre


def test_reason_of_a_lock_is_asked_with_it(client, judge, member):
    topic = make_talk(by=member)
    client.force_login(judge)

    client.post(f"/ru/forum/topics/{topic.pk}/arrange/", {"state": "locked", "reason": " Спор окончен "})

    assert newest(Deed.STATE).reason == "Спор окончен"


def test_what_waited_and_was_refused_comes_back_shown(judge, other, member):
    topic = make_talk(make_board(held=Held.ALL), by=member)
    decision = make_removal(topic.posts.get(), by=judge)

    assert overturn(decision, by=other).after == {"undone": True}
    assert topic.posts.get().is_shown
