"""What readers and moderators see of topics that are merged or split: addresses, lists, forms."""

import pytest
from django.urls import reverse

from forum import actions
from forum.enums import State
from forum.models import Decision, Post, Topic
from tests.factories import make_board, make_reply, make_talk
from tests.forum.conftest import known

pytestmark = pytest.mark.django_db


def test_merged_topic_leads_to_the_other(client, keeper):
    source, target = make_talk(), make_talk()
    actions.merge_topics(source, target, by=keeper)

    answer = client.get(source.get_absolute_url())
    feed = client.get(reverse("forum:topic_atom", args=[source.pk]))

    assert (answer.status_code, answer.url) == (301, f"{target.get_absolute_url()}#main")
    assert (feed.status_code, target.title in feed.content.decode()) == (200, True)
    assert client.get(reverse("forum:topic_json", args=[source.pk])).url == (
        reverse("forum:topic_json", args=[target.pk]) + "#main"
    )


def test_merged_topic_is_in_no_list(client, keeper):
    source, target = make_talk(), make_talk()
    actions.merge_topics(source, target, by=keeper)

    page = client.get(reverse("forum:index")).content.decode()

    assert (source.title in page, target.title in page) == (False, True)


def test_nothing_leaks_of_a_topic_merged_into_a_closed_board(client, keeper):
    source, target = make_talk(), make_talk(make_board(who_reads="groups"), by=keeper, title="Тайна")
    post = source.posts.get()
    actions.merge_topics(source, target, by=keeper)

    answers = [client.get(url, follow=True) for url in (source.get_absolute_url(), post.get_absolute_url())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert all("Тайна" not in answer.content.decode() for answer in answers)


def test_nothing_leaks_of_posts_split_off_to_a_closed_board(client, keeper):
    topic, closed = make_talk(), make_talk(make_board(who_reads="groups"), by=keeper)
    make_reply(topic, text="Секретные слова")
    actions.split_topic(topic, [2], known(closed), "Тайная тема", by=keeper)

    page = client.get(topic.get_absolute_url()).content.decode()
    place = topic.posts.get(number=2)

    assert "Секретные слова" not in page
    assert "Тайная тема" not in page
    assert 'id="post-2"' in page
    assert client.get(place.get_absolute_url()).status_code == 404


def test_reply_sent_to_a_merged_topic_lands_in_the_other(client, keeper, member):
    source, target = make_talk(), make_talk()
    actions.merge_topics(source, target, by=keeper)
    client.force_login(member)

    client.post(reverse("forum:reply", args=[source.pk]), {"text": "Написал до слияния"})

    assert target.posts.get(number=3).source == "Написал до слияния"


def test_reply_to_a_topic_merged_into_a_locked_one_keeps_the_words(client, keeper, member):
    source, target = make_talk(), make_talk()
    actions.merge_topics(source, target, by=keeper)
    actions.set_state(target, State.LOCKED, by=keeper)
    client.force_login(member)

    answer = client.post(reverse("forum:reply", args=[source.pk]), {"text": "Мои длинные слова"})

    assert "Мои длинные слова" in answer.content.decode()
    assert not Post.objects.filter(source="Мои длинные слова").exists()


def test_old_button_does_nothing_to_the_other_topic(client, keeper):
    source, target = make_talk(), make_talk()
    actions.merge_topics(source, target, by=keeper)
    client.force_login(keeper)

    answer = client.post(reverse("forum:arrange", args=[source.pk]), {"state": "archived"})

    target.refresh_from_db()
    assert (answer.status_code, answer.url, target.state) == (302, target.get_absolute_url(), "open")


def test_merge_page_asks_before_it_merges(client, keeper):
    source, target = make_talk(replies=1), make_talk(replies=1)
    client.force_login(keeper)
    address = reverse("forum:merge_topics", args=[source.pk])
    named = f"https://city.example{target.get_absolute_url()}?page=1#post-2"

    asked = client.post(address, {"into": named, "reason": "Одно и то же"})
    before = Post.objects.filter(topic=source).count()
    done = client.post(address, {"into": target.pk, "reason": "Одно и то же", "sure": "1"})

    assert target.title in asked.content.decode()
    assert before == 2
    assert done.url == f"{target.get_absolute_url()}#post-3"
    assert Decision.objects.get().reason == "Одно и то же"


@pytest.mark.parametrize("into", ["", "0", "чепуха", "999999", "same"])
def test_merge_page_refuses_what_is_no_other_topic(client, keeper, into):
    source = make_talk()
    client.force_login(keeper)

    answer = client.post(
        reverse("forum:merge_topics", args=[source.pk]), {"into": source.pk if into == "same" else into, "sure": "1"}
    )

    assert answer.status_code == 200
    assert answer.context["form"].has_error("into")
    assert not Decision.objects.exists()


def test_split_page_keeps_what_was_chosen_on_other_pages(client, keeper):
    topic = make_talk(replies=24)
    client.force_login(keeper)
    address = reverse("forum:split_topic", args=[topic.pk])

    turned = client.post(address, {"post": ["3", "5"], "title": "О другом", "page": "2", "shown": "1"})
    done = client.post(
        address, {"post": ["3", "5", "22"], "title": "О другом", "board": topic.board.slug, "split": "1", "shown": "2"}
    )

    assert turned.context["elsewhere"] == [3, 5]
    assert 'value="О другом"' in turned.content.decode()
    new = Topic.objects.get(title="О другом")
    assert done.url == new.get_absolute_url()
    assert new.last_number == 3


def test_split_page_refuses_nothing_chosen(client, keeper):
    topic = make_talk(replies=1)
    client.force_login(keeper)

    answer = client.post(
        reverse("forum:split_topic", args=[topic.pk]), {"title": "О другом", "board": topic.board.slug}
    )

    assert answer.status_code == 200
    assert answer.context["refusal"]
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("name", ["merge_topics", "split_topic"])
def test_these_pages_are_for_moderators(client, member, name):
    topic = make_talk(replies=1)
    client.force_login(member)

    assert client.get(reverse(f"forum:{name}", args=[topic.pk])).status_code == 404
    assert client.post(reverse(f"forum:{name}", args=[topic.pk]), {"post": ["2"], "sure": "1"}).status_code == 404


@pytest.mark.parametrize("replies", [1, 18])
def test_split_page_asks_the_same_however_many_posts(client, keeper, django_assert_num_queries, replies):
    topic = make_talk(replies=replies)
    client.force_login(keeper)
    address = reverse("forum:split_topic", args=[topic.pk])
    client.get(address)

    with django_assert_num_queries(4):
        client.get(address)
