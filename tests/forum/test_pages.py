"""What readers get: lists, topics, links, and what it costs."""

import re

import pytest
from django.urls import reverse

from accounts.actions import close_account
from forum import actions
from forum.enums import Circle, Held, Kind, Liking, Pin, Standing, State
from forum.models import POSTS_ON_A_PAGE, Post, ReadMark, Topic
from tests.factories import make_board, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db


def read(client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def titles(html: str) -> list[str]:
    return [
        re.sub('<span class="hidden">[^<]+</span>|<[^>]+>', "", title).strip()
        for title in re.findall(r'<article class="topic[^>]*>\s*<h3[^>]*>(.*?)</h3>', html)
    ]


def texts(html: str) -> list[str]:
    return re.findall(r'<div class="post__body mt-s"[^>]*><p>(.*?)</p>', html)


# --- lists ------------------------------------------------------------------------------------------------------------
def test_newest_reply_brings_its_topic_to_the_top(city, client):
    board = make_board()
    first, _second = make_talk(board, title="Первая"), make_talk(board, title="Вторая")

    assert titles(read(client, "/ru/forum/")) == ["Вторая", "Первая"]
    make_reply(first)
    assert titles(read(client, "/ru/forum/?fresh=1")) == ["Первая", "Вторая"]


def test_board_shows_its_own_topics(city, client):
    here, there = make_board("Ремесло", slug="crafts"), make_board()
    make_talk(here, title="Здесь")
    make_talk(there, title="Там")

    html = read(client, "/ru/forum/crafts/")

    assert titles(html) == ["Здесь"]
    assert "<h1>Ремесло</h1>" in html


def test_pinned_topic_stands_on_top_once(city, client, moderator, keepers):
    board = make_board(slug="crafts", moderators=(keepers,))
    pinned = make_talk(board, title="Правила")
    make_talk(board, title="Новая")
    actions.pin_topic(pinned, Pin.BOARD, by=moderator)

    assert titles(read(client, "/ru/forum/crafts/")) == ["Правила", "Новая"]
    assert titles(read(client, "/ru/forum/")) == ["Новая", "Правила"]


def test_list_pages_by_key(city, client):
    board = make_board(slug="crafts")
    for number in range(45):
        make_talk(board, title=f"Тема {number:02}")
    seen, url = [], "/ru/forum/crafts/"

    while url:
        html = read(client, url)
        seen.append(titles(html))
        found = re.search(r'<a href="([^"]+)" rel="next"', html)
        url = found.group(1).replace("&amp;", "&") if found else ""

    assert [len(page) for page in seen] == [20, 20, 5]
    assert [title for page in seen for title in page] == [f"Тема {number:02}" for number in reversed(range(45))]
    back = re.search(r'<a href="([^"]+)" rel="prev"', html).group(1).replace("&amp;", "&")
    assert titles(read(client, back)) == seen[1]


def test_lists_are_narrowed(city, client, member):
    board = make_board(slug="crafts")
    make_talk(board, title="Моя", by=member, tags=("велосипед",), replies=1)
    make_talk(board, title="Чужая")
    old = make_talk(board, title="Старая")
    Topic.objects.filter(pk=old.pk).update(state=State.ARCHIVED)
    client.force_login(member)

    found = {
        query: titles(read(client, f"/ru/forum/crafts/?{query}"))
        for query in ("show=unanswered", "show=mine", "show=archive", "tag=велосипед", "tag=нет", "")
    }

    assert found == {
        "show=unanswered": ["Чужая"],
        "show=mine": ["Моя"],
        "show=archive": ["Старая"],
        "tag=велосипед": ["Моя"],
        "tag=нет": [],
        "": ["Чужая", "Моя"],
    }


def test_unread_topics_are_marked_for_those_who_are_signed_in(city, client, member):
    board = make_board()
    read_topic, unread_topic = make_talk(board), make_talk(board)
    actions.mark_read(member, read_topic, 1)
    client.force_login(member)

    html = read(client, "/ru/forum/")

    assert html.count("topic--new") == 1
    assert f'href="/ru/forum/topics/{unread_topic.pk}/"' in html
    assert f'href="/ru/forum/topics/{read_topic.pk}/unread/"' in html


def test_keys_and_numbers_that_make_no_sense_do_no_harm(city, client):
    topic = make_talk(make_board(slug="crafts"))

    for query in ("before=x", "after=20260101T000000.0-x", "before=99999999T999999.0-1", "show=no", "tag=" + "x" * 500):
        assert client.get(f"/ru/forum/crafts/?{query}").status_code == 200, query
    for page in ("0", "2", "-1", "x", "9" * 30, "٣"):
        assert client.get(f"/ru/forum/topics/{topic.pk}/", {"page": page}).status_code == 404, page
    assert client.get(f"/ru/forum/topics/{'9' * 30}/").status_code == 404
    assert client.get(f"/ru/forum/posts/{'9' * 30}/").status_code == 404


# --- a topic ----------------------------------------------------------------------------------------------------------
def test_page_of_a_topic_is_a_range_of_numbers(city, client):
    topic = make_talk(replies=POSTS_ON_A_PAGE * 2)

    pages = [texts(read(client, f"/ru/forum/topics/{topic.pk}/?page={page}")) for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [POSTS_ON_A_PAGE, POSTS_ON_A_PAGE, 1]
    assert pages[0][:2] == ["Первое сообщение", "Ответ 0"]
    assert pages[2] == [f"Ответ {POSTS_ON_A_PAGE * 2 - 1}"]


def test_permalink_leads_to_the_page_and_the_post(city, client):
    topic = make_talk(replies=POSTS_ON_A_PAGE)
    last = topic.posts.get(number=POSTS_ON_A_PAGE + 1)

    assert client.get(f"/ru/forum/posts/{last.pk}/").url == f"/ru/forum/topics/{topic.pk}/?page=2#post-21"
    assert client.get(f"/en/forum/posts/{topic.posts.get(number=1).pk}/").url == f"/en/forum/topics/{topic.pk}/#post-1"


def test_reading_moves_the_mark_and_one_comes_back_to_it(city, client, member):
    topic = make_talk(replies=POSTS_ON_A_PAGE + 5)
    client.force_login(member)

    read(client, f"/ru/forum/topics/{topic.pk}/")
    assert ReadMark.objects.get(person=member).number == POSTS_ON_A_PAGE
    assert client.get(f"/ru/forum/topics/{topic.pk}/unread/").url == f"/ru/forum/topics/{topic.pk}/?page=2#post-21"

    html = read(client, f"/ru/forum/topics/{topic.pk}/?page=2")
    assert html.index('id="unread"') < html.index('id="post-21"')
    assert client.get(f"/ru/forum/topics/{topic.pk}/unread/").url == f"/ru/forum/topics/{topic.pk}/?page=2#post-26"


def test_removed_post_leaves_its_place_without_its_words(city, client, member):
    topic = make_talk(title="Тема")
    actions.remove(make_reply(topic, by=member, text="секрет"), by=member)

    html = read(client, f"/ru/forum/topics/{topic.pk}/")

    assert 'id="post-2"' in html
    assert "секрет" not in html


def test_quotation_leads_back_in_the_readers_language(city, client, member):
    topic = make_talk(by=member, text="Где чинить?\n\n> чужое")
    client.force_login(make_user())

    form = read(client, f"/ru/forum/topics/{topic.pk}/?quote=1")
    source = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", form, re.DOTALL).group(1).replace("&gt;", ">")
    make_reply(topic, text=source + "Там!")

    post = topic.posts.get(number=1)
    assert source == f"> [Марина Климова, № 1](/forum/posts/{post.pk}/)\n>\n> Где чинить?\n>\n\n"
    assert f'<a href="/en/forum/posts/{post.pk}/"' in read(client, f"/en/forum/topics/{topic.pk}/")


def test_answer_is_marked(city, client, member):
    topic = make_talk(by=member, kind=Kind.QUESTION, replies=1)
    actions.accept_answer(topic.posts.get(number=2), by=member)

    html = read(client, f"/ru/forum/topics/{topic.pk}/")

    assert html.count("post--answer") == 1


def test_reader_without_an_account_gets_no_forms_and_a_kept_page(city, client, django_assert_num_queries):
    topic = make_talk()
    path = f"/ru/forum/topics/{topic.pk}/"

    html = read(client, path)

    assert '<form method="post"' not in html[html.index("<main") :]
    assert f'/ru/accounts/login/?next=/ru/forum/topics/{topic.pk}/reply/"' in html
    with django_assert_num_queries(0):
        assert read(client, path) == html


@pytest.mark.django_db(transaction=True)
def test_kept_pages_follow_every_change(city, client, member):
    topic = make_talk(make_board(slug="crafts"), by=member, title="Тема")
    paths = ["/ru/forum/", "/ru/forum/crafts/", f"/ru/forum/topics/{topic.pk}/"]

    def all_pages() -> list[str]:
        return [read(client, path) for path in paths]

    before = all_pages()
    make_reply(topic)
    after = all_pages()
    assert [old == new for old, new in zip(before, after, strict=True)] == [False] * 3
    actions.react(topic.posts.get(number=1), Liking.USEFUL, by=make_user(), on=True)
    assert read(client, paths[2]) != after[2]
    member.display_name = "Новое Имя"
    member.save()
    assert "Новое Имя" in read(client, paths[2])
    make_reply(topic, by=member)
    assert "Новое Имя" in read(client, paths[0])
    close_account(member)
    assert [path for path in paths if "Новое Имя" in read(client, path)] == []


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_a_list_do_not_grow(city, client, django_assert_num_queries, number):
    board = make_board(slug="crafts")
    for _ in range(number):
        make_talk(board, tags=("вело",))
    client.get("/ru/forum/crafts/")

    with django_assert_num_queries(3):
        client.get("/ru/forum/crafts/?fresh=1")


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_a_list_do_not_grow_for_members(city, client, member, django_assert_num_queries, number):
    board = make_board(slug="crafts")
    for _ in range(number):
        make_talk(board, tags=("вело",))
    client.force_login(member)
    client.get("/ru/forum/crafts/")

    with django_assert_num_queries(8):
        client.get("/ru/forum/crafts/?fresh=1")


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_a_topic_do_not_grow(city, client, django_assert_num_queries, number):
    topic = make_talk(replies=number, tags=("вело",))
    client.get(f"/ru/forum/topics/{topic.pk}/")

    with django_assert_num_queries(4):
        client.get(f"/ru/forum/topics/{topic.pk}/?fresh=1")


@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_a_topic_do_not_grow_for_members(city, client, member, django_assert_num_queries, number):
    """On the last page, where what waits is asked for too."""
    topic = make_talk(replies=20 + number, tags=("вело",))
    path = f"/ru/forum/topics/{topic.pk}/?page={topic.pages}"
    client.force_login(member)
    client.get(f"{path}&fresh=0")

    with django_assert_num_queries(9):
        client.get(f"{path}&fresh=1")


@pytest.mark.parametrize("language", ["ru", "en", "be"])
def test_pages_speak_the_readers_language(city, client, language):
    topic = make_talk(make_board(slug="crafts"), title="Тема", language="ru")

    html = read(client, f"/{language}/forum/topics/{topic.pk}/")

    assert f'<html lang="{language}"' in html
    assert (
        f'rel="canonical" href="http://testserver{reverse("forum:topic", args=[topic.pk])}"'.replace(
            f"/{language}/", "/ru/"
        )
        in html
    )


# --- doors ------------------------------------------------------------------------------------------------------------
def test_board_for_members_leads_to_the_sign_in(city, client, member):
    topic = make_talk(make_board(slug="crafts", who_reads=Circle.MEMBERS))

    for path in ("/ru/forum/crafts/", f"/ru/forum/topics/{topic.pk}/"):
        assert client.get(path).url == f"/ru/accounts/login/?next={path}"
    client.force_login(member)
    assert client.get("/ru/forum/crafts/").status_code == 200


def test_waiting_posts_are_seen_by_author_and_moderators(city, client, member, moderator, keepers):
    topic = make_talk(make_board(held=Held.ALL, moderators=(keepers,)), by=moderator)
    make_reply(topic, by=member, text="жду")
    path, seen = f"/ru/forum/topics/{topic.pk}/", []

    for person in (None, make_user(), member, moderator):
        client.logout()
        if person:
            client.force_login(person)
        seen.append("жду" in texts(read(client, path)))

    assert seen == [False, False, True, True]


def test_topic_is_there_for_programs_too(city, client, moderator):
    topic = make_talk(text="> [Марина, № 1](/forum/posts/1/)\n\nПервое")
    gone = make_reply(topic, text="Тайна")
    Post.objects.filter(pk=gone.pk).update(standing=Standing.REMOVED)

    told = client.get(f"/en/forum/topics/{topic.pk}/json/").json()

    assert (told["@type"], told["headline"], told["pagination"]) == ("DiscussionForumPosting", topic.title, "1/1")
    assert [one["position"] for one in told["comment"]] == [1, 2]
    assert "http://testserver/en/forum/posts/1/" in told["comment"][0]["text"]
    assert told["comment"][1]["text"] is None
