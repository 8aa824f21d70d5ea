"""What is said of a page stands on that page, in every language, as far as everybody may read it."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from wagtail.models import Locale, PageViewRestriction

from forum import actions, rules
from forum.actions import Draft
from forum.enums import Circle, Held
from forum.models import Board, Topic
from forum.templatetags.talk import talk_about
from pages.models import StandardPage
from tests.factories import make_board, make_news, make_partner, make_picture, make_reply, make_talk, make_user


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


# --- the latest replies -----------------------------------------------------------------------------------------------
def replies(client, path: str) -> list[tuple[str, str, str]]:
    """Address, words and author of each."""
    html = client.get(path).content.decode()
    words = r'<a href="([^"]*)" rel="nofollow">([^<]*)</a>'
    return re.findall(rf'<li><p[^>]*>{words}</p><p class="meta"><span>([^<]*)</span>', html)


@pytest.mark.django_db
def test_page_shows_the_latest_replies_of_all_its_topics(city, client):
    news, board, anna = make_news(), make_board(), make_user(display_name="Анна")
    first, second = (make_talk(board, page=news) for _ in range(2))
    make_reply(first, text="Самый старый")
    said = [make_reply(topic, by=anna, text=text) for topic, text in ((first, "Раз"), (second, "Два"), (first, "Три"))]
    make_reply(make_talk(board), text="О другом")

    assert replies(client, news.url) == [
        (f"/ru/forum/posts/{post.pk}/", text, "Анна")
        for post, text in zip(reversed(said), ("Три", "Два", "Раз"), strict=True)
    ]
    assert 'datetime="' in client.get(news.url).content.decode().split('id="talk"')[1]


@pytest.mark.django_db
def test_a_reply_is_shown_by_its_own_words(city, client):
    news = make_news()
    topic = make_talk(page=news, title="Тема")
    make_reply(topic, text="> чужое\n\n" + "слово " * 60 + "<b>")

    ((_, words, _),) = replies(client, news.url)

    assert words.startswith("слово")
    assert words.endswith("слово…")
    assert len(words) <= 141


@pytest.mark.django_db
def test_a_reply_without_words_is_called_by_its_topic(city, client):
    news = make_news()
    make_reply(make_talk(page=news, title="Тема"), text="> только чужое")

    assert [words for _, words, _ in replies(client, news.url)] == ["Тема"]


@pytest.mark.django_db
def test_replies_in_another_language_are_marked(city, client):
    news = make_news()
    make_reply(make_talk(page=news, language="be"), text="Так і ёсць")

    assert '<li><p lang="be"><a href="/ru/forum/posts/' in client.get(news.url).content.decode()


@pytest.mark.django_db
def test_no_reply_that_is_not_for_everybody_comes_out(city, client, council, moderator, keepers, member):
    insider = make_user(is_superuser=True)
    news = make_news()
    closed = make_talk(make_board(who_reads=Circle.GROUPS, groups=(council,)), by=insider, page=news)
    make_reply(closed, by=insider, text="Тайное")
    topic = make_talk(make_board(moderators=(keepers,), held=Held.ALL), by=moderator, page=news)
    make_reply(topic, by=member, text="Ещё ждёт")
    actions.remove(make_reply(topic, by=moderator, text="Убрано"), by=moderator)
    gone = make_talk(make_board(), by=member, page=news)
    make_reply(gone, text="В убранной теме")
    actions.remove(gone.posts.get(number=1), by=insider)
    make_reply(topic, by=moderator, text="Явное")

    for reader in (None, member, insider):
        if reader:
            client.force_login(reader)
        assert [words for _, words, _ in replies(client, news.url)] == ["Явное"]


@pytest.mark.django_db(transaction=True)
def test_kept_page_shows_a_new_reply_and_a_new_name_at_once(city, client):
    news, author = make_news(), make_user(display_name="Пётр")
    topic = make_talk(page=news)
    assert replies(client, news.url) == []

    post = make_reply(topic, by=author, text="Первый")
    assert [said[1:] for said in replies(client, news.url)] == [("Первый", "Пётр")]

    actions.edit(post, Draft(source="Иначе"), by=author)
    assert [said[1:] for said in replies(client, news.url)] == [("Иначе", "Пётр")]

    author.display_name = "Павел"
    author.save()
    assert [said[1:] for said in replies(client, news.url)] == [("Иначе", "Павел")]

    actions.remove(post, by=author)
    assert replies(client, news.url) == []


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 12])
def test_queries_for_what_is_said_do_not_grow(city, django_assert_num_queries, number):
    news, board = make_news(), make_board()
    for _ in range(number):
        make_talk(board, page=news, replies=1)
    rules.readable_boards(AnonymousUser())

    with django_assert_num_queries(2):
        talk = talk_about(Context({}), news)

    assert len(talk.replies) == min(3, number)


# --- the card of the page ---------------------------------------------------------------------------------------------
def card(client, topic: Topic) -> str:
    html = client.get(topic.get_absolute_url()).content.decode()
    return html[html.index('aria-labelledby="about-title"') :].split("</section>")[0] if "about-title" in html else ""


@pytest.mark.django_db
def test_topic_shows_a_card_of_the_news_it_is_about(city, client):
    partner = make_partner("Мастерская", slug="workshop")
    news = make_news("Мастерская открылась", partner=partner, lead="Приходите", cover=make_picture())

    shown = card(client, make_talk(page=news))

    assert '<article class="result k-news">' in shown
    assert f'<a href="{news.get_url()}">Мастерская открылась</a>' in shown
    assert ("Приходите" in shown, "<time" in shown, "<span>Мастерская</span>" in shown, "<img" in shown) == (True,) * 4


@pytest.mark.django_db
def test_topic_shows_a_card_of_the_organisation_or_page_it_is_about(city, client):
    partner = make_partner("Верстак").pages.get()
    plain = city.add_child(instance=StandardPage(title="О городе", slug="about-city"))
    plain.save_revision().publish()

    assert '<article class="result k-org">' in card(client, make_talk(page=partner))
    assert ">О\xa0городе</a>" in card(client, make_talk(page=plain))
    assert f">{city.title}</a>" in card(client, make_talk(page=city))  # of a kind that is not in the index


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["unpublished", "private", "deleted"])
def test_card_is_there_only_while_everybody_may_read_the_page(city, client, how):
    news = make_news("Мастерская открылась")
    topic = make_talk(page=news)
    assert "Мастерская открылась" in card(client, topic)

    if how == "unpublished":
        news.unpublish()
    elif how == "private":
        PageViewRestriction.objects.create(page=news, restriction_type=PageViewRestriction.LOGIN)
    else:
        news.delete()

    assert card(client, topic) == ""
    client.force_login(make_user(is_superuser=True))
    assert card(client, topic) == ""


@pytest.mark.django_db(transaction=True)
def test_card_follows_the_page(city, client):
    news = make_news("Открылась")
    topic = make_talk(page=news)
    assert ">Открылась</a>" in card(client, topic)

    news.title = "Переехала"
    news.save_revision().publish()

    assert ">Переехала</a>" in card(client, topic)
