"""Forms: without a script, with clear words, and nothing typed is lost."""

import re
from html import unescape

import pytest

from forum import actions
from forum.enums import Circle, Held, Kind, State
from forum.forms import LONGEST_POST, TopicForm
from forum.models import Edit, Post, Reaction, Topic
from tests.factories import make_board, make_news, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client, member, city):
    client.force_login(member)
    return client


def typed(html: str) -> str:
    return unescape(re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", html, re.DOTALL).group(1))


def errors(html: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'<p class="error">.*?<span>(.*?)</span>', html)]


def ticket(html: str) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', html).group(1)


def test_starting_a_topic(writer, member):
    make_board(slug="crafts")
    said = {"kind": "question", "title": " Где  чинить? ", "text": "**Где?**", "tags": "Вело, #Зима"}

    answer = writer.post("/en/forum/crafts/new/", said)
    topic = Topic.objects.get()

    assert answer.url == f"/en/forum/posts/{topic.posts.get().pk}/"
    assert (topic.title, topic.kind, topic.language, topic.author) == ("Где чинить?", "question", "en", member)
    assert sorted(tag.name for tag in topic.tags.all()) == ["вело", "зима"]


def test_the_form_of_a_board_with_one_kind_asks_for_none(writer):
    make_board(slug="crafts", kinds=[Kind.EXPERIENCE])

    html = writer.get("/ru/forum/crafts/new/").content.decode()
    writer.post("/ru/forum/crafts/new/", {"title": "Опыт", "text": "Вот как"})

    assert 'name="kind"' not in html
    assert Topic.objects.get().kind == "experience"


def test_replying(writer, member):
    topic = make_talk()

    answer = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "Отвечаю"})

    assert answer.url == f"/ru/forum/posts/{Post.objects.get(number=2).pk}/"
    assert Post.objects.get(number=2).author == member


def test_pressing_the_button_twice_makes_one_post(writer):
    topic = make_talk()
    said = {"text": "Отвечаю", "ticket": ticket(writer.get(f"/ru/forum/topics/{topic.pk}/").content.decode())}

    for _ in range(2):
        writer.post(f"/ru/forum/topics/{topic.pk}/reply/", said)

    assert Post.objects.filter(source="Отвечаю").count() == 1


def test_preview_shows_and_keeps_what_was_typed(writer):
    topic = make_talk()
    said = {"text": "**Громко** & ясно", "preview": "1", "ticket": "6b0ce3a8-0f5b-4ff5-9b5b-1c1d2e3f4a5b"}

    html = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", said).content.decode()

    assert "<p><strong>Громко</strong> &amp; ясно</p>" in html
    assert typed(html) == said["text"]
    assert ticket(html) == said["ticket"]
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "Сначала напишите что-нибудь."),
        (" \n\t", "Сначала напишите что-нибудь."),
        ("> " * 60 + "x", "Слишком много цитат одна в другой. Оставьте одну-две последние."),
        ("[](x)", "Этого никто не увидит: в тексте одни знаки разметки."),
        ("a\u202eb", "В тексте есть невидимые знаки, которые разворачивают строку. Уберите их."),
        ("h" + "\u0300" * 30, "Над буквами слишком много значков. Напишите их просто."),
        ("a\x00b", "В тексте есть невидимый знак, которого там быть не должно. Наберите текст заново."),
    ],
)
def test_what_is_wrong_stands_at_the_field(writer, text, error):
    topic = make_talk()

    html = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": text}).content.decode()

    assert errors(html) == [error]
    assert Post.objects.count() == 1


def test_too_long_a_text_comes_back_whole(writer):
    topic, text = make_talk(), "я" * (LONGEST_POST + 1)

    html = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": text}).content.decode()

    assert errors(html) == ["Слишком длинно, знаков: 20001. В одно сообщение помещается не больше 20000."]
    assert typed(html) == text


def test_a_megabyte_is_refused_in_words(writer):
    topic = make_talk()

    answer = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "я" * 500_000})

    assert answer.status_code == 200
    assert len(errors(answer.content.decode())) == 1


def test_ten_thousand_mentions_are_harmless(writer, member):
    topic = make_talk(by=member)

    answer = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "@Марина Климова " * 1_200})

    assert answer.status_code == 302
    assert Post.objects.get(number=2).html.count("mention") == 1_200


