"""Posts are found inside a topic, on a board and on all boards that the reader may read; nothing else comes out."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum import actions, boards
from forum.enums import Circle, Held
from forum.models import Board, Post, Topic
from search.checks import differences
from search.models import Entry
from tests.factories import make_board, make_news, make_proposal, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db
SECRET = "Шаровая молния"
LAYERS = ["topic", "board", "all"]


def look(client, words: str, *, language: str = "ru", **where) -> str:
    return client.get(f"/{language}/forum/search/", {"q": words, **where}, follow=True).content.decode()


def found(client, words: str, **where) -> list[int]:
    """The posts, by their permalinks."""
    html = look(client, words, **where)
    return [int(pk) for pk in re.findall(r'<h3[^>]*><a href="/ru/forum/posts/(\d+)/"', html)]


def narrowed(layer: str, topic: Topic) -> dict[str, str | int]:
    return {"topic": {"topic": topic.pk}, "board": {"board": topic.board.slug}, "all": {}}[layer]


@pytest.fixture
def admin(db):
    return make_user(is_superuser=True, display_name="Анна Главная")


@pytest.mark.parametrize(
    ("language", "said", "asked"),
    [
        ("ru", "Чиним велосипеды по средам", "велосипедов"),
        ("be", "Бібліятэка каля дома", "у бібліятэцы"),
        ("en", "Courses of drawing", "course"),
    ],
)
def test_forms_of_a_word_find_posts_of_each_language(city, client, language, said, asked):
    topic = make_talk(language=language)
    post = make_reply(topic, text=said)
    make_reply(topic, text="Не о том")

    assert found(client, asked, topic=topic.pk) == [post.pk]
    html = look(client, asked, topic=topic.pk)
    assert "<mark>" in html
    assert (f'<p lang="{language}">' in html) == (language != "ru")


def test_a_found_post_tells_number_author_day_and_place(city, client):
    topic = make_talk(title="Где чинить <всё>", board=make_board("Ремесло", slug="crafts"))
    post = make_reply(topic, by=make_user(display_name="Пётр <b>"), text="Насос & ключи дадут")

    html = look(client, "ключ", board="crafts")

    assert f'href="/ru/forum/posts/{post.pk}/" rel="nofollow"><span>Где чинить &lt;всё&gt;</span> — № 2</a>' in html
    assert "Насос &amp; <mark>ключи</mark> дадут" in html
    assert "<span>Пётр &lt;b&gt;</span><time" in html
    assert 'value="ключ"' in html
    assert '<input type="hidden" name="board" value="crafts">' in html
    assert '<meta name="robots" content="noindex, follow">' in html


def test_replies_are_found_by_their_own_words(city, client):
    topic = make_talk(title="Ремонт лодки", text="С чего начать?", replies=2)
    dry = make_reply(topic, text="Лодку сначала сушат")

    assert found(client, "лодка", topic=topic.pk) == [topic.posts.get(number=1).pk, dry.pk]


def test_what_stands_elsewhere_is_not_found_here(city, client):
    board, other = make_board(slug="here"), make_board(slug="there")
    here, beside, there = (make_talk(one, text="Ласточки") for one in (board, board, other))
    posts = [topic.posts.get().pk for topic in (here, beside, there)]

    assert found(client, "ласточка", topic=here.pk) == posts[:1]
    assert sorted(found(client, "ласточка", board="here")) == posts[:2]
    assert sorted(found(client, "ласточка")) == posts


def test_proposals_are_found_with_the_rest(city, client):
    proposal = make_proposal(text="Открыть планетарий")

    assert found(client, "планетария", topic=proposal.topic.pk) == [proposal.topic.posts.get().pk]
    assert f'name="topic" value="{proposal.topic.pk}"' in client.get(proposal.get_absolute_url()).content.decode()


@pytest.mark.parametrize("path", ["", "crafts/", "topics/{}/"])
def test_boards_and_topics_have_a_field(city, client, path):
    topic = make_talk(make_board(slug="crafts"))

    html = client.get(f"/ru/forum/{path.format(topic.pk)}").content.decode()

    assert html.count('action="/ru/forum/search/"') == 1
    hidden = re.findall(r'<input type="hidden" name="(topic|board)" value="([^"]*)">', html)
    assert hidden == {"": [], "crafts/": [("board", "crafts")]}.get(path, [("topic", str(topic.pk))])


def test_nothing_found_offers_where_else_to_look(city, client):
    topic = make_talk(make_board("Ремесло", slug="crafts"))

    html = look(client, "слон & ко", topic=topic.pk)

    assert "Никто здесь об этом не писал" in html
    assert 'value="слон &amp; ко"' in html
    assert re.findall(r'<a class="btn[^"]*" href="([^"]*)">', html) == [
        "/ru/forum/search/?q=%D1%81%D0%BB%D0%BE%D0%BD+%26+%D0%BA%D0%BE&amp;board=crafts",
        "/ru/forum/search/?q=%D1%81%D0%BB%D0%BE%D0%BD+%26+%D0%BA%D0%BE",
        "/ru/search/?q=%D1%81%D0%BB%D0%BE%D0%BD+%26+%D0%BA%D0%BE",
    ]


def test_no_words_show_only_the_field(city, client):
    topic = make_talk()

    html = look(client, "  ", topic=topic.pk)

    assert "Никто здесь" not in html
    assert "<article" not in html


def test_pages_follow_each_other(city, client):
    topic = make_talk()
    pks = [make_reply(topic, text="Ласточки").pk for _ in range(25)]

    first, second = (found(client, "ласточка", topic=topic.pk, page=page) for page in (1, 2))

    assert (len(first), len(second)) == (20, 5)
    assert sorted(first + second) == pks
    assert f"topic={topic.pk}&amp;page=2" in look(client, "ласточка", topic=topic.pk)
    assert found(client, "ласточка", topic=topic.pk, page="x") == first


@pytest.mark.parametrize("where", [{"topic": "x"}, {"topic": "9" * 40}, {"topic": 0}, {"topic": "١"}, {"board": "no"}])
def test_a_place_that_is_not_there_is_not_found(city, client, where):
    assert client.get("/ru/forum/search/", {"q": "слово", **where}).status_code == 404


@pytest.mark.parametrize("words", ["\x00", "'\"", "a" * 5000, "title:x ^ NEAR(a b) - +", "<script>alert(1)</script>"])
def test_any_words_get_an_answer(city, client, words):
    topic = make_talk()

    answer = client.get("/ru/forum/search/", {"q": words, "topic": topic.pk})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


# --- who finds what ---------------------------------------------------------------------------------------------------
BOARDS = ["everyone", "members", "groups", "below groups"]
READERS = {
    "nobody": {"everyone"},
    "member": {"everyone", "members"},
    "insider": set(BOARDS),
    "moderator": {"everyone", "members"},
    "admin": set(BOARDS),
}


@pytest.fixture
def topics(city, council, keepers, admin) -> dict[str, Topic]:
    """A topic with a reply on a board of each setting; the moderator's group keeps the first two."""
    inner = make_board(slug="inner", who_reads=Circle.GROUPS, groups=(council,))
    made = {
        "everyone": make_board(slug="open", moderators=(keepers,)),
        "members": make_board(slug="club", who_reads=Circle.MEMBERS, moderators=(keepers,)),
        "groups": inner,
        "below groups": make_board(slug="below", parent=inner),
    }
    talks = {name: make_talk(board, by=admin, title=f"{SECRET} {name}") for name, board in made.items()}
    for topic in talks.values():
        make_reply(topic, by=admin, text=SECRET)
    return talks


