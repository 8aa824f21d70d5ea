"""Following and muting by plain forms, and the list of what one follows."""

import re

import pytest

from accounts.models import User
from common.page_cache import drop_now
from forum import boards
from forum.actions import watching
from forum.enums import Circle, Mode
from forum.models import Tag, Watch
from notices.actions import Happening, tell
from notices.models import Notice
from tests.factories import make_board, make_reply, make_talk, make_user

WATCH = "/en/forum/watch/"
FOLLOWING = "/en/forum/following/"


@pytest.fixture
def reader(city, client, member) -> User:
    client.force_login(member)
    return member


@pytest.fixture
def writer(db) -> User:
    return make_user(display_name="Пишущий", show_profile=True)


def modes(person: User) -> dict[str, str]:
    return {watch.target: watch.mode for watch in Watch.objects.filter(person=person)}


def pressed(html: str) -> list[str]:
    return re.findall(r'aria-pressed="true">\s*<svg.*?</svg>(\w+)', html, re.DOTALL)


def test_following_asks_for_a_sign_in(city, client):
    assert client.get(FOLLOWING).url == f"/en/accounts/login/?next={FOLLOWING}"
    assert client.post(WATCH, {"of": "topic:1", "mode": "watch"}).status_code == 302
    assert not Watch.objects.exists()


def test_topic_is_followed_muted_and_neither_by_its_buttons(reader, client):
    topic = make_talk()
    path = topic.get_absolute_url().replace("/ru/", "/en/")
    seen = [pressed(client.get(path).text)]

    for mode in ("watch", "mute", ""):
        response = client.post(WATCH, {"of": f"topic:{topic.pk}", "mode": mode, "next": path})
        seen.append(pressed(client.get(path).text))

    assert response.url == path
    assert seen == [[], ["Follow"], ["Mute"], []]


def test_board_and_tag_are_followed_from_their_list(reader, client):
    board = make_board(slug="crafts")
    make_talk(board, tags=("вело",))
    tag = Tag.objects.get()

    html = client.get("/en/forum/crafts/?tag=вело").text
    for of in re.findall(r'name="of" value="([^"]+)"', html):
        client.post(WATCH, {"of": of, "mode": "watch"})

    assert modes(reader) == {f"board:{board.pk}": "watch", f"tag:{tag.pk}": "watch"}
    assert pressed(client.get("/en/forum/crafts/?tag=вело").text) == ["Follow", "Follow"]


def test_person_is_followed_from_their_page(reader, client, writer):
    path = f"/en/people/{writer.pk}/"

    html = client.get(path).text
    client.post(WATCH, {"of": re.search(r'name="of" value="([^"]+)"', html)[1], "mode": "watch", "next": path})

    assert modes(reader) == {f"writer:{writer.pk}": "watch"}
    assert pressed(client.get(path).text) == ["Follow"]


def test_nobody_follows_themselves(reader, client):
    reader.show_profile = True
    reader.save()

    assert 'name="of"' not in client.get(f"/en/people/{reader.pk}/").text
    assert client.post(WATCH, {"of": f"writer:{reader.pk}", "mode": "watch"}).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"of": "", "mode": "watch"},
        {"of": "topic:", "mode": "watch"},
        {"of": "topic:999", "mode": "watch"},
        {"of": "board:999", "mode": "watch"},
        {"of": "tag:999", "mode": "watch"},
        {"of": "writer:999", "mode": "watch"},
        {"of": "person:1", "mode": "watch"},
        {"of": "topic:²", "mode": "watch"},
        {"of": f"topic:{'9' * 30}", "mode": "watch"},
        {"of": "topic:1", "mode": "love"},
    ],
)
def test_what_is_not_there_cannot_be_followed(reader, client, sent):
    assert client.post(WATCH, sent).status_code == 404
    assert modes(reader) == {}