@pytest.mark.parametrize(
    ("tags", "cleaned"),
    [
        ("", ()),
        ("\u200b, вело", ("вело",)),
        (" Вело ,, ВЕЛО,#зима", ("вело", "зима")),
        ("a,b,c,d,e,f", None),
        ("x" * 41, None),
    ],
)
def test_tags_are_tidied(tags, cleaned):
    form = TopicForm({"title": "Тема", "text": "x", "tags": tags})

    assert form.is_valid() is (cleaned is not None)
    assert form.cleaned_data.get("tags") == cleaned


def test_who_is_not_signed_in_is_led_there_and_back(client, city):
    topic = make_talk(make_board(slug="crafts"))

    assert client.get("/ru/forum/crafts/new/").url == "/ru/accounts/login/?next=/ru/forum/crafts/new/"
    assert client.get("/ru/forum/new/").url == "/ru/accounts/login/?next=/ru/forum/new/"
    reply = f"/ru/forum/topics/{topic.pk}/reply/"
    assert client.post(reply, {"text": "x"}).url == f"/ru/accounts/login/?next={reply}"


def test_after_the_sign_in_one_stands_before_the_field(writer):
    topic = make_talk(replies=25)

    assert writer.get(f"/ru/forum/topics/{topic.pk}/reply/").url == f"/ru/forum/topics/{topic.pk}/?page=2#reply"


def test_unconfirmed_address_is_told_so_and_nothing_is_lost(writer, member):
    topic = make_talk(make_board(slug="crafts"))
    member.emailaddress_set.update(verified=False)

    html = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "Долго писал"}).content.decode()

    assert "Сначала подтвердите адрес почты" in html
    assert typed(html) == "Долго писал"
    assert "Сначала подтвердите адрес почты" in writer.get("/ru/forum/crafts/new/").content.decode()


def test_topic_that_was_locked_meanwhile_gives_the_words_back(writer):
    topic = make_talk()
    Topic.objects.update(state=State.LOCKED)

    html = writer.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "Долго писал"}).content.decode()

    assert "Пока вы писали, тему закрыли." in html
    assert typed(html) == "Долго писал"


def test_held_post_is_announced(writer, keepers):
    make_board(slug="held", held=Held.ALL, moderators=(keepers,))

    html = writer.post("/ru/forum/held/new/", {"kind": "discussion", "title": "Тема", "text": "x"}, follow=True)

    assert "Сначала сообщение посмотрит модератор" in html.content.decode()
    assert "Ждёт модератора" in html.content.decode()


def test_a_changed_title_is_in_the_history_for_every_reader(writer, member, client):
    topic = make_talk(by=member, title="Было <так>", text="Слова")
    post = topic.posts.get()

    writer.post(f"/ru/forum/posts/{post.pk}/edit/", {"title": "Стало", "text": "Слова"})

    writer.logout()
    assert f'href="/ru/forum/posts/{post.pk}/history/"' in client.get(topic.get_absolute_url()).content.decode()
    html = client.get(f"/ru/forum/posts/{post.pk}/history/").content.decode()
    assert '<p class="small soft mt-s">Заголовок был:</p><h2 class="title-s">Было &lt;так&gt;</h2>' in html
    assert "Стало" in html


def test_editing_keeps_a_history_that_can_be_read(writer, member):
    post = make_talk(by=member, title="Тема", text="Было").posts.get()

    form = writer.get(f"/ru/forum/posts/{post.pk}/edit/").content.decode()
    writer.post(f"/ru/forum/posts/{post.pk}/edit/", {"title": "Тема", "text": "Стало", "tags": ""})

    assert typed(form) == "Было"
    assert Post.objects.get().source == "Стало"
    assert "<p>Было</p>" in writer.get(f"/ru/forum/posts/{post.pk}/history/").content.decode()
    assert Edit.objects.get().by == member


def test_nobody_edits_what_others_wrote(writer):
    post = make_talk().posts.get()

    assert writer.get(f"/ru/forum/posts/{post.pk}/edit/").status_code == 404
    assert writer.post(f"/ru/forum/posts/{post.pk}/edit/", {"text": "Взлом"}).status_code == 404
    assert writer.post(f"/ru/forum/posts/{post.pk}/remove/").status_code == 404


def test_removing_asks_first(writer, member):
    reply = make_reply(make_talk(), by=member)

    assert "Удалить сообщение" in writer.get(f"/ru/forum/posts/{reply.pk}/remove/").content.decode()
    assert Post.objects.get(pk=reply.pk).is_shown
    answer = writer.post(f"/ru/forum/posts/{reply.pk}/remove/")

    assert answer.url == f"/ru/forum/posts/{reply.pk}/"
    assert Post.objects.get(pk=reply.pk).is_removed


