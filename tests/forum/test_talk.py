"""What is said of a page stands on that page, in every language, as far as everybody may read it."""

import re

import pytest
from wagtail.models import Locale

from forum import actions
from forum.enums import Circle
from forum.models import Board, Topic
from tests.factories import make_board, make_news, make_partner, make_reply, make_talk, make_user


def said(client, path: str) -> list[str]:
    html = client.get(path).content.decode()
    if 'id="talk"' not in html:
        return []
    part = html[html.index('id="talk"') : html.index("</section>", html.index('id="talk"'))]
    return re.findall(r"<li><a [^>]*>([^<]*)</a>", part)


def translated(page, language: str):
    copy = page.copy_for_translation(Locale.objects.get(language_code=language))
    copy.title = "Translated"
    copy.save_revision().publish()
    return copy


@pytest.mark.django_db
def test_page_names_the_liveliest_topics_about_it(city, client):
    news, board = make_news(), make_board()
    topics = [make_talk(board, title=f"Тема {number}", page=news) for number in range(5)]
    make_reply(topics[0])
    make_talk(board, title="О другом")

    assert said(client, news.url) == ["Тема 0", "Тема 4", "Тема 3"]
    assert f'href="/ru/forum/new/?about={news.pk}"' in client.get(news.url).content.decode()


@pytest.mark.django_db
def test_translation_shows_what_is_said_of_the_original(city, client):
    news = make_news()
    make_talk(title="Тема", page=news)

    assert said(client, translated(news, "en").url) == ["Тема"]


@pytest.mark.django_db
def test_partners_page_has_its_topics(city, client):
    page = make_partner().pages.get()
    make_talk(title="Тема", page=page)

    assert said(client, page.url) == ["Тема"]


@pytest.mark.django_db
def test_closed_boards_topics_do_not_come_out(city, client, council):
    insider = make_user(is_superuser=True)
    news = make_news()
    make_talk(make_board(who_reads=Circle.GROUPS, groups=(council,)), by=insider, title="Тайное", page=news)
    make_talk(make_board(), title="Явное", page=news)
    client.force_login(insider)

    assert said(client, news.url) == ["Явное"]


@pytest.mark.django_db
def test_city_without_boards_offers_no_discussion(city, client):
    assert 'id="talk"' not in client.get(make_news().url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_kept_page_follows_what_is_said(city, client, council):
    news, board, author = make_news(), make_board(), make_user()
    assert said(client, news.url) == []

    topic = make_talk(board, by=author, title="Тема", page=news)
    assert said(client, news.url) == ["Тема"]

    actions.remove(topic.posts.get(), by=author)
    assert said(client, news.url) == []

    make_talk(board, title="Вторая", page=news)
    assert said(client, news.url) == ["Вторая"]
    closed = Board.objects.get(pk=board.pk)
    closed.who_reads = Circle.GROUPS
    closed.save()
    assert said(client, news.url) == []
    assert Topic.objects.count() == 2