def test_what_may_not_be_read_cannot_be_followed(reader, client, council):
    board = make_board(who_reads=Circle.GROUPS, groups=(council,))
    insider = make_user()
    insider.groups.add(council)
    topic = make_talk(board, by=insider)
    hidden = make_user()

    for of in (f"topic:{topic.pk}", f"board:{board.pk}", f"writer:{hidden.pk}"):
        assert client.post(WATCH, {"of": of, "mode": "watch"}).status_code == 404
    assert not Watch.objects.filter(person=reader).exists()


def test_foreign_addresses_are_not_led_to(reader, client):
    topic = make_talk()

    response = client.post(WATCH, {"of": f"topic:{topic.pk}", "mode": "watch", "next": "https://example.org/"})

    assert response.url == FOLLOWING


def test_list_shows_all_that_is_followed_and_lets_it_go(reader, client, writer):
    topic = make_talk(make_board("Ремесло"), title="Где чинить?", tags=("вело",))
    make_reply(topic, by=reader)
    for name, pk in (("board", topic.board_id), ("tag", Tag.objects.get().pk), ("writer", writer.pk)):
        watching.set_watch(reader, name, pk, Mode.WATCH if name != "writer" else Mode.MUTE)

    html = client.get(FOLLOWING).text
    for of in re.findall(r'name="of" value="([^"]+)"', html):
        client.post(WATCH, {"of": of, "mode": "", "next": FOLLOWING})

    assert all(word in html for word in ("Где чинить?", "Ремесло", "вело", "Пишущий", "because you wrote there"))
    assert not Watch.objects.filter(person=reader).exists()
    assert "You follow nothing yet" in client.get(FOLLOWING).text


def test_list_does_not_name_what_may_not_be_read_any_more(reader, client, council):
    board = make_board("Совет")
    topic = make_talk(board, title="Тайна")
    watching.set_watch(reader, "topic", topic.pk, Mode.WATCH)
    watching.set_watch(reader, "board", board.pk, Mode.WATCH)
    board.who_reads, board.groups = Circle.GROUPS, [council]
    board.save()
    drop_now((boards.TAG,))

    html = client.get(FOLLOWING).text
    client.post(WATCH, {"of": f"topic:{topic.pk}", "mode": ""})

    assert ("Тайна" in html, "Совет" in html) == (False, False)
    assert modes(reader) == {f"board:{board.pk}": "watch"}


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_the_list_do_not_grow(reader, client, django_assert_num_queries, number):
    board = make_board()
    for _ in range(number):
        watching.set_watch(reader, "topic", make_talk(board).pk, Mode.WATCH)
    client.get(FOLLOWING)

    with django_assert_num_queries(4):  # the reader, the list, the number in the menu, whether they may edit
        client.get(FOLLOWING)


def test_long_list_is_paged(reader, client):
    tags = Tag.objects.bulk_create([Tag(name=f"tag {number}") for number in range(51)])
    for tag in tags:
        watching.set_watch(reader, "tag", tag.pk, Mode.WATCH)

    first = client.get(FOLLOWING).text
    second = client.get(re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")).text

    assert [html.count('name="of"') for html in (first, second)] == [50, 1]


def test_muting_a_topic_reads_what_was_told_of_it(reader, client):
    topic = make_talk()
    tell([reader.pk], Happening("forum.reply", "post:1", f"topic:{topic.pk}", "/", {"post": 1}))

    client.post(WATCH, {"of": f"topic:{topic.pk}", "mode": "mute"})

    assert Notice.objects.get().read_at is not None


def test_reading_a_topic_reads_its_notices_and_no_others(reader, client):
    topic, other = make_talk(by=reader), make_talk(by=reader)
    make_reply(topic)
    make_reply(other)

    html = client.get(f"/en/forum/topics/{topic.pk}/").text

    assert list(Notice.objects.filter(read_at=None).values_list("thread", flat=True)) == [f"topic:{other.pk}"]
    assert re.search(r'class="badge"><span class="hidden">New notices: </span>1</b>', html)


def test_pages_for_everybody_have_no_buttons(city, client):
    topic = make_talk(tags=("вело",))

    for path in (f"/en/forum/topics/{topic.pk}/", f"/en/forum/{topic.board.slug}/", "/en/forum/?tag=вело"):
        assert 'name="of"' not in client.get(path).text
