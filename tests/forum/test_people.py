"""Warnings, silences, bans; blocking; held profiles."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from forum import actions, boards, rules
from forum.actions import Draft
from forum.actions.watching import tell_of_post
from forum.enums import Liking, Matter, Penalty
from forum.errors import NotAllowedError, SilentError
from forum.models import Block, Case, Decision, Sanction
from notices.models import Notice
from tests.factories import make_board, make_moderator, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge(db):
    return make_moderator(display_name="Вера Судейкина")


def silence(person, judge, days: int = 3) -> Sanction:
    made = actions.sanction(person, Penalty.SILENCE, by=judge, ground="insult", reason="Грубо писали", days=days)
    person.refresh_from_db()
    return made


# --- who may write ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("penalty", "allowed"),
    [
        (None, {"start", "reply", "react", "edit", "read", "report"}),
        (Penalty.WARNING, {"start", "reply", "react", "edit", "read", "report"}),
        (Penalty.SILENCE, {"read", "report"}),
        (Penalty.BAN, {"read"}),
    ],
)
def test_what_is_left_to_whom(judge, member, penalty, allowed):
    topic = make_talk()
    mine, theirs = make_reply(topic, by=member), make_reply(topic)
    if penalty:
        actions.sanction(member, penalty, by=judge, reason="За дело", days=3)
    member.refresh_from_db()
    may = {
        "start": rules.can_start(member, boards.by_pk(topic.board_id)),
        "reply": rules.can_reply(member, topic),
        "react": rules.can_react(member, theirs),
        "edit": rules.can_edit(member, mine),
        "read": rules.can_see_post(member, theirs),
        "report": rules.can_report_post(member, theirs),
    }

    assert {deed for deed, yes in may.items() if yes} == allowed


def test_silence_ends_by_itself(judge, member):
    topic = make_talk()
    silence(member, judge)
    member.silent_until = timezone.now() - timedelta(seconds=1)

    assert rules.can_reply(member, topic) is True


def test_the_longest_of_several_counts(judge, member):
    longest, ban = silence(member, judge, 30), None
    silence(member, judge, 1)
    assert member.silent_until == longest.until

    ban = actions.sanction(member, Penalty.BAN, by=judge, reason="Хватит")
    member.refresh_from_db()
    assert rules.is_banned(member)

    actions.lift(ban, by=judge)
    member.refresh_from_db()
    assert (rules.is_banned(member), member.silent_until) == (False, longest.until)


def test_actions_refuse_those_who_are_silent(judge, member):
    topic = make_talk()
    mine = make_reply(topic, by=member)
    silence(member, judge)

    with pytest.raises(SilentError):
        actions.reply(topic, Draft(source="Всё равно"), by=member)
    with pytest.raises(SilentError):
        actions.start_topic(
            boards.by_pk(topic.board_id), Draft(source="Всё равно", title="Я", language="ru"), by=member
        )
    with pytest.raises(SilentError):
        actions.edit(mine, Draft(source="Всё равно"), by=member)
    with pytest.raises(NotAllowedError):
        actions.react(topic.posts.get(number=1), Liking.USEFUL, by=member, on=True)


def test_who_is_silent_reads_why_where_the_form_would_be(client, city, judge, member):
    topic = make_talk(make_board(slug="crafts"))
    decision = silence(member, judge).decision
    client.force_login(member)
    pages = {path: client.get(f"/ru/forum/{path}") for path in (f"topics/{topic.pk}/", "crafts/new/", "new/")}

    for path, answer in pages.items():
        html = answer.content.decode()
        assert "Вам нельзя писать до" in html, path
        assert "Оскорбление или вражда. Грубо писали" in html
        assert f"/ru/forum/decisions/{decision.pk}/" in html
    assert [answer.status_code for answer in pages.values()] == [200, 403, 403]


def test_what_was_typed_before_the_silence_stays_in_the_form(client, city, judge, member):
    topic = make_talk()
    silence(member, judge)
    client.force_login(member)

    html = client.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "Долго писал"}).content.decode()

    assert "Писать вам нельзя до" in html
    assert "Долго писал</textarea>" in html


# --- who may sanction -------------------------------------------------------------------------------------------------
def test_who_sanctions(judge, moderator, keepers, member):
    target = make_user()
    here = make_reply(make_talk(make_board(moderators=(keepers,))), by=target)
    there = make_reply(make_talk(), by=target)
    people = {"network": judge, "board": moderator, "member": member, "nobody": AnonymousUser(), "self": target}

    def who(penalty, post=None) -> set[str]:
        return {name for name, person in people.items() if rules.can_sanction(person, target, penalty, post)}

    assert who(Penalty.WARNING, here) == {"network", "board"}
    assert (
        who(Penalty.WARNING, there)
        == who(Penalty.WARNING)
        == who(Penalty.SILENCE, here)
        == who(Penalty.BAN)
        == {"network"}
    )


def test_moderators_are_not_sanctioned(judge):
    with pytest.raises(NotAllowedError):
        actions.sanction(make_moderator(), Penalty.BAN, by=judge, reason="Спор")


def test_sanctions_are_told_and_logged(judge, member):
    made = silence(member, judge)
    actions.lift(made, by=judge, reason="Извинился")

    assert list(Decision.objects.order_by("pk").values_list("deed", "reason")) == [
        ("silence", "Грубо писали"),
        ("lift", "Извинился"),
    ]
    assert [notice.params["deed"] for notice in Notice.objects.filter(person=member).order_by("pk")] == [
        "silence",
        "lift",
    ]


def test_sanction_by_form(client, city, judge, member):
    make_talk(by=member)
    client.force_login(judge)
    path = f"/ru/forum/desk/people/{member.pk}/sanction/"

    html = client.post(path, {"penalty": "silence", "days": "7", "ground": "spam"}).content.decode()
    assert "Напишите почему" in html
    client.post(path, {"penalty": "silence", "days": "7", "ground": "spam", "reason": "Реклама"})

    made = Sanction.objects.get()
    assert (made.penalty, made.decision.reason, (made.until - timezone.now()).days) == ("silence", "Реклама", 6)
    client.post(f"/ru/forum/desk/sanctions/{made.pk}/lift/")
    assert User.objects.get(pk=member.pk).silent_until is None


def test_moderator_of_a_board_warns_about_a_post_there(client, city, moderator, keepers, member):
    topic = make_talk(make_board(moderators=(keepers,)), by=member)
    client.force_login(moderator)
    path = f"/ru/forum/desk/people/{member.pk}/"

    assert "Предупредить или запретить" not in client.get(path).content.decode()
    assert client.post(f"{path}sanction/", {"penalty": "warning", "ground": "spam", "reason": "x"}).status_code == 404
    said = {"penalty": "warning", "ground": "spam", "reason": "Аккуратнее", "post": topic.posts.get().pk}
    client.post(f"{path}sanction/", said)
    client.post(f"{path}sanction/", said | {"penalty": "ban"})

    assert list(Sanction.objects.values_list("penalty", "decision__post")) == [("warning", topic.posts.get().pk)]


# --- blocking ---------------------------------------------------------------------------------------------------------
def test_blocked_persons_posts_are_folded_for_the_blocker_only(client, city, member):
    troll = make_user(display_name="Тролль")
    topic = make_talk()
    make_reply(topic, by=troll, text="Дразнюсь")
    client.force_login(member)

    client.post(f"/ru/forum/people/{troll.pk}/block/")
    folded = client.get(f"/ru/forum/topics/{topic.pk}/").content.decode()
    client.force_login(make_user())

    assert "<details" in folded.split('id="post-2"')[1].split("Дразнюсь")[0]
    assert "Вы не читаете этого человека" not in client.get(f"/ru/forum/topics/{topic.pk}/").content.decode()


def test_unblocking_shows_them_again(client, city, member):
    troll = make_user(display_name="Тролль")
    make_talk(by=troll)
    client.force_login(member)
    client.post(f"/ru/forum/people/{troll.pk}/block/")
    assert "Тролль" in client.get("/ru/forum/blocked/").content.decode()

    client.post(f"/ru/forum/people/{troll.pk}/block/", {"off": "1"})

    assert Block.objects.count() == 0


def test_nobody_blocks_themselves(member):
    with pytest.raises(NotAllowedError):
        actions.block(member, by=member)


def test_no_notices_of_blocked_people(member):
    topic = make_talk(by=member)
    troll = make_user()
    actions.block(troll, by=member)

    tell_of_post(make_reply(topic, by=troll).pk)
    assert Notice.objects.filter(person=member).count() == 0
    tell_of_post(make_reply(topic).pk)
    assert Notice.objects.filter(person=member).count() == 1


@pytest.mark.parametrize("blocked", [1, 15])
def test_queries_of_a_topic_do_not_grow_with_those_who_are_blocked(
    client, city, member, blocked, django_assert_num_queries
):
    topic = make_talk()
    for number in range(18):
        author = make_reply(topic).author
        if number < blocked:
            actions.block(author, by=member)
    client.force_login(member)
    path = f"/ru/forum/topics/{topic.pk}/"
    client.get(path)

    with django_assert_num_queries(9):
        client.get(path)


# --- profiles ---------------------------------------------------------------------------------------------------------
PROFILE = {"display_name": "Фирма", "language": "ru", "show_profile": "on", "show_bio": "on"}


def test_profile_with_links_waits_for_a_moderator(client, city, member, judge):
    client.force_login(member)
    client.post("/ru/me/", PROFILE | {"bio": "Окна: www.spam.example"})

    assert client.get(f"/ru/people/{member.pk}/").status_code == 404
    assert "Ваша страница ждёт модератора" in client.get("/ru/me/").content.decode()
    case = Case.objects.get()
    assert (case.matter, case.person) == (Matter.PROFILE, member)
    actions.decide(case, rules.deeds_for(case)[0], by=judge)
    assert client.get(f"/ru/people/{member.pk}/").status_code == 200


def test_profile_without_links_is_shown_at_once(client, city, member):
    client.force_login(member)
    client.post("/ru/me/", PROFILE | {"bio": "Люблю книги"})

    assert client.get(f"/ru/people/{member.pk}/").status_code == 200
    assert Case.objects.count() == 0


def test_hidden_profile_that_is_opened_again_comes_to_the_desk(client, city, member, judge):
    actions.hide_profile(member, by=judge, ground="spam")
    client.force_login(member)
    client.post("/ru/me/", PROFILE)

    assert client.get(f"/ru/people/{member.pk}/").status_code == 404
    assert Case.objects.get(closed_at=None).matter == Matter.PROFILE
