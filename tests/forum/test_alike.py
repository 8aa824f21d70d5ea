"""A topic's page is made once for all members to whom it looks the same: nobody meets what is another's."""

import re

import pytest
from django.test import Client

from forum import actions
from forum.actions import Draft, watching
from forum.enums import Circle, Held, Liking, Mode, Penalty, Status
from forum.models import ReadMark, Support, Topic
from notices.models import Notice
from tests.factories import (
    make_board,
    make_moderator,
    make_proposal,
    make_reply,
    make_talk,
    make_user,
)

pytestmark = pytest.mark.django_db
SHARED_QUERIES = 4  # the reader, a look at topic and reader, what is unread, whether they may edit
FIRST_VISIT = 6  # the mark is looked for, and made while the topic is held


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def read(client: Client, topic: Topic, page: int = 1) -> str:
    answer = client.get(f"/ru/forum/topics/{topic.pk}/" + (f"?page={page}" if page > 1 else ""))
    assert answer.status_code == 200
    return answer.content.decode()


def values(html: str, name: str) -> set[str]:
    return set(re.findall(rf'name="{name}" value="([^"]*)"', html))


@pytest.fixture
def first(city) -> Client:
    return browser_of(make_user(display_name="Аглая Первая"))


@pytest.fixture
def second(city) -> Client:
    return browser_of(make_user(display_name="Борис Второй"))


def test_page_is_made_once(first, second, django_assert_num_queries):
    topic = make_talk(replies=3, tags=("вело",))
    html = read(first, topic)

    with django_assert_num_queries(SHARED_QUERIES + FIRST_VISIT):
        other = read(second, topic)

    assert "Аглая Первая" in html
    assert "Борис Второй" in other
    assert "Аглая Первая" not in other


@pytest.mark.parametrize("replies", [1, 30])
def test_queries_do_not_grow(first, second, django_assert_num_queries, replies):
    topic = make_talk(replies=replies, tags=("вело",))
    read(first, topic)
    read(second, topic)

    with django_assert_num_queries(SHARED_QUERIES):
        read(second, topic)


def test_no_mark_is_left_in_the_page(first):
    html = read(first, make_talk(replies=1))

    assert "<!--" not in html


def test_each_reader_has_tokens_and_tickets_of_their_own(first, second):
    topic = make_talk(replies=1)

    pages = [read(first, topic), read(second, topic), read(second, topic)]

    assert [len(values(html, "csrfmiddlewaretoken")) for html in pages] == [1, 1, 1]
    assert len(set.union(*(values(html, "csrfmiddlewaretoken") for html in pages))) == 3
    assert len(set.union(*(values(html, "ticket") for html in pages))) == 3
    assert all(values(html, "opened") for html in pages)


def test_forms_of_a_shared_page_work(second, settings):
    settings.FORUM_SHORTEST_WRITING = 0
    topic = make_talk(replies=1)
    read(browser_of(make_user()), topic)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = second.cookies
    sent = {name: values(read(strict, topic), name).pop() for name in ("csrfmiddlewaretoken", "ticket", "opened")}

    answer = strict.post(f"/ru/forum/topics/{topic.pk}/reply/", sent | {"text": "Пишу с общей страницы"})

    assert answer.status_code == 302
    assert topic.posts.filter(source="Пишу с общей страницы").count() == 1


def test_writers_find_their_own_posts(first, second):
    topic = make_talk()
    author = make_user()
    post = make_reply(topic, by=author)

    assert f"/ru/forum/posts/{post.pk}/edit/" not in read(first, topic)
    assert f"/ru/forum/posts/{post.pk}/edit/" in read(browser_of(author), topic)
    assert f"/ru/forum/posts/{post.pk}/edit/" not in read(second, topic)


def test_moderators_page_is_nobody_elses(first, second):
    topic = make_talk(replies=1)

    pages = [read(first, topic), read(browser_of(make_moderator()), topic), read(second, topic)]

    assert [f"/ru/forum/topics/{topic.pk}/arrange/" in html for html in pages] == [False, True, False]


def test_what_waits_is_seen_by_its_author_only(first, second):
    topic = make_talk(make_board(held=Held.ALL), by=make_moderator())
    author = make_user()
    make_reply(topic, by=author, text="жду решения")

    pages = [read(first, topic), read(browser_of(author), topic), read(second, topic)]

    assert ["жду решения" in html for html in pages] == [False, True, False]


def test_page_of_a_group_is_not_for_others(city, first, council):
    insider = make_user()
    insider.groups.add(council)
    topic = make_talk(make_board(who_reads=Circle.GROUPS, groups=(council,)), by=insider)

    assert "Первое сообщение" in read(browser_of(insider), topic)
    assert first.get(f"/ru/forum/topics/{topic.pk}/").status_code == 404


