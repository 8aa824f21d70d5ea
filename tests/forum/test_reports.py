"""Asking moderators to look, and what comes of it; appeals."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from forum import actions, rules
from forum.enums import Circle, Deed, Ground, Matter, Penalty, State
from forum.errors import NotAllowedError, PaceError
from forum.models import Appeal, Case, Decision, Report, Sanction
from notices.models import Notice
from tests.factories import make_board, make_moderator, make_removal, make_reply, make_report, make_talk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge(db):
    return make_moderator(display_name="Вера Судейкина")


@pytest.fixture
def reported(member):
    return make_reply(make_talk(title="О подъездах"), by=member, text="Сами вы такие")


def told(person) -> list[tuple[str, str]]:
    return [(notice.kind, notice.params["deed"]) for notice in Notice.objects.filter(person=person).order_by("pk")]


# --- reports ----------------------------------------------------------------------------------------------------------
def test_reports_of_one_thing_are_one_case(reported):
    first, second = make_user(), make_user()

    make_report(reported, by=first)
    make_report(reported, by=second, ground=Ground.SPAM)
    make_report(reported, by=first, ground=Ground.OTHER)

    assert Case.objects.values_list("matter", "post").get() == ("report", reported.pk)
    assert sorted(Report.objects.values_list("by", "ground")) == sorted([(first.pk, "insult"), (second.pk, "spam")])


def test_after_a_decision_it_can_be_reported_again(reported, judge):
    reporter = make_user()
    case = make_report(reported, by=reporter)
    actions.decide(case, Deed.KEEP, by=judge)

    again = make_report(reported, by=reporter)

    assert again.pk != case.pk
    assert Report.objects.count() == 2


def test_reporters_are_told_what_came_of_it(reported, judge):
    first, second = make_user(), make_user()
    kept = make_report(make_reply(reported.topic), by=first)
    gone = make_report(reported, by=second)

    actions.decide(kept, Deed.KEEP, by=judge)
    actions.decide(gone, Deed.REMOVE, by=judge, ground="insult", reason="Без оскорблений")

    assert (told(first), told(second)) == ([("report", "keep")], [("report", "remove")])


def test_reporters_are_told_when_the_author_was_quicker(reported, member):
    reporter = make_user()
    case = make_report(reported, by=reporter)

    actions.remove(reported, by=member)

    case.refresh_from_db()
    assert (case.closed_at is not None, case.decision) == (True, None)
    assert told(reporter) == [("report", "")]


def test_who_reports_a_post(reported, member, judge):
    reader, banned, gone = make_user(), make_user(), make_user(is_active=False)
    actions.sanction(banned, Penalty.BAN, by=judge, reason="Спам")
    banned.refresh_from_db()
    people = {"nobody": AnonymousUser(), "reader": reader, "author": member, "banned": banned, "gone": gone}

    assert {name for name, person in people.items() if rules.can_report_post(person, reported)} == {"reader"}


def test_what_one_may_not_read_one_cannot_report(council, client):
    insider = make_user()
    insider.groups.add(council)
    closed = make_talk(make_board(who_reads=Circle.GROUPS, groups=(council,)), by=insider).posts.get()
    client.force_login(make_user())

    assert client.get(f"/ru/forum/posts/{closed.pk}/report/").status_code == 404
    with pytest.raises(NotAllowedError):
        make_report(closed)


def test_reports_have_a_limit(monkeypatch, reported):
    from forum.actions import reporting

    monkeypatch.setattr(reporting, "MOST_REPORTS", 1)
    reporter = make_user()
    make_report(reported, by=reporter)

    with pytest.raises(PaceError):
        make_report(make_reply(reported.topic), by=reporter)


def test_form_asks_for_words_where_no_rule_fits(client, city, reported):
    client.force_login(make_user())
    path = f"/ru/forum/posts/{reported.pk}/report/"

    html = client.post(path, {"ground": "other"}).content.decode()
    answer = client.post(path, {"ground": "other", "words": "Это про моего соседа"})

    assert "Скажите, что не так." in html
    assert answer.url == f"/ru/forum/posts/{reported.pk}/"
    assert Report.objects.get().words == "Это про моего соседа"


def test_profile_is_reported_and_hidden(client, city, judge):
    person, reporter = make_user(display_name="Купи слона", show_profile=True), make_user()
    client.force_login(reporter)

    client.post(f"/ru/forum/people/{person.pk}/report/", {"ground": "spam"})
    actions.decide(Case.objects.get(), Deed.HIDE_PROFILE, by=judge, ground="spam")

    assert client.get(f"/ru/people/{person.pk}/").status_code == 404
    assert told(person) == [("decision", "hide_profile")]
    assert told(reporter) == [("report", "hide_profile")]


def test_reported_never_learn_who_reported(client, city, reported, member, judge):
    make_report(reported, by=make_user(display_name="Донос Тайный"), words="Он мне надоел")
    decision = make_removal(reported, by=judge)
    client.force_login(member)
    pages = ["decisions/", f"decisions/{decision.pk}/", "reports/", f"topics/{reported.topic_id}/"]

    shown = "".join(client.get(f"/ru/forum/{page}").content.decode() for page in pages)

    assert "Так нельзя" in shown
    assert [word for word in ("Донос Тайный", "Он мне надоел", judge.display_name) if word in shown] == []
    assert "Тайный" not in str(list(Notice.objects.filter(person=member).values_list("params", flat=True)))


def test_nobody_learns_of_a_report_that_came_to_nothing(client, city, reported, member, judge):
    case = make_report(reported)
    actions.decide(case, Deed.KEEP, by=judge)
    client.force_login(member)

    assert told(member) == []
    assert client.get(f"/ru/forum/decisions/{Decision.objects.get().pk}/").status_code == 404


# --- appeals ----------------------------------------------------------------------------------------------------------
def test_author_reads_the_decision_and_appeals_once(client, city, reported, member, judge):
    decision = make_removal(reported, by=judge)
    client.force_login(member)
    path = f"/ru/forum/decisions/{decision.pk}/"

    html = client.get(path).content.decode()
    for words in ("Я шутил", "Ещё раз"):
        client.post(path, {"words": words})

    assert all(word in html for word in ("Оскорбление", "Так нельзя", "Сами вы такие"))
    assert Appeal.objects.get().words == "Я шутил"
    assert Case.objects.values_list("matter", "appealed", "post").get() == ("appeal", decision.pk, reported.pk)
    assert told(member) == [("decision", "remove")]


def test_appeal_brings_the_post_back(city, reported, member, judge):
    decision = make_removal(reported, by=judge)
    actions.appeal(decision, "Я шутил", by=member)
    other = make_moderator()

    outcome = actions.decide(Case.objects.get(), Deed.OVERTURN, by=other, reason="Это была шутка")

    reported.refresh_from_db()
    assert (reported.standing, reported.number, reported.reason) == ("shown", 2, "")
    assert Appeal.objects.get().outcome == outcome
    assert told(member) == [("decision", "remove"), ("decision", "overturn")]


def test_appeal_is_refused(reported, member, judge):
    decision = make_removal(reported, by=judge)
    actions.appeal(decision, "Я шутил", by=member)

    actions.decide(Case.objects.get(), Deed.UPHOLD, by=make_moderator(), reason="Не смешно")

    reported.refresh_from_db()
    assert reported.is_removed
    assert told(member)[-1] == ("decision", "uphold")


def test_appeal_is_not_decided_by_who_decided(reported, member, judge):
    actions.appeal(make_removal(reported, by=judge), "Нет", by=member)
    case = Case.objects.select_related("post__topic", "appealed__topic").get()

    assert rules.can_decide(judge, case) is True  # there is nobody else
    other = make_moderator()
    judge = User.objects.get(pk=judge.pk)  # a request of its own
    assert (rules.can_decide(judge, case), rules.can_decide(other, case)) == (False, True)
    with pytest.raises(NotAllowedError):
        actions.decide(case, Deed.UPHOLD, by=judge, reason="Так")


@pytest.mark.parametrize("what", ["edit", "state", "warning", "ban", "profile"])
def test_other_decisions_are_taken_back_too(what, member, judge):
    topic = make_talk(by=member, text="Было")
    post = topic.posts.get()
    if what == "edit":
        actions.edit(post, actions.Draft(source="Стало", title=topic.title), by=judge)
    elif what == "state":
        actions.set_state(topic, State.LOCKED, by=judge)
    elif what == "profile":
        actions.hide_profile(member, by=judge, ground="spam")
    else:
        actions.sanction(member, Penalty(what), by=judge, reason="За дело")
    member.refresh_from_db()
    actions.appeal(Decision.objects.get(), "Не за что", by=member)

    actions.decide(Case.objects.get(), Deed.OVERTURN, by=make_moderator(), reason="Правда")

    post.refresh_from_db()
    topic.refresh_from_db()
    member.refresh_from_db()
    assert (post.source, topic.state, member.silent_until, member.profile_held_at) == ("Было", "open", None, None)
    assert Sanction.objects.filter(lifted_at=None).count() == 0


def test_who_may_appeal(reported, member, judge):
    decision = make_removal(reported, by=judge)
    people = {"author": member, "moderator": judge, "other": make_user(), "nobody": AnonymousUser()}

    assert {name for name, person in people.items() if rules.can_appeal(person, decision)} == {"author"}


def test_approval_cannot_be_appealed(judge, member):
    from forum.enums import Held

    topic = make_talk(make_board(held=Held.ALL), by=member)
    actions.approve(topic.posts.get(), by=judge)

    assert rules.can_appeal(member, Decision.objects.get()) is False


def test_case_of_each_matter_offers_its_deeds(reported):
    case = make_report(reported)

    assert rules.deeds_for(case) == (Deed.KEEP, Deed.REMOVE)
    assert rules.deeds_for(Case(matter=Matter.POST)) == (Deed.APPROVE, Deed.REMOVE)
