"""Nothing of a board that is not for everybody comes out anywhere. Each test first makes what could leak."""

import re
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser

from forum import actions, queries, rules
from forum.actions import watching
from forum.enums import Circle, Held, Mode, Standing
from forum.models import Board, Tag, Topic
from search.checks import differences
from search.models import Entry
from tests.factories import make_board, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db
SECRET = "Шаровая молния"


@pytest.fixture
def insider(council):
    user = make_user(display_name="Пётр Тайный")
    user.groups.add(council)
    return user


@pytest.fixture
def closed(city, council, insider) -> Topic:
    """A group's topic with a reply, a tag and a question; beside it something public."""
    make_talk(make_board("Открытый", slug="open"), title="Всем видно", replies=1, tags=("общее",))
    board = make_board("Совет", slug="council", who_reads=Circle.GROUPS, groups=(council,))
    topic = make_talk(board, by=insider, title=SECRET, text=f"{SECRET} внутри", tags=("тайна",))
    make_reply(topic, by=insider, text=f"{SECRET} и ответ")
    return topic


def leaks(text: str) -> list[str]:
    return [word for word in (SECRET, "тайна", "Совет", "Пётр Тайный") if word in text]


@pytest.mark.parametrize("language", ["ru", "en", "be"])
@pytest.mark.parametrize("who", ["nobody", "member"])
def test_no_page_says_anything_of_a_closed_board(closed, client, member, who, language):
    if who == "member":
        client.force_login(member)
    first, reply = closed.posts.order_by("number")
    lists = ["", "?show=unanswered", "?show=mine", "open/", "atom/", "open/atom/"]
    gone = [
        "council/",
        "council/?show=archive",
        "council/atom/",
        f"topics/{closed.pk}/",
        f"topics/{closed.pk}/?quote=1",
        f"topics/{closed.pk}/atom/",
        f"topics/{closed.pk}/json/",
        f"topics/{closed.pk}/unread/",
        *(f"posts/{post.pk}/{action}" for post in (first, reply) for action in ("", "history/")),
    ]

    assert {path: leaks(client.get(f"/{language}/forum/{path}").content.decode()) for path in lists} == {
        path: [] for path in lists
    }
    assert {path: client.get(f"/{language}/forum/{path}").status_code for path in gone} == dict.fromkeys(gone, 404)


@pytest.mark.parametrize("board", ["", "open/"])
def test_a_closed_boards_tag_is_like_one_that_nobody_uses(closed, client, board):
    used, unused = (client.get(f"/ru/forum/{board}", {"tag": word}).content.decode() for word in ("тайна", "стена"))

    assert used.replace("тайна", "стена").replace(quote("тайна"), quote("стена")) == unused


def test_a_closed_boards_tag_cannot_be_followed_or_found_out(closed, client, member, insider):
    secret = Tag.objects.get(name="тайна")
    watching.set_watch(member, "tag", secret.pk, Mode.WATCH)  # while the topic could be read
    client.force_login(member)

    used, unused = (client.get("/ru/forum/", {"tag": word}).content.decode() for word in ("тайна", "стена"))
    following = client.get("/ru/forum/following/").content.decode()
    asked = client.post("/ru/forum/watch/", {"of": f"tag:{secret.pk}", "mode": "watch"})
    client.force_login(insider)
    again = client.post("/ru/forum/watch/", {"of": f"tag:{secret.pk}", "mode": "watch"})

    assert ["forum/watch/" in html for html in (used, unused)] == [False, False]
    assert ("тайна" in following, f"tag:{secret.pk}" in following) == (False, True)
    assert (asked.status_code, again.status_code) == (404, 302)


def test_nobody_writes_where_they_may_not_read(closed, client, member):
    client.force_login(member)
    first = closed.posts.get(number=1)
    paths = [
        "council/new/",
        f"topics/{closed.pk}/reply/",
        f"topics/{closed.pk}/arrange/",
        *(f"posts/{first.pk}/{action}/" for action in ("edit", "remove", "react", "accept", "approve")),
    ]
    said = {"text": "Взлом", "title": "Взлом", "reaction": "useful", "pin": "board"}

    assert {path: client.post(f"/ru/forum/{path}", said).status_code for path in paths} == dict.fromkeys(paths, 404)
    assert leaks(client.get("/ru/forum/new/", follow=True).content.decode()) == []
    assert Topic.objects.get(pk=closed.pk).last_number == 2


def test_insider_sees_it(closed, client, insider):
    client.force_login(insider)

    assert leaks(client.get(f"/ru/forum/topics/{closed.pk}/").content.decode()) == [
        SECRET,
        "тайна",
        "Совет",
        "Пётр Тайный",
    ]


