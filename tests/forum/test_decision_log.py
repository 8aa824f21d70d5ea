"""The log as moderators read it, and what of it is nobody else's."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from forum import actions, boards
from forum.enums import Circle, Deed, Held, Matter, Penalty, Pin, State
from forum.errors import NotAllowedError
from forum.models import Case, Decision, Sanction
from notices.models import Notice
from tests.factories import make_board, make_moderator, make_removal, make_talk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge(db) -> User:
    return make_moderator(display_name="Вера Судейкина")


@pytest.fixture
def mine(keepers):
    """The board that ``moderator`` looks after."""
    return make_board("Дворы", slug="yards", moderators=(keepers,))


def log_of(client, person: User) -> str:
    client.force_login(person)
    return client.get("/ru/forum/desk/log/").content.decode()


def test_moderators_read_who_decided_what_and_why(city, client, judge, member):
    topic = make_talk(by=member, title="О подъездах")
    actions.set_state(topic, State.LOCKED, by=judge, reason="Спор окончен")
    decision = Decision.objects.get()

    html = log_of(client, make_moderator())
    page = client.get(f"/ru/forum/decisions/{decision.pk}/").content.decode()

    assert all(word in html for word in ("подъездах", "Вера Судейкина", "Спор окончен"))
    assert all(word in page for word in ("Вера Судейкина", "Марина Климова", "Открыта → Закрыта", "Спор окончен"))
    assert "Вы считаете" not in page


def test_a_boards_moderators_read_what_was_decided_there(city, client, mine, moderator, judge, council):
    closed = make_board(who_reads=Circle.GROUPS, groups=(council,))
    here, there = make_talk(mine, title="Наш двор"), make_talk(closed, by=judge, title="Закрытый совет")
    gone = make_talk(mine, title="Уехала в совет")
    for topic in (here, there, gone):
        actions.pin_topic(topic, Pin.BOARD, by=judge)
    actions.move_topic(gone, boards.by_pk(closed.pk), by=judge)

    html = log_of(client, moderator)
    pages = [client.get(f"/ru/forum/decisions/{one.pk}/") for one in Decision.objects.order_by("pk")]

    assert [word in html for word in ("Наш двор", "Закрытый совет", "Уехала")] == [True, False, False]
    assert [page.status_code for page in pages] == [200, 404, 200, 404]
    assert "Уехала" not in pages[2].content.decode()


def test_others_read_nothing_of_it(city, client, judge, member):
    decision = make_removal(make_talk().posts.get(), by=judge)
    for person in (member, make_user()):
        client.force_login(person)

        assert client.get("/ru/forum/desk/log/").status_code == 404
        assert client.get(f"/ru/forum/decisions/{decision.pk}/").status_code == 404


def test_moderators_do_not_read_what_others_say_of_them(city, client, judge):
    other = make_moderator(display_name="Пётр")
    actions.write_note(other, "Слишком строг", by=judge)

    assert "Слишком строг" in log_of(client, judge)
    assert "Слишком строг" not in log_of(client, other)
    assert client.get(f"/ru/forum/decisions/{Decision.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize("number", [1, 19])
def test_queries_of_the_log_do_not_grow(city, client, judge, django_assert_num_queries, number):
    for _ in range(number):
        actions.pin_topic(make_talk(), Pin.BOARD, by=judge)
    log_of(client, judge)

    with django_assert_num_queries(4):
        client.get("/ru/forum/desk/log/")


# --- the desk ---------------------------------------------------------------------------------------------------------
def test_appeal_lies_where_its_topic_stands_now(city, client, judge, moderator, mine, member):
    elsewhere = make_board(moderators=(Group.objects.create(name="Others"),))
    keeper = make_user()
    keeper.groups.add(Group.objects.get(name="Others"))
    topic = make_talk(mine, by=member, title="О подъездах")
    actions.set_state(topic, State.LOCKED, by=judge)
    actions.appeal(Decision.objects.get(), "Рано", by=member)
    actions.move_topic(topic, boards.by_pk(elsewhere.pk), by=judge)
    case = Case.objects.get(matter=Matter.APPEAL)

    shown = {}
    for name, person in (("before", moderator), ("now", keeper)):
        client.force_login(person)
        listed = f"case-{case.pk}" in client.get("/ru/forum/desk/").content.decode()
        shown[name] = (listed, client.get(f"/ru/forum/desk/{case.pk}/").status_code)

    assert shown == {"before": (False, 404), "now": (True, 200)}


def test_who_looks_at_the_desk_has_read_what_waits(city, client, moderator, keepers, member):
    make_talk(make_board(held=Held.ALL, moderators=(keepers,)), by=member)
    assert Notice.objects.filter(person=moderator, kind="forum.waiting", read_at=None).count() == 1
    client.force_login(moderator)

    client.get("/ru/forum/desk/")

    assert Notice.objects.filter(person=moderator, read_at=None).count() == 0


# --- people -----------------------------------------------------------------------------------------------------------
def test_a_sanction_is_lifted_once(judge, member):
    sanction = actions.sanction(member, Penalty.SILENCE, by=judge, reason="Тише", days=3)
    stale = Sanction.objects.select_related("person").get(pk=sanction.pk)
    actions.lift(sanction, by=judge)

    with pytest.raises(NotAllowedError):
        actions.lift(stale, by=make_moderator())

    assert Decision.objects.filter(deed=Deed.LIFT).count() == 1


def test_a_warning_on_a_closed_board_is_not_told_to_other_boards_moderators(
    city, client, judge, moderator, mine, council, member
):
    member.groups.add(council)
    closed = make_talk(make_board(who_reads=Circle.GROUPS, groups=(council,)), by=member)
    post = closed.posts.select_related("topic").get()
    make_talk(mine, by=member)
    actions.sanction(member, Penalty.WARNING, by=judge, reason="Тайна совета", post=post)
    actions.sanction(member, Penalty.SILENCE, by=judge, reason="Тише", days=3)

    def page(person: User) -> str:
        client.force_login(person)
        return client.get(f"/ru/forum/desk/people/{member.pk}/").content.decode()

    assert ["Тайна совета" in page(person) for person in (moderator, judge)] == [False, True]
    assert ["Тише" in page(person) for person in (moderator, judge)] == [True, True]