@pytest.fixture
def sign_in(client, member, moderator, council, admin):
    def as_reader(who: str) -> None:
        people = {"member": member, "moderator": moderator, "admin": admin}
        if who == "insider":
            people[who] = make_user()
            people[who].groups.add(council)
        if who != "nobody":
            client.force_login(people[who])

    return as_reader


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("setting", BOARDS)
@pytest.mark.parametrize("layer", LAYERS)
def test_whoever_reads_a_board_finds_its_posts_and_nobody_else(topics, client, sign_in, who, setting, layer):
    topic = topics[setting]
    sign_in(who)

    pks = set(found(client, "молнии", **narrowed(layer, topic)))

    mine = set(topic.posts.values_list("pk", flat=True))
    seen = {pk for name in READERS[who] for pk in topics[name].posts.values_list("pk", flat=True)}
    if layer == "all":
        assert pks == seen
    else:
        assert pks == (mine if setting in READERS[who] else set())


@pytest.mark.parametrize("who", ["nobody", "member"])
@pytest.mark.parametrize("setting", ["groups", "below groups"])
def test_a_closed_place_says_nothing_of_itself(topics, client, sign_in, who, setting):
    topic = topics[setting]
    sign_in(who)

    for where in ({"topic": topic.pk}, {"board": topic.board.slug}):
        answer = client.get("/ru/forum/search/", {"q": "молния", **where})
        assert answer.status_code == 404
        assert SECRET not in answer.content.decode()


def test_a_members_board_leads_to_the_sign_in(topics, client):
    answer = client.get("/ru/forum/search/", {"q": "молния", "board": "club"})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/ru/accounts/login/?next=/ru/forum/search/")