def test_reacting_by_a_plain_form_and_by_a_script(writer):
    post = make_talk().posts.get()

    plain = writer.post(f"/ru/forum/posts/{post.pk}/react/", {"reaction": "useful"})
    script = writer.post(
        f"/ru/forum/posts/{post.pk}/react/", {"reaction": "-useful"}, headers={"Accept": "application/json"}
    )

    assert plain.url == f"/ru/forum/posts/{post.pk}/"
    assert script.json() == {"useful": {"count": 0, "mine": False}, "thanks": {"count": 0, "mine": False}}
    assert Reaction.objects.count() == 0
    assert writer.post(f"/ru/forum/posts/{post.pk}/react/", {"reaction": "angry"}).status_code == 404


def test_accepting_an_answer_and_taking_it_back(writer, member):
    topic = make_talk(by=member, kind=Kind.QUESTION)
    answer = make_reply(topic)

    writer.post(f"/ru/forum/posts/{answer.pk}/accept/")
    assert Topic.objects.get().accepted == answer
    writer.post(f"/ru/forum/posts/{answer.pk}/accept/", {"off": ""})
    assert Topic.objects.get().accepted is None


def test_moderator_approves_and_arranges(client, city, member, moderator, keepers):
    board = make_board(slug="held", held=Held.ALL, moderators=(keepers,))
    there = make_board(slug="there", moderators=(keepers,))
    topic = make_talk(board, by=member)
    client.force_login(moderator)

    assert topic.title in client.get("/ru/forum/desk/?board=held").content.decode()
    client.post(f"/ru/forum/posts/{topic.posts.get().pk}/approve/")
    for word in ({"pin": "everywhere"}, {"state": "locked"}, {"board": "there"}):
        client.post(f"/ru/forum/topics/{topic.pk}/arrange/", word)

    topic.refresh_from_db()
    assert (topic.standing, topic.pin, topic.state, topic.board) == ("shown", "everywhere", "locked", there)
    assert client.post(f"/ru/forum/topics/{topic.pk}/arrange/", {"pin": "x"}).status_code == 404


def test_member_cannot_moderate(writer):
    topic = make_talk()

    assert "Модерация" not in writer.get(f"/ru/forum/topics/{topic.pk}/").content.decode()
    assert writer.post(f"/ru/forum/topics/{topic.pk}/arrange/", {"pin": "board"}).status_code == 404
    assert writer.post(f"/ru/forum/posts/{topic.posts.get().pk}/approve/").status_code == 404


def test_topic_about_a_page_shows_it_while_it_is_public(writer):
    make_board(slug="crafts")
    news = make_news("Мастерская открылась")

    assert "Мастерская открылась" in writer.get(f"/ru/forum/crafts/new/?about={news.pk}").content.decode()
    writer.post(f"/ru/forum/crafts/new/?about={news.pk}", {"kind": "discussion", "title": "Тема", "text": "x"})
    path = Topic.objects.get().get_absolute_url()
    assert "Мастерская открылась" in writer.get(path).content.decode()

    news.unpublish()
    assert "Мастерская открылась" not in writer.get(path).content.decode()


def test_board_where_one_may_not_start_offers_no_button(writer, council):
    make_board(slug="crafts", who_starts=Circle.GROUPS, groups=(council,))

    assert "Начать тему" not in writer.get("/ru/forum/crafts/").content.decode()
    assert writer.get("/ru/forum/crafts/new/").status_code == 404


def test_everything_hostile_is_just_text(writer):
    make_board(slug="crafts")
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"

    writer.post(
        "/ru/forum/crafts/new/", {"kind": "discussion", "title": hostile, "text": hostile, "tags": hostile[:40]}
    )
    topic = Topic.objects.get()
    pages = [
        writer.get(path).content.decode()
        for path in (topic.get_absolute_url(), "/ru/forum/", "/ru/forum/crafts/", topic.get_absolute_url() + "atom/")
    ]

    for html in pages:
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_person_with_the_right_name_is_offered_nothing_more(writer, member):
    """A display name is no key: rules look at the account."""
    topic = make_talk(by=make_user(display_name=member.display_name))

    html = writer.get(f"/ru/forum/topics/{topic.pk}/").content.decode()

    assert "/edit/" not in html
    assert actions.is_first(topic.posts.get())
