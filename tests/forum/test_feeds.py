"""Atom of all boards, of one, of a topic."""

from xml.etree import ElementTree

import pytest

from forum import actions
from tests.factories import make_board, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content)  # noqa: S314 our own answer


def texts(root: ElementTree.Element, path: str) -> list[str | None]:
    return [found.text for found in root.findall(path, ATOM)]


def test_feed_of_all_boards_has_topics_by_their_newest_reply(city, client):
    first = make_talk(title="Первая", language="ru")
    make_talk(title="Second", language="en")
    make_reply(first)

    root = feed(client, "/ru/forum/atom/")

    assert texts(root, "a:title") == ["Обсуждения"]
    assert texts(root, "a:entry/a:title") == ["Первая", "Second"]
    assert [entry.get(LANGUAGE) for entry in root.findall("a:entry", ATOM)] == ["ru", "en"]
    assert root.find("a:entry/a:link", ATOM).get("href") == f"http://testserver/ru/forum/topics/{first.pk}/"


def test_feed_of_a_board_has_its_topics(city, client):
    make_talk(make_board("Ремесло", slug="crafts"), title="Здесь")
    make_talk(title="Там")

    root = feed(client, "/ru/forum/crafts/atom/")

    assert (texts(root, "a:title"), texts(root, "a:subtitle")) == (["Ремесло"], ["О чём здесь говорят"])
    assert texts(root, "a:entry/a:title") == ["Здесь"]
    assert client.get("/ru/forum/nothing/atom/").status_code == 404


def test_feed_of_a_topic_has_its_posts_whole(city, client, member):
    topic = make_talk(by=member, title="Тема", text="**Вопрос**", language="en")
    first = topic.posts.get()
    make_reply(topic, text=f"> [Марина, № 1]({first.bare_url})\n\nОтвет", by=make_user(display_name="Пётр"))

    root = feed(client, f"/ru/forum/topics/{topic.pk}/atom/")

    assert texts(root, "a:entry/a:title") == ["Тема, № 2", "Тема, № 1"]
    assert texts(root, "a:entry/a:author/a:name") == ["Пётр", "Марина Климова"]
    said = texts(root, "a:entry/a:content")
    assert said[1] == "<p><strong>Вопрос</strong></p>"
    assert f'href="http://testserver/en/forum/posts/{first.pk}/"' in said[0]


def test_removed_posts_are_in_no_feed(city, client, member):
    topic = make_talk()
    actions.remove(make_reply(topic, by=member), by=member)

    assert texts(feed(client, f"/ru/forum/topics/{topic.pk}/atom/"), "a:entry/a:title") == [f"{topic.title}, № 1"]


def test_signs_that_xml_cannot_hold_are_left_out(city, client):
    make_talk(title="a\x0bb")

    assert texts(feed(client, "/ru/forum/atom/"), "a:entry/a:title") == ["ab"]


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_feeds_do_not_grow(city, client, django_assert_num_queries, number):
    topic = make_talk(make_board(slug="crafts"), replies=number)
    for _ in range(number - 1):
        make_talk(make_board())
    paths = ("/ru/forum/atom/", "/ru/forum/crafts/atom/", f"/ru/forum/topics/{topic.pk}/atom/")
    for path in paths:
        client.get(path)

    for path, queries in zip(paths, (2, 2, 3), strict=True):
        with django_assert_num_queries(queries):
            client.get(f"{path}?fresh=1")