@pytest.mark.parametrize("who", READERS)
def test_no_other_door_shows_closed_posts(topics, client, sign_in, who):
    """Results, counts, filters, feeds, similar proposals: whoever asks, they speak of public things."""
    make_news("О погоде")
    closed = [name for name in BOARDS if name != "everyone"]
    proposal = make_proposal(Board.objects.get(slug="club"), title="Молния над рекой")
    sign_in(who)
    doors = [
        ("/ru/search/", {"q": "молния"}),
        ("/ru/search/", {"q": "молния", "kind": "topic"}),
        ("/ru/search/", {"q": ""}),
        ("/ru/search/", {"q": "слон"}),
        ("/ru/forum/atom/", {}),
        ("/sitemap.xml", {}),
    ]

    for path, asked in doors:
        html = client.get(path, asked).content.decode()
        assert [name for name in closed if f"{SECRET} {name}" in html] == [], path
        assert "над рекой" not in html, path
    html = client.get("/ru/search/", {"q": "молния"}).content.decode()
    assert len(re.findall('<article class="result', html)) == 1  # the topic and its reply are one thing
    if who != "nobody":
        offered = client.get("/ru/forum/proposals/similar/", {"title": "Молния над рекой"}).content.decode()
        assert proposal.topic.title not in offered
    assert not Entry.objects.exclude(access="public").exists()


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("who", ["author", "moderator", "nobody"])
def test_waiting_removed_and_moved_posts_are_found_by_nobody(city, client, member, moderator, keepers, layer, who):
    board = make_board(slug="held", held=Held.ALL, moderators=(keepers,))
    topic = make_talk(board, by=moderator)
    make_reply(topic, by=member, text=SECRET)
    removed = actions.approve(make_reply(topic, by=member, text=SECRET), by=moderator)
    actions.remove(removed, by=moderator)
    split = actions.approve(make_reply(topic, by=member, text=SECRET), by=moderator)
    new = actions.split_topic(topic, [split.number], boards.by_pk(board.pk), "Другая", by=moderator)
    whole = make_talk(board, by=moderator, title=SECRET)
    actions.remove(whole.posts.get(), by=moderator)
    if who != "nobody":
        client.force_login(member if who == "author" else moderator)

    assert found(client, "молния", **narrowed(layer, topic)) == ([] if layer == "topic" else [split.pk])
    assert found(client, "молния", topic=new.pk) == [split.pk]
    assert found(client, "молния", topic=whole.pk) == []
    assert list(differences()) == []


def test_a_merged_topics_posts_are_found_where_they_are(city, client, admin):
    topic, into = make_talk(text="Ласточки"), make_talk()
    post = topic.posts.get()

    actions.merge_topics(topic, into, by=admin)

    assert found(client, "ласточка", topic=into.pk) == [post.pk]
    assert found(client, "ласточка", topic=topic.pk) == [post.pk]
    assert f'name="topic" value="{into.pk}"' in look(client, "ласточка", topic=topic.pk)


def test_moved_topics_are_found_on_their_new_board(city, client, admin):
    board, other = make_board(slug="here"), make_board(slug="there", who_reads=Circle.MEMBERS)
    topic = make_talk(board, text="Ласточки")
    post = topic.posts.get()

    actions.move_topic(topic, boards.by_pk(other.pk), by=admin)

    assert (found(client, "ласточка", board="here"), found(client, "ласточка")) == ([], [])
    client.force_login(admin)
    assert (found(client, "ласточка", board="there"), found(client, "ласточка")) == ([post.pk], [post.pk])
    assert list(differences()) == []


@pytest.mark.django_db(transaction=True)
def test_kept_page_follows_posts_and_boards(city, client):
    board = make_board(slug="here")
    topic, author = make_talk(board), make_user(display_name="Пётр")
    assert found(client, "ласточка", board="here") == []

    post = make_reply(topic, by=author, text="Ласточки")
    assert found(client, "ласточка", board="here") == [post.pk]

    author.display_name = "Павел"
    author.save()
    assert "Павел" in look(client, "ласточка", board="here")

    closed = Board.objects.get(pk=board.pk)
    closed.who_reads = Circle.MEMBERS
    closed.save()
    assert found(client, "ласточка", board="here") == []
    assert found(client, "ласточка") == []


@pytest.mark.django_db(transaction=True)
def test_blocked_peoples_posts_are_folded(city, client, member):
    rude = make_user(display_name="Грубиян")
    topic = make_talk()
    make_reply(topic, by=rude, text="Ласточки вам")
    client.force_login(member)
    assert "<details" not in look(client, "ласточка", topic=topic.pk).split("<main")[1]

    actions.block(rude, by=member)

    html = look(client, "ласточка", topic=topic.pk).split("<main")[1]
    assert html.index('<details class="fold">') < html.index("<mark>Ласточки</mark>")


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("who", "queries"), [("nobody", 5), ("member", 6)])
def test_queries_of_a_search_do_not_grow(city, client, member, number, who, queries):
    topic = make_talk(make_board(slug="here"))
    for _ in range(number):
        make_reply(topic, text="Ласточки")
    if who == "member":
        client.force_login(member)
    look(client, "слон", board="here")

    with CaptureQueriesContext(connection) as asked:
        look(client, "ласточка", board="here")

    assert len([one["sql"] for one in asked if re.search("forum_|search_", one["sql"])]) == queries


def test_a_kept_page_asks_nothing(city, client, django_assert_num_queries):
    topic = make_talk(text="Ласточки")
    look(client, "ласточка", topic=topic.pk)

    with django_assert_num_queries(0):
        look(client, "ласточка", topic=topic.pk)


def test_index_tells_the_truth_of_closed_boards(topics):
    assert list(differences()) == []
    Post.objects.filter(topic=topics["groups"], number=2).update(html="<p>Иное</p>")
    cache.clear()

    assert [str(line).split(":")[-1] for line in differences()] == [" summary, body differ"]
