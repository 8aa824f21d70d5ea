"""The moderators' desk: who sees what on it, what it costs, and that nothing is decided twice."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from forum import actions, rules
from forum.enums import Cause, Circle, Deed, Held
from forum.errors import DecidedError, NotAllowedError, TakenError
from forum.models import Answer, Case, Decision, Post
from tests.factories import make_board, make_moderator, make_removal, make_reply, make_report, make_talk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge(db):
    return make_moderator(display_name="Вера Судейкина")


@pytest.fixture
def held(keepers):
    return make_board("Держим", slug="held", held=Held.ALL, moderators=(keepers,))


def items(html: str) -> list[str]:
    return re.findall(r'<article class="desk__item" id="case-(\d+)"', html)


def read(client, path: str = "") -> str:
    answer = client.get(f"/ru/forum/desk/{path}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


# --- who sees it ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", ["desk/", "desk/1/", "desk/people/1/"])
def test_there_is_no_desk_for_others(city, client, held, path):
    make_talk(held)

    assert client.get(f"/ru/forum/{path}").status_code == 302
    client.force_login(make_user())
    assert client.get(f"/ru/forum/{path}").status_code == 404


def test_moderator_of_a_board_sees_nothing_of_others(city, client, held, moderator, judge):
    mine = make_talk(held, title="Мой раздел")
    elsewhere = make_board("Чужой", held=Held.ALL)
    theirs = make_talk(elsewhere, title="Чужая тема", by=make_user(display_name="Чужой Автор"))
    shown = make_talk(make_board(), title="Чужая жалоба")
    make_report(shown.posts.get(), words="Чужие слова")
    person = make_user(show_profile=True, display_name="Чужой Профиль")
    actions.report_person(person, "spam", by=make_user())
    appealed = make_reply(shown)
    actions.appeal(make_removal(appealed, by=judge), "Чужое обжалование", by=appealed.author)
    client.force_login(moderator)

    html = read(client)
    foreign = Case.objects.exclude(post__topic=mine)

    assert len(items(html)) == 1
    assert "Мой раздел" in html
    assert "Чуж" not in html
    assert foreign.count() == 4
    for case in foreign:
        assert client.get(f"/ru/forum/desk/{case.pk}/").status_code == 404
        assert client.post(f"/ru/forum/desk/{case.pk}/", {"deed": "keep"}).status_code == 404
        assert client.post(f"/ru/forum/desk/{case.pk}/take/").status_code == 404
    assert client.get(f"/ru/forum/desk/people/{theirs.author_id}/").status_code == 404
    assert Case.objects.filter(closed_at=None).count() == 5


def test_moderator_of_the_network_sees_all(city, client, held, judge):
    make_talk(held)
    make_report(make_talk().posts.get())
    actions.report_person(make_user(show_profile=True), "spam", by=make_user())
    client.force_login(judge)

    assert len(items(read(client))) == 3
    assert len(items(read(client, "?matter=report"))) == 2
    assert len(items(read(client, "?board=held"))) == 1
    assert len(items(read(client, "?matter=appeal"))) == 0
    assert len(items(read(client, "?matter=x&board=y&before=z&after=%00"))) == 3


def test_menu_counts_what_waits(city, client, held, moderator):
    client.force_login(moderator)
    assert "Стол модераторов</a>" in client.get("/ru/").content.decode()

    topic = make_talk(held)
    page_cache_drop()
    assert "Стол модераторов (1)</a>" in client.get("/ru/").content.decode()
    actions.approve(topic.posts.get(), by=moderator)
    page_cache_drop()
    assert "Стол модераторов</a>" in client.get("/ru/").content.decode()

    client.force_login(make_user())
    assert "Стол модераторов" not in client.get("/ru/").content.decode()


def page_cache_drop() -> None:
    """As after the commit, which tests don't have."""
    from common.page_cache import drop_now

    drop_now((actions.DESK,))