def test_page_for_members_is_not_for_passers_by(first, client):
    topic = make_talk(make_board(who_reads=Circle.MEMBERS))

    assert "Первое сообщение" in read(first, topic)
    assert client.get(f"/ru/forum/topics/{topic.pk}/").status_code == 302


def test_own_reactions_are_pressed(first, second):
    topic = make_talk(by=make_user())
    fan = make_user()
    actions.react(topic.posts.get(), Liking.USEFUL, by=fan, on=True)

    pages = [read(first, topic), read(browser_of(fan), topic), read(second, topic)]

    assert ['value="-useful" aria-pressed="true"' in html for html in pages] == [False, True, False]


def test_blocked_writers_are_folded_for_who_blocked_them(first, second):
    loud = make_user()
    topic = make_talk(by=loud)
    tired = make_user()
    actions.block(loud, by=tired)

    pages = [read(first, topic), read(browser_of(tired), topic), read(second, topic)]

    assert ['<details class="fold' in html for html in pages] == [False, True, False]


def test_silent_readers_get_no_form(first, second):
    topic = make_talk(by=make_user())
    quiet = make_user()
    actions.sanction(quiet, Penalty.BAN, by=make_moderator(), reason="Реклама")

    pages = [read(first, topic), read(browser_of(quiet), topic), read(second, topic)]

    assert ['id="reply-title"' in html for html in pages] == [True, False, True]


def test_news_begin_where_each_reader_stopped(city):
    topic = make_talk(replies=5)
    here, there, new = make_user(), make_user(), make_user()
    ReadMark.objects.create(person=here, topic=topic, number=2)
    ReadMark.objects.create(person=there, topic=topic, number=4)

    pages = [read(browser_of(person), topic) for person in (here, there, new)]

    found = [re.search(r'id="unread">.*?id="post-(\d+)"', html, re.DOTALL) for html in pages]
    assert [match and match[1] for match in found] == ["3", "5", None]


def test_news_begin_on_a_later_page_than_was_read(city):
    topic = make_talk(replies=25)
    reader = make_user()
    ReadMark.objects.create(person=reader, topic=topic, number=3)

    html = read(browser_of(reader), topic, 2)

    assert re.search(r'id="unread">.*?id="post-(\d+)"', html, re.DOTALL)[1] == "21"


@pytest.mark.parametrize(("page", "number"), [(1, 20), (2, 26)])
def test_reading_is_marked(city, page, number):
    topic = make_talk(replies=25)
    read(browser_of(make_user()), topic, page)
    reader = make_user()

    read(browser_of(reader), topic, page)

    assert ReadMark.objects.get(person=reader).number == number


def test_notices_of_the_topic_are_read_with_it(first, city):
    topic = make_talk(replies=1)
    reader = make_user()
    read(first, topic)
    told = Notice.objects.create(person=reader, kind="forum.reply", key="k", thread=f"topic:{topic.pk}")

    html = read(browser_of(reader), topic)

    told.refresh_from_db()
    assert told.read_at is not None
    assert 'class="badge"' not in html


def test_own_following_is_pressed(first, second):
    topic = make_talk()
    follower = make_user()
    watching.set_watch(follower, "topic", topic.pk, Mode.WATCH)

    pages = [read(first, topic), read(browser_of(follower), topic), read(second, topic)]

    assert [html.count('name="mode" value="" aria-pressed="true"') for html in pages] == [0, 1, 0]


def test_own_vote_is_seen_by_its_owner(first, second):
    proposal = make_proposal(status=Status.COLLECTING)
    voter = make_user()
    Support.objects.create(proposal=proposal, person=voter)

    pages = [read(client, proposal.topic) for client in (first, browser_of(voter), second)]

    assert ['name="support" value="off"' in html for html in pages] == [False, True, False]


@pytest.mark.parametrize("address", ["?page=1&x=1", "?quote=1", "?page=01"])
def test_other_addresses_of_the_page_are_made_for_one(first, address):
    topic = make_talk(replies=1)

    answer = first.get(f"/ru/forum/topics/{topic.pk}/{address}")

    assert answer.status_code == 200
    assert "Аглая Первая" in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "2", "x", "999999999", "-1"])
def test_there_are_no_other_pages(first, page):
    topic = make_talk(replies=1)

    assert first.get(f"/ru/forum/topics/{topic.pk}/?page={page}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_shared_page_follows_every_change(first, second):
    author = make_user()
    topic = make_talk(title="Тема", by=author)
    read(first, topic)
    post = make_reply(topic, by=author, text="новый ответ")

    assert "новый ответ" in read(second, topic)
    actions.edit(post, Draft(source="иначе сказано"), by=author)
    assert "иначе сказано" in read(second, topic)
    author.display_name = "Имя Иное"
    author.save()
    assert "Имя Иное" in read(first, topic)
    actions.remove(post, by=author)
    assert "иначе сказано" not in read(second, topic)
    actions.set_state(topic, "locked", by=make_moderator())
    assert 'id="reply-title"' not in read(first, topic)
