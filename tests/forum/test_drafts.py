"""What people have begun to write: kept for them alone, until they send it or throw it away."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import close_account
from accounts.models import User
from forum import actions as forum_actions
from forum import rules, tasks
from forum.actions import Draft, unsent
from forum.enums import Circle, Held, Kind, Penalty, State, Writing
from forum.errors import OtherWordsError
from forum.forms import LONGEST_POST
from forum.models import TAKEN_WORDS, Post, Topic, Unsent
from forum.places import Place, place_of
from tests.factories import make_board, make_moderator, make_news, make_proposal, make_reply, make_talk, make_user
from tests.forum.test_together import together

pytestmark = pytest.mark.django_db
SECRET = "Пока никому не говорю"
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def writer(client, member, city):
    client.force_login(member)
    return client


def begin(person: User, place: Place, *, text: str = SECRET, ticket: UUID | None = None, **words: str) -> Unsent:
    kept = unsent.keep(person, place, {"text": text, **words}, ticket=ticket or uuid4(), seen=None)
    assert kept
    return kept


def reply_to(topic: Topic) -> Place:
    return Place(Writing.REPLY, topic.pk)


def form_of(topic: Topic) -> str:
    return f"/ru/forum/topics/{topic.pk}/reply/"


def typed(html: str) -> str:
    return unescape(re.search(r'<textarea name="text"[^>]*>\s*(.*?)</textarea>', html, re.DOTALL).group(1))


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"(?: value="([^"]*)")?', html)
    return found.group(1) or ""


# --- places -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "place",
    [Place(Writing.REPLY, 5), Place(Writing.TOPIC, 3), Place(Writing.TOPIC, 3, about=12), Place(Writing.PROPOSAL, 3)],
)
def test_place_is_read_as_it_was_written(place):
    assert place_of(str(place)) == place


@pytest.mark.parametrize(
    "text", ["", "reply", "reply:", "reply:x", "desk:5", "reply:5:", "reply:٥", "reply:" + "9" * 99]
)
def test_nothing_else_is_a_place(text):
    assert place_of(text) is None


def test_no_board_can_take_the_address():
    assert "drafts" in TAKEN_WORDS


# --- keep -------------------------------------------------------------------------------------------------------------
def test_button_keeps_the_words_and_says_so(writer, member):
    topic = make_talk()

    answer = writer.post(form_of(topic), {"text": SECRET, "keep": "1"}, follow=True)

    html = answer.content.decode()
    assert "Сохранено: текст ждёт вас здесь и в черновиках." in html
    assert typed(html) == SECRET
    assert Unsent.objects.values_list("person", "place", "words").get() == (
        member.pk,
        f"reply:{topic.pk}",
        {"text": SECRET},
    )
    assert Post.objects.count() == 1


def test_script_is_told_when_it_was_kept(writer):
    topic = make_talk()

    answer = writer.post(form_of(topic), {"text": SECRET, "keep": "1"}, headers=SCRIPT)

    kept = Unsent.objects.get()
    time = timezone.localtime(kept.saved_at).strftime("%H:%M")
    assert answer.json() == {"mark": str(kept.mark), "said": f"Сохранено в {time}"}
    assert "no-store" in answer["Cache-Control"]


def test_a_form_needs_not_be_complete_to_be_kept(writer):
    board = make_board(slug="crafts", kinds=[Kind.PROPOSAL, Kind.QUESTION, Kind.DISCUSSION])

    writer.post("/ru/forum/crafts/new/", {"title": "Где?", "keep": "1"})
    writer.post("/ru/forum/crafts/propose/", {"problem": "Темно", "district": "", "keep": "1"})

    assert dict(Unsent.objects.values_list("place", "words")) == {
        f"topic:{board.pk}": {"kind": "", "title": "Где?", "text": "", "tags": ""},
        f"proposal:{board.pk}": {
            "title": "",
            "problem": "Темно",
            "proposal": "",
            "benefits": "",
            "tags": "",
            "district": "",
        },
    }


def test_kept_again_it_is_one_row_with_another_mark(writer):
    topic, ticket = make_talk(), str(uuid4())
    first = writer.post(form_of(topic), {"text": "Раз", "keep": "1", "ticket": ticket}, headers=SCRIPT).json()

    second = writer.post(form_of(topic), {"text": "Два", "keep": "1", "ticket": ticket}, headers=SCRIPT).json()

    assert first["mark"] != second["mark"]
    assert Unsent.objects.get().words == {"text": "Два"}


def test_an_emptied_form_keeps_nothing(writer, member):
    topic = make_talk()
    kept = begin(member, reply_to(topic))

    said = {"text": " \n", "keep": "1", "seen": str(kept.mark)}
    answer = writer.post(form_of(topic), said, headers=SCRIPT)

    assert answer.json() == {"mark": "", "said": ""}
    assert Unsent.objects.count() == 0


def test_more_than_the_form_takes_is_not_kept_and_comes_back(writer):
    topic, text = make_talk(), "я" * (LONGEST_POST + 1)

    html = writer.post(form_of(topic), {"text": text, "keep": "1"}).content.decode()
    answer = writer.post(form_of(topic), {"text": text, "keep": "1"}, headers=SCRIPT)

    assert "Слишком длинно, знаков: 20001." in html
    assert typed(html) == text
    assert answer.json() == {}
    assert Unsent.objects.count() == 0


@pytest.mark.parametrize("seen", ["", "x", "\x00", "6b0ce3a8-0f5b-4ff5-9b5b-1c1d2e3f4a5b"])
def test_signs_that_are_no_words_do_no_harm(writer, seen):
    topic = make_talk()

    answer = writer.post(form_of(topic), {"text": "a\x00b", "keep": "1", "seen": seen, "ticket": seen}, headers=SCRIPT)

    assert answer.status_code == 200
    assert Unsent.objects.get().words == {"text": "ab"}


def test_what_is_to_be_about_a_page_is_another_place(writer):
    board, page = make_board(slug="crafts"), make_news(title="Ярмарка")
    writer.post(f"/ru/forum/crafts/new/?about={page.pk}", {"title": "О ярмарке", "text": "", "keep": "1"})

    plain = writer.get("/ru/forum/crafts/new/").content.decode()
    about = writer.get(f"/ru/forum/crafts/new/?about={page.pk}").content.decode()

    assert 'value="О ярмарке"' not in plain
    assert 'value="О ярмарке"' in about
    assert Unsent.objects.get().place == f"topic:{board.pk}:{page.pk}"


def test_of_more_than_fifty_the_oldest_go(member):
    for number in range(1, 53):
        begin(member, Place(Writing.REPLY, number))

    assert sorted(int(one.place.removeprefix("reply:")) for one in Unsent.objects.all()) == list(range(3, 53))


def test_old_ones_go(member, settings):
    settings.FORUM_DRAFT_DAYS = 60
    old, fresh = begin(member, Place(Writing.REPLY, 1)), begin(member, Place(Writing.REPLY, 2))
    Unsent.objects.filter(pk=old.pk).update(saved_at=timezone.now() - timedelta(days=61))
    Unsent.objects.filter(pk=fresh.pk).update(saved_at=timezone.now() - timedelta(days=59))

    for _ in range(2):
        tasks.forget_unsent.func()

    assert list(Unsent.objects.all()) == [fresh]


# --- go on ------------------------------------------------------------------------------------------------------------
def test_reply_page_goes_on_with_it(writer, member):
    topic = make_talk()
    kept = begin(member, reply_to(topic))

    html = writer.get(form_of(topic)).content.decode()

    assert typed(html) == SECRET
    assert hidden(html, "seen") == str(kept.mark)
    assert "Вы начали писать здесь" in html


def test_reply_page_without_words_leads_to_the_topic(writer):
    topic = make_talk()

    assert writer.get(form_of(topic)).url == f"/ru/forum/topics/{topic.pk}/#reply"


def test_script_asks_for_it_when_the_field_is_used(writer, member):
    topic = make_talk()
    nothing = writer.get(form_of(topic), headers=SCRIPT)
    kept = begin(member, reply_to(topic))

    answer = writer.get(form_of(topic), headers=SCRIPT)

    assert nothing.json() == {}
    assert answer.json()["mark"] == str(kept.mark)
    assert answer.json()["words"] == {"text": SECRET}
    assert "no-store" in answer["Cache-Control"]


def test_words_for_a_topic_that_was_merged_go_on_where_its_posts_are(writer, member):
    board = make_board()
    topic, other = make_talk(board), make_talk(board, title="Другая")
    begin(member, reply_to(topic))
    forum_actions.merge_topics(topic, other, by=make_moderator())

    html = writer.get(form_of(topic)).content.decode()
    own = writer.get("/ru/forum/drafts/").content.decode()

    assert typed(html) == SECRET
    assert "Другая" in own


def test_change_of_a_post_goes_on(writer, member):
    topic = make_talk(by=member, title="Было")
    post = topic.posts.get()
    writer.post(f"/ru/forum/posts/{post.pk}/edit/", {"title": "Стало", "text": SECRET, "tags": "вело", "keep": "1"})

    html = writer.get(f"/ru/forum/posts/{post.pk}/edit/").content.decode()

    post.refresh_from_db()
    assert typed(html) == SECRET
    assert 'value="Стало"' in html
    assert post.source == "Первое сообщение"


def test_change_of_a_proposal_goes_on(writer, member):
    proposal = make_proposal(by=member, status="submitted")
    path = f"/ru/forum/proposals/{proposal.pk}/edit/"
    words = {"title": "Стало", "problem": SECRET, "proposal": "Открыть", "benefits": "", "district": "", "tags": ""}

    writer.post(path, {**words, "keep": "1"})
    html = writer.get(path).content.decode()

    assert SECRET in html
    assert Unsent.objects.get().place == f"edit:{proposal.topic.posts.get().pk}"


def test_preview_and_errors_keep_what_was_just_typed(writer, member):
    topic = make_talk()
    kept = begin(member, reply_to(topic))

    html = writer.post(form_of(topic), {"text": "Новее", "preview": "1", "seen": str(kept.mark)}).content.decode()

    assert typed(html) == "Новее"
    assert hidden(html, "seen") == str(kept.mark)


# --- other words, from elsewhere --------------------------------------------------------------------------------------
def test_unseen_words_are_not_written_over(member):
    place = Place(Writing.REPLY, 1)
    kept = begin(member, place)

    with pytest.raises(OtherWordsError) as refused:
        unsent.keep(member, place, {"text": "Другое"}, ticket=uuid4(), seen=None)

    assert refused.value.kept == kept
    assert Unsent.objects.get().words == {"text": SECRET}


def test_seen_words_are_gone_on_with(member):
    place = Place(Writing.REPLY, 1)
    kept = begin(member, place)

    unsent.keep(member, place, {"text": "Дальше"}, ticket=uuid4(), seen=kept.mark)

    assert Unsent.objects.get().words == {"text": "Дальше"}


def test_script_gets_the_other_words(writer, member):
    topic = make_talk()
    kept = begin(member, reply_to(topic))

    answer = writer.post(form_of(topic), {"text": "Другое", "keep": "1"}, headers=SCRIPT).json()

    assert (answer["other"]["mark"], answer["other"]["words"]) == (str(kept.mark), {"text": SECRET})
    assert Unsent.objects.get() == kept


def test_button_shows_the_other_words_before_they_are_replaced(writer, member):
    topic = make_talk()
    kept = begin(member, reply_to(topic))

    html = writer.post(form_of(topic), {"text": "Другое", "keep": "1"}).content.decode()
    writer.post(form_of(topic), {"text": "Другое", "keep": "1", "seen": hidden(html, "seen")})

    assert typed(html) == "Другое"
    assert SECRET in html
    assert hidden(html, "seen") == str(kept.mark)
    assert 'class="error"' not in html
    assert Unsent.objects.get().words == {"text": "Другое"}


@pytest.mark.django_db(transaction=True)
def test_two_saves_at_once_keep_one_row(city):
    person, place = make_user(), Place(Writing.REPLY, 1)

    def save(_: User) -> bool:
        try:
            return bool(unsent.keep(person, place, {"text": SECRET}, ticket=uuid4(), seen=None))
        except OtherWordsError:
            return False

    saved = together(save, [person] * 4)

    assert sorted(saved) == [False, False, False, True]
    assert Unsent.objects.count() == 1


# --- sent -------------------------------------------------------------------------------------------------------------
def test_a_posted_reply_is_no_draft_any_more(writer, member):
    topic = make_talk()
    kept = begin(member, reply_to(topic))

    answer = writer.post(form_of(topic), {"text": SECRET, "seen": str(kept.mark)})

    assert Unsent.objects.count() == 0
    assert answer.cookies["posted"].value == f"reply:{topic.pk}"
    assert Post.objects.filter(source=SECRET).count() == 1


def test_a_posted_topic_and_proposal_are_no_drafts_any_more(writer, member):
    make_board(slug="crafts", kinds=[Kind.PROPOSAL, Kind.DISCUSSION])
    words = {"title": "Где?", "text": SECRET, "problem": SECRET, "proposal": SECRET}
    for form in ("new", "propose"):
        said = {**words, "ticket": str(uuid4())}
        writer.post(f"/ru/forum/crafts/{form}/", {**said, "keep": "1"})
        assert Unsent.objects.count() == 1

        writer.post(f"/ru/forum/crafts/{form}/", said)

        assert Unsent.objects.count() == 0
    assert Topic.objects.count() == 2


def test_a_changed_post_is_no_draft_any_more(writer, member):
    reply = make_reply(make_talk(), by=member)
    kept = begin(member, Place(Writing.EDIT, reply.pk))

    answer = writer.post(f"/ru/forum/posts/{reply.pk}/edit/", {"text": SECRET, "seen": str(kept.mark)})

    reply.refresh_from_db()
    assert reply.source == SECRET
    assert Unsent.objects.count() == 0
    assert answer.cookies["posted"].value == f"edit:{reply.pk}"


def test_a_post_that_waits_is_sent_too(writer, member):
    topic = make_talk(make_board(held=Held.ALL), by=make_moderator())
    kept = begin(member, reply_to(topic))

    writer.post(form_of(topic), {"text": SECRET, "seen": str(kept.mark)})

    assert Post.objects.get(source=SECRET).is_waiting
    assert Unsent.objects.count() == 0


def test_words_of_another_device_stay_when_this_one_posts(writer, member):
    topic = make_talk()
    begin(member, reply_to(topic), text="На телефоне")

    writer.post(form_of(topic), {"text": "На компьютере", "ticket": str(uuid4())})

    assert Unsent.objects.get().words == {"text": "На телефоне"}


def test_a_message_that_comes_late_brings_nothing_back(writer, member):
    topic, ticket = make_talk(), str(uuid4())
    writer.post(form_of(topic), {"text": SECRET, "ticket": ticket})

    writer.post(form_of(topic), {"text": SECRET, "ticket": ticket, "keep": "1"}, headers=SCRIPT)

    assert writer.get(form_of(topic), headers=SCRIPT).json() == {}
    assert SECRET not in writer.get("/ru/forum/drafts/").content.decode()
    assert begin(member, reply_to(topic), text="Новое").words == {"text": "Новое"}


# --- refused ----------------------------------------------------------------------------------------------------------
def test_who_writes_too_fast_loses_nothing(writer, member, settings):
    settings.FORUM_PACE = settings.FORUM_NEWCOMER_PACE = (1, 0, 0)
    topic = make_talk()
    make_reply(topic, by=member)
    kept = begin(member, reply_to(topic))

    html = writer.post(form_of(topic), {"text": "Ещё", "seen": str(kept.mark)}).content.decode()

    assert typed(html) == "Ещё"
    assert Unsent.objects.get().words == {"text": SECRET}


@pytest.mark.parametrize("form", ["new", "propose"])
def test_who_was_silenced_while_writing_finds_it_among_the_drafts(writer, member, form):
    make_board(slug="crafts", kinds=[Kind.PROPOSAL, Kind.DISCUSSION])
    forum_actions.sanction(member, Penalty.SILENCE, by=make_moderator(), reason="Грубо", ground="insult", days=3)

    words = {"title": "Где?", "text": SECRET, "problem": SECRET}
    answer = writer.post(f"/ru/forum/crafts/{form}/", words)

    assert answer.status_code == 403
    assert "Написанное сохранено в ваших черновиках." in answer.content.decode()
    assert SECRET in writer.get("/ru/forum/drafts/").content.decode()


def test_a_reply_to_a_topic_that_was_locked_meanwhile_can_be_kept(writer):
    topic = make_talk()
    Topic.objects.filter(pk=topic.pk).update(state=State.LOCKED)

    writer.post(form_of(topic), {"text": SECRET, "keep": "1"})

    assert Unsent.objects.get().words == {"text": SECRET}


# --- throw away -------------------------------------------------------------------------------------------------------
def test_throwing_away(writer, member):
    topic = make_talk()
    begin(member, reply_to(topic))

    answer = writer.post("/ru/forum/drafts/throw/", {"place": f"reply:{topic.pk}", "back": "1"})

    assert answer.url == form_of(topic)
    assert Unsent.objects.count() == 0


def test_throwing_away_from_the_list_twice(writer, member):
    begin(member, Place(Writing.REPLY, 1))

    answers = [writer.post("/ru/forum/drafts/throw/", {"place": "reply:1"}) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/ru/forum/drafts/"] * 2
    assert Unsent.objects.count() == 0


@pytest.mark.parametrize("place", ["", "x", "reply:1:", "https://example.org/"])
def test_throwing_away_nothing_known(writer, place):
    assert writer.post("/ru/forum/drafts/throw/", {"place": place}).status_code == 404


# --- nobody else ------------------------------------------------------------------------------------------------------
@pytest.fixture
def others(city) -> list[User]:
    """Those who may do more here than most."""
    right = Permission.objects.get(codename="moderate")
    keeper = make_user()
    keeper.user_permissions.add(right)
    return [make_user(), make_moderator(), keeper, make_user(is_superuser=True, is_staff=True)]


def test_nobody_else_may_see_a_draft(member, others):
    kept = begin(member, Place(Writing.REPLY, 1))

    assert rules.can_see_unsent(member, kept) is True
    assert [rules.can_see_unsent(user, kept) for user in (AnonymousUser(), *others)] == [False] * 5


def test_who_is_locked_out_sees_no_draft(member):
    kept = begin(member, Place(Writing.REPLY, 1))
    member.is_active = False

    assert rules.can_see_unsent(member, kept) is False


def test_drafts_leak_nowhere(client, member, others):
    board = make_board(slug="crafts", kinds=[Kind.PROPOSAL, Kind.DISCUSSION])
    topic = make_talk(board, by=member)
    post = topic.posts.get()
    places = [
        reply_to(topic),
        Place(Writing.TOPIC, board.pk),
        Place(Writing.PROPOSAL, board.pk),
        Place(Writing.EDIT, post.pk),
    ]
    for place in places:
        begin(member, place, title=SECRET, problem=SECRET)
    paths = [
        *(place.url.replace("/en/", "/ru/") for place in places),
        f"/ru/forum/topics/{topic.pk}/",
        f"/ru/forum/topics/{topic.pk}/json/",
        f"/ru/forum/topics/{topic.pk}/atom/",
        f"/ru/forum/posts/{post.pk}/history/",
        "/ru/forum/",
        "/ru/forum/atom/",
        "/ru/forum/crafts/",
        "/ru/forum/crafts/atom/",
        "/ru/forum/drafts/",
        "/ru/forum/desk/",
        f"/ru/forum/desk/people/{member.pk}/",
        f"/ru/people/{member.pk}/",
        "/ru/search/?q=никому",
    ]

    for person in (None, *others):
        client.logout()
        if person:
            client.force_login(person)
        for path in paths:
            for headers in ({}, SCRIPT):
                answer = client.get(path, headers=headers)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert SECRET not in body.decode(), (person, path)


def test_others_cannot_throw_it_away(client, member, others):
    begin(member, Place(Writing.REPLY, 1))

    for person in others:
        client.force_login(person)
        client.post("/ru/forum/drafts/throw/", {"place": "reply:1"})

    assert Unsent.objects.count() == 1


def test_two_people_write_at_one_place(member):
    other, place = make_user(), Place(Writing.REPLY, 1)

    mine, theirs = begin(member, place), begin(other, place, text="Моё")

    assert (mine.words, theirs.words) == ({"text": SECRET}, {"text": "Моё"})


def test_only_who_may_read_the_board_keeps_something_there(client, city, member, council):
    closed = make_board(slug="closed", who_reads=Circle.GROUPS, groups=(council,))
    topic = make_talk(closed, by=make_user(is_superuser=True))
    client.force_login(member)

    answers = [client.post(path, {"text": SECRET, "keep": "1"}) for path in (form_of(topic), "/ru/forum/closed/new/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Unsent.objects.count() == 0


def test_who_is_not_signed_in_is_led_to_the_sign_in(client, city):
    topic = make_talk()

    answers = [client.post(form_of(topic), {"text": SECRET, "keep": "1"}), client.get("/ru/forum/drafts/")]

    assert [answer.url.partition("?")[0] for answer in answers] == ["/ru/accounts/login/"] * 2
    assert Unsent.objects.count() == 0


def test_a_form_from_elsewhere_keeps_nothing(member, city):
    topic, client = make_talk(), Client(enforce_csrf_checks=True)
    client.force_login(member)

    answer = client.post(form_of(topic), {"text": "Чужое", "keep": "1"})

    assert answer.status_code == 403
    assert Unsent.objects.count() == 0


def test_closing_the_account_deletes_them_at_once(member):
    other = make_user()
    begin(member, Place(Writing.REPLY, 1))
    begin(other, Place(Writing.REPLY, 1))

    close_account(member)

    assert list(Unsent.objects.values_list("person", flat=True)) == [other.pk]


def test_nothing_of_it_is_logged(writer, caplog):
    topic = make_talk()
    caplog.set_level("INFO")

    writer.post(form_of(topic), {"text": SECRET, "keep": "1"})
    writer.get(form_of(topic))

    assert SECRET not in caplog.text


# --- the list ---------------------------------------------------------------------------------------------------------
def test_the_list_shows_place_words_and_the_way_on(writer, member):
    board = make_board("Ремёсла", slug="crafts")
    topic = make_talk(board, title="Где чинить?")
    begin(member, reply_to(topic))
    begin(member, Place(Writing.TOPIC, board.pk), title="Моя тема", text="слово " * 100)
    begin(member, Place(Writing.PROPOSAL, board.pk), text="", problem="Темно")

    html = unescape(writer.get("/ru/forum/drafts/").content.decode())

    assert re.findall(r'<h2 class="title-s"[^>]*><a href="([^"]+)">(.*?)</a>', html) == [
        ("/ru/forum/crafts/propose/", "Ремёсла"),
        ("/ru/forum/crafts/new/", "Моя тема"),
        (form_of(topic), "Где чинить?"),
    ]
    assert SECRET in html
    assert "слово " * 40 in html
    assert "слово " * 60 not in html


def test_titles_that_may_not_be_read_any_more_are_not_shown(writer, member):
    closed = make_board("Тайный раздел", who_reads=Circle.GROUPS)
    topic = make_talk(closed, by=make_user(is_superuser=True), title="Тайная тема")
    post = topic.posts.get()
    for place in (reply_to(topic), Place(Writing.EDIT, post.pk), Place(Writing.TOPIC, closed.pk)):
        begin(member, place)

    html = writer.get("/ru/forum/drafts/").content.decode()

    assert "Тайн" not in html
    assert html.count(SECRET) == 3


def test_drafts_for_what_is_gone_can_still_be_thrown_away(writer, member):
    for place in (Place(Writing.REPLY, 9_999), Place(Writing.EDIT, 9_999), Place(Writing.TOPIC, 9_999)):
        begin(member, place)

    html = writer.get("/ru/forum/drafts/").content.decode()

    assert html.count(SECRET) == 3
    assert html.count('action="/ru/forum/drafts/throw/"') == 3


def test_an_empty_list_says_what_it_is_for(writer):
    assert "Черновиков нет" in writer.get("/ru/forum/drafts/").content.decode()


# --- queries ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_the_list_do_not_grow(writer, member, django_assert_num_queries, number):
    board = make_board()
    for _ in range(number):
        topic = make_talk(board)
        begin(member, reply_to(topic))
        begin(member, Place(Writing.EDIT, topic.posts.get().pk))
    writer.get("/ru/forum/drafts/")

    with django_assert_num_queries(6):
        writer.get("/ru/forum/drafts/")


def test_a_topic_page_asks_nothing_for_drafts(writer, member, django_assert_num_queries):
    topic = make_talk()
    begin(member, reply_to(topic))
    writer.get(f"/ru/forum/topics/{topic.pk}/")

    with django_assert_num_queries(4) as asked:
        html = writer.get(f"/ru/forum/topics/{topic.pk}/").content.decode()

    assert not [query for query in asked.captured_queries if "forum_unsent" in query["sql"]]
    assert SECRET not in html


@pytest.mark.parametrize("number", [1, 49])
def test_queries_of_keeping_do_not_grow(member, django_assert_num_queries, number):
    for one in range(number):
        begin(member, Place(Writing.REPLY, one))
    kept = begin(member, Place(Writing.TOPIC, 1))

    with django_assert_num_queries(8):
        unsent.keep(member, Place(Writing.TOPIC, 1), {"text": "Дальше"}, ticket=None, seen=kept.mark)


def test_posting_asks_once_for_a_draft(member):
    topic = make_talk()

    with CaptureQueriesContext(connection) as asked:
        forum_actions.reply(topic, Draft(source="Ответ", ticket=uuid4()), by=member)

    assert len([query for query in asked.captured_queries if "forum_unsent" in query["sql"]]) == 1