# --- what it shows ----------------------------------------------------------------------------------------------------
def test_case_comes_with_its_context(city, client, judge, member):
    topic = make_talk(title="Дворы")
    make_reply(topic, text="То, что перед ним")
    bad = make_reply(topic, by=member, text="Плохие слова")
    make_removal(make_reply(topic, by=member, text="Раньше"), by=judge, reason="Уже было")
    actions.write_note(member, "Следим за ним", by=judge)
    make_report(bad, words="Обидел меня", by=make_user(display_name="Обиженная"))
    client.force_login(judge)

    html = read(client)

    for words in ("Дворы — № 3", "То, что перед ним", "Плохие слова", "Обидел меня", "Обиженная", member.display_name):
        assert words in html
    text = " ".join(re.sub("<[^>]+>", "", html).split())
    assert "1 сообщение 1 удалено 1 заметка" in text


def test_why_a_post_waits_is_said(city, client, judge):
    make_talk(make_board(held=Held.FIRST))
    client.force_login(judge)

    assert Case.objects.get().cause == Cause.FIRST
    assert "Это первое сообщение этого человека здесь." in read(client)


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_the_desk_do_not_grow(city, client, judge, django_assert_num_queries, number):
    board = make_board(held=Held.ALL)
    topic = make_talk()
    for _ in range(number):
        make_talk(board)
        make_report(make_reply(topic))
        removed = make_reply(topic)
        actions.appeal(make_removal(removed, by=judge), "Нет", by=removed.author)
    client.force_login(judge)
    read(client)

    with django_assert_num_queries(15):
        read(client)


def test_desk_pages_by_key(city, client, judge):
    board = make_board(held=Held.ALL)
    for _ in range(25):
        make_talk(board)
    client.force_login(judge)
    seen, path = [], ""

    while path is not None:
        html = read(client, path)
        seen += items(html)
        found = re.search(r'<a href="/ru/forum/desk/([^"]+)" rel="next"', html)
        path = found.group(1) if found else None

    assert len(seen) == len(set(seen)) == 25


# --- deciding ---------------------------------------------------------------------------------------------------------
def decide(client, case: Case, deed: str, **said: str):
    return client.post(f"/ru/forum/desk/{case.pk}/", {"deed": deed, **said}, follow=True)


def test_waiting_topic_is_shown(city, client, held, moderator):
    topic = make_talk(held)
    client.force_login(moderator)

    html = unescape(decide(client, Case.objects.get(), "approve").content.decode())

    assert "Решено: Показано всем." in html
    assert topic.posts.get().number == 1
    assert Case.objects.get().decision == Decision.objects.get(deed="approve")


def test_removing_asks_for_the_rule(city, client, held, moderator):
    make_talk(held)
    client.force_login(moderator)

    html = decide(client, Case.objects.get(), "remove", reason="Нельзя").content.decode()
    assert "Назовите правило" in html
    assert "Нельзя" in html
    decide(client, Case.objects.get(), "remove", reason="Нельзя", ground="spam")

    assert (Post.objects.get().standing, Post.objects.get().reason) == ("removed", "Нельзя")


def test_ready_answer_is_taken_without_scripts(city, client, held, moderator):
    answer = Answer.objects.create(title="Реклама", language="ru", text="Реклама здесь не размещается.")
    make_talk(held)
    client.force_login(moderator)

    assert 'data-text="Реклама здесь не размещается."' in read(client)
    decide(client, Case.objects.get(), "remove", ground="spam", answer=str(answer.pk))

    assert Decision.objects.get().reason == "Реклама здесь не размещается."


def test_deed_of_another_matter_is_refused(city, client, held, moderator):
    make_talk(held)
    client.force_login(moderator)

    decide(client, Case.objects.get(), "overturn", reason="x")

    assert Case.objects.get().closed_at is None


def test_taken_case_is_left_to_who_took_it(held, moderator, judge):
    make_talk(held)
    case = Case.objects.get()
    actions.take(case, by=moderator)

    with pytest.raises(TakenError, match="Глафира Петрова"):
        actions.take(case, by=judge)
    with pytest.raises(TakenError, match="Глафира Петрова"):
        actions.decide(case, Deed.APPROVE, by=judge)
    assert Decision.objects.count() == 0

    Case.objects.update(taken_at=timezone.now() - timedelta(minutes=16))
    actions.decide(case, Deed.APPROVE, by=judge)
    assert Decision.objects.get().by == judge