def test_insiders_feeds_hold_only_what_everybody_reads(closed, client, insider):
    client.force_login(insider)

    assert leaks(client.get("/ru/forum/atom/").content.decode()) == []
    assert client.get("/ru/forum/council/atom/").status_code == 404
    assert client.get(f"/ru/forum/topics/{closed.pk}/atom/").status_code == 404


def test_index_holds_only_what_everybody_reads(closed, client):
    assert sorted(Entry.objects.filter(kind="topic").values_list("title", "summary")) == [
        ("Всем видно", "Ответ 0"),
        ("Всем видно", "Первое сообщение"),
    ]
    for word in ("молния", "тайна", "Совет"):
        html = client.get("/ru/search/", {"q": word}).content.decode()
        assert f"/topics/{closed.pk}/" not in html, word
        assert "внутри" not in html, word


def test_search_finds_topics_and_replies_and_leads_to_them(city, client):
    topic = make_talk(title="Где чинить велосипед", text="Нужны съёмники", tags=("каретка",))
    reply = make_reply(topic, text="Верстак по средам")

    def found(words: str) -> list[str]:
        html = client.get("/ru/search/", {"q": words}).content.decode()
        return re.findall(r'<article class="result.*?<a href="([^"]+)"', html, re.DOTALL)

    assert found("верстак") == [f"/ru/forum/posts/{reply.pk}/"]
    assert found("каретка") == [f"/ru/forum/topics/{topic.pk}/"]
    assert found("велосипед")[0] == f"/ru/forum/topics/{topic.pk}/"


def test_closing_a_board_takes_it_out_of_the_index_and_opening_brings_it_back(closed, council):
    board = Board.objects.get(slug="open")
    below = make_board("Ниже", parent=board)
    make_talk(below, title="Ниже всем видно")
    assert Entry.objects.filter(kind="topic").count() == 3

    board.who_reads = Circle.GROUPS
    board.save()
    assert Entry.objects.filter(kind="topic").count() == 0

    board.who_reads = Circle.EVERYONE
    board.save()
    assert Entry.objects.filter(kind="topic").count() == 3


def test_moving_to_a_closed_board_takes_a_topic_out_of_the_index(closed):
    from forum import boards

    topic = Topic.objects.get(title="Всем видно")
    admin = make_user(is_superuser=True)

    actions.move_topic(topic, boards.by_slug("council"), by=admin)
    assert Entry.objects.filter(kind="topic").count() == 0

    actions.move_topic(topic, boards.by_slug("open"), by=admin)
    assert Entry.objects.filter(kind="topic").count() == 2
    assert list(differences()) == []


@pytest.mark.parametrize("standing", [Standing.WAITING, Standing.REMOVED])
def test_waiting_and_removed_posts_stay_inside(city, client, member, moderator, keepers, standing):
    board = make_board(slug="held", held=Held.ALL, moderators=(keepers,))
    topic = make_talk(board, by=moderator, title="Открытая")
    reply = make_reply(topic, by=member, text=SECRET)
    own = make_talk(board, by=member, title=SECRET)
    if standing == Standing.REMOVED:
        for post in (reply, own.posts.get()):
            actions.remove(actions.approve(post, by=moderator), by=moderator)
    paths = ["", "held/", "atom/", "held/atom/", f"topics/{topic.pk}/", f"topics/{topic.pk}/atom/"]

    assert {path: SECRET in client.get(f"/ru/forum/{path}").content.decode() for path in paths} == dict.fromkeys(
        paths, False
    )
    assert client.get(f"/ru/forum/topics/{own.pk}/").status_code == 404
    assert Entry.objects.filter(title__contains=SECRET).count() == 0
    assert Entry.objects.filter(body__contains=SECRET).count() == 0


def test_sitemap_names_only_what_everybody_reads(closed, client):
    text = client.get("/sitemap.xml").content.decode()
    found = re.findall(r"<loc>http://testserver(/[a-z]+/forum/[^<]*)</loc>", text)
    public = Topic.objects.get(title="Всем видно")

    lists = [f"/{code}/forum/{slug}" for slug in ("", "open/") for code in ("ru", "en", "be")]
    assert found == [*lists, f"/ru/forum/topics/{public.pk}/"]
    assert "council" not in text


def test_mentions_do_not_tell_who_has_an_account(city, member):
    """Only those who wrote in the topic are marked."""
    make_user(display_name="Скрытный Человек")
    topic = make_talk(by=member)

    post = make_reply(topic, text="@Скрытный Человек и @Марина Климова")

    assert re.findall(r'class="mention">([^<]+)<', post.html) == ["@Марина Климова"]


def test_counts_beside_boards_are_of_boards_one_may_read(closed):
    assert [board.slug for board in rules.readable_boards(AnonymousUser())] == ["open"]
    assert queries.newest_topics(rules.readable_boards(AnonymousUser())) == [Topic.objects.get(title="Всем видно")]