def test_put_back_case_is_free(held, moderator, judge):
    make_talk(held)
    case = Case.objects.get()
    actions.take(case, by=moderator)

    actions.put_back(case, by=judge)
    assert Case.objects.get().taken_by == moderator
    actions.put_back(case, by=moderator)

    actions.take(case, by=judge)
    assert Case.objects.get().taken_by == judge


def test_decided_case_is_not_decided_again(held, moderator, judge):
    make_talk(held)
    case = Case.objects.get()
    actions.decide(case, Deed.APPROVE, by=moderator)

    with pytest.raises(DecidedError, match="Глафира Петрова"):
        actions.decide(case, Deed.REMOVE, by=judge, ground="spam")

    assert Post.objects.get().is_shown
    assert Decision.objects.count() == 1


def test_deciding_on_the_topics_page_clears_the_desk(held, moderator):
    topic = make_talk(held)

    actions.approve(topic.posts.get(), by=moderator)

    assert Case.objects.get().closed_at is not None


def test_moderators_do_not_decide_about_themselves(judge):
    bad = make_reply(make_talk(), by=judge)
    case = make_report(bad)

    with pytest.raises(NotAllowedError):
        actions.decide(case, Deed.KEEP, by=judge)


def test_who_decides(held, moderator, judge, member):
    author = make_user()
    make_talk(held, by=author)
    case = Case.objects.select_related("post__topic").get()
    elsewhere = make_user()
    people = {
        "nobody": AnonymousUser(),
        "member": member,
        "author": author,
        "of the board": moderator,
        "of the network": judge,
        "elsewhere": elsewhere,
    }

    assert {who for who, person in people.items() if rules.can_decide(person, case)} == {
        "of the board",
        "of the network",
    }


# --- people -----------------------------------------------------------------------------------------------------------
def test_page_of_a_person_shows_what_is_known(city, client, judge, member):
    make_report(make_reply(make_talk(title="Одна тема"), by=member), words="Жалуюсь")
    make_removal(make_reply(make_talk(title="Другая тема"), by=member), by=judge, reason="За дело")
    actions.write_note(member, "Видели в чате", by=judge)
    client.force_login(judge)

    html = read(client, f"people/{member.pk}/")

    for words in ("Одна тема", "Другая тема", "Жалуюсь", "За дело", "Видели в чате"):
        assert words in html


def test_moderator_of_a_board_knows_what_people_did_there(city, client, held, moderator, judge, member):
    make_talk(held, by=member, title="Здесь")
    closed = make_talk(make_board(who_reads=Circle.GROUPS), by=judge, title="Там", text="Закрытое")
    other = actions.reply(closed, actions.Draft(source="Закрытый ответ"), by=judge)
    Post.objects.filter(pk=other.pk).update(author=member)
    make_removal(Post.objects.get(pk=other.pk), by=make_moderator(), reason="Тайное решение")
    actions.write_note(member, "Тайная заметка", by=judge)
    client.force_login(moderator)

    html = read(client, f"people/{member.pk}/")

    assert "Здесь" in html
    assert [words for words in ("Там", "Закрыт", "Тайн") if words in html] == []
    client.post(f"/ru/forum/desk/people/{member.pk}/note/", {"text": "Заметка раздела"})
    assert "Заметка раздела" in read(client, f"people/{member.pk}/")


def test_notes_never_leak(city, client, judge, member):
    topic = make_talk(by=member)
    member.show_profile = True
    member.save()
    actions.write_note(member, "Тайная заметка", by=judge)
    note = Decision.objects.get()
    pages = [f"/ru/forum/topics/{topic.pk}/", f"/ru/people/{member.pk}/", "/ru/forum/decisions/", "/ru/forum/"]

    for person in (None, member, make_user()):
        client.force_login(person) if person else client.logout()
        assert [page for page in pages if "Тайная заметка" in client.get(page).content.decode()] == []
        assert client.get(f"/ru/forum/decisions/{note.pk}/").status_code in {302, 404}
