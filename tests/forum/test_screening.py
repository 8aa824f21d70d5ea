"""What is posted through forms: how fast, with which links, whether it repeats; traps for machines. Nothing is lost."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.signing import TimestampSigner
from django.utils import timezone

from forum import actions, boards, rules
from forum.actions import Draft
from forum.actions.steps import likeness
from forum.enums import Cause
from forum.errors import LinksError, PaceError
from forum.models import Case, Post, ReadMark
from tests.factories import make_board, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db
LONG = "Записывайтесь на занятия по керамике в субботу"


@pytest.fixture
def careful(settings):
    """As a new city is set up."""
    settings.FORUM_NEWCOMER_POSTS, settings.FORUM_NEWCOMER_DAYS, settings.FORUM_REPEAT_HOURS = 3, 14, 24
    return settings


@pytest.fixture
def topic(db):
    return make_talk(replies=1)


def old_hand():
    """Three posts shown."""
    person = make_user()
    make_talk(by=person)
    for _ in range(2):
        make_reply(make_talk(), by=person)
    return person


def post(topic, text: str, *, by) -> Post:
    return actions.reply(topic, Draft(source=text, through_form=True), by=by)


def typed(html: str) -> str:
    return unescape(re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", html, re.DOTALL).group(1))


def field(html: str, name: str) -> str:
    return unescape(re.search(rf'name="{name}"[^>]*value="([^"]*)"|$', html).group(1) or "")


# --- pace -------------------------------------------------------------------------------------------------------------
def test_pace_has_a_limit_and_says_how_long_to_wait(careful, topic, member):
    careful.FORUM_NEWCOMER_PACE = (2, 10, 20)
    for number in range(2):
        post(topic, f"Раз {number}", by=member)

    with pytest.raises(PaceError, match=r"1 минуту|5[89] секунд"):
        post(topic, "Три", by=member)

    Post.objects.filter(author=member).update(posted_at=timezone.now() - timedelta(seconds=61))
    assert post(topic, "Три", by=member).number == 5


@pytest.mark.parametrize(
    ("limits", "ago", "words"),
    [((0, 1, 0), timedelta(minutes=20), "40 минут"), ((0, 0, 1), timedelta(hours=20), "4 часа")],
)
def test_hours_and_days_have_limits_of_their_own(careful, topic, member, limits, ago, words):
    careful.FORUM_NEWCOMER_PACE = limits
    post(topic, "Раз", by=member)
    Post.objects.filter(author=member).update(posted_at=timezone.now() - ago)

    with pytest.raises(PaceError, match=words):
        post(topic, "Два", by=member)


def test_known_members_have_a_pace_of_their_own(careful, topic):
    person = old_hand()
    careful.FORUM_NEWCOMER_PACE, careful.FORUM_PACE = (1, 1, 1), (6, 60, 200)

    for number in range(3):
        post(topic, f"Пишу {number}", by=person)

    assert Post.objects.filter(author=person, topic=topic).count() == 3


def test_moderators_have_no_limit(careful, moderator, keepers):
    careful.FORUM_NEWCOMER_PACE = (1, 1, 1)
    topic = make_talk(make_board(moderators=(keepers,)))

    for number in range(3):
        post(topic, f"Пишу {number}", by=moderator)

    assert topic.posts.count() == 4


def test_what_was_typed_too_fast_stays_in_the_form(careful, client, city, topic, member):
    careful.FORUM_NEWCOMER_PACE = (1, 0, 0)
    client.force_login(member)
    client.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "Раз"})

    html = client.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "Два"}).content.decode()

    assert "Вы пишете очень часто." in html
    assert typed(html) == "Два"


# --- newcomers --------------------------------------------------------------------------------------------------------
def test_who_is_new(careful):
    newcomer, writer, reader, idle = make_user(), old_hand(), make_user(), make_user()
    long_ago = timezone.now() - timedelta(days=15)
    for person in (reader, idle):
        person.date_joined = long_ago
        person.save()
    ReadMark.objects.bulk_create([ReadMark(person=reader, topic=make_talk(), number=1) for _ in range(10)])

    people = {"newcomer": newcomer, "writer": writer, "reader": reader, "idle": idle}

    assert {name for name, person in people.items() if rules.is_newcomer(person)} == {"newcomer", "idle"}


@pytest.mark.parametrize(
    "text",
    [
        "Смотрите https://spam.example/",
        "Смотрите [сюда](https://spam.example)",
        "Смотрите [сюда](&#104;ttps://spam.example)",
        "Смотрите <https://spam.example>",
        "Смотрите www.spam.example",
        "Смотрите spam.ru/акция",
        "![](https://spam.example/a.png)",
        "[a][b]\n\n[b]: https://spam.example",
        "Пишите [мне](mailto:a@spam.example)",
    ],
)
def test_first_posts_with_links_wait_and_the_author_is_told(careful, client, city, topic, member, text):
    client.force_login(member)

    html = client.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": text}, follow=True).content.decode()

    assert Post.objects.get(author=member).is_waiting
    assert Case.objects.get().cause == Cause.LINKS
    assert "В сообщении есть ссылки, а автор здесь недавно." in html


@pytest.mark.parametrize(
    "text", ["Без ссылок", "Вот: http://testserver/ru/forum/", "> [Анна, № 1](/forum/posts/1/)\n\nДа"]
)
def test_first_posts_without_links_are_shown(careful, topic, member, text):
    assert post(topic, text, by=member).is_shown


def test_links_of_known_members_are_shown(careful, topic):
    assert post(topic, "Смотрите https://library.example/", by=old_hand()).is_shown


def test_links_cannot_be_slipped_in_later(careful, topic, member):
    mine = post(topic, "Безобидно", by=member)

    with pytest.raises(LinksError):
        actions.edit(mine, Draft(source="Безобидно https://spam.example/", through_form=True), by=member)

    assert Post.objects.get(pk=mine.pk).source == "Безобидно"


@pytest.mark.parametrize("text", ["[туда](https://spam.example/)", "Было так, а теперь www.spam.example"])
def test_a_link_that_was_looked_at_cannot_be_exchanged(careful, topic, member, text):
    mine = post(topic, "Смотрите [туда](https://good.example/)", by=member)
    mine = actions.approve(mine, by=make_user(is_superuser=True))

    with pytest.raises(LinksError):
        actions.edit(mine, Draft(source=text, through_form=True), by=member)

    changed = actions.edit(mine, Draft(source="Сюда: [туда](https://good.example/)", through_form=True), by=member)
    assert changed.source == "Сюда: [туда](https://good.example/)"


def test_link_cannot_be_slipped_into_the_title_later(careful, member):
    draft = Draft(source="Заходите", title="Кружок", language="ru", through_form=True)
    mine = actions.start_topic(boards.by_pk(make_board().pk), draft, by=member)

    with pytest.raises(LinksError):
        actions.edit(mine, Draft(source="Заходите", title="Кружок www.spam.example", through_form=True), by=member)


def test_link_to_another_host_without_a_scheme_waits(careful, topic, member):
    assert post(topic, "[туда](//spam.example/)", by=member).is_waiting


def test_link_in_the_title_of_a_newcomer_waits(careful, member):
    draft = Draft(source="Заходите", title="Казино www.spam.example", language="ru", through_form=True)

    assert actions.start_topic(boards.by_pk(make_board().pk), draft, by=member).is_waiting


# --- repeats ----------------------------------------------------------------------------------------------------------
def test_same_words_of_one_person_wait(careful, topic):
    person = old_hand()
    first = post(topic, LONG, by=person)
    again = post(make_talk(), f"**{LONG.upper()}**!!!", by=person)

    assert (first.is_shown, again.is_shown) == (True, False)
    assert Case.objects.get(post=again).cause == Cause.REPEAT


def test_same_words_of_several_new_people_wait(careful, topic):
    assert post(topic, LONG, by=make_user()).is_shown
    assert post(topic, LONG, by=old_hand()).is_shown
    assert post(topic, LONG, by=make_user()).is_waiting


def test_repeating_oneself_later_is_no_repeat(careful, topic):
    person = old_hand()
    first = post(topic, LONG, by=person)
    Post.objects.filter(pk=first.pk).update(posted_at=timezone.now() - timedelta(hours=25))

    assert post(topic, LONG, by=person).is_shown


def test_short_thanks_are_no_repeat(careful, topic):
    person = old_hand()

    assert [post(topic, "Спасибо большое!", by=person).is_shown for _ in range(2)] == [True, True]
    assert likeness("Спасибо большое!") is None


# --- traps ------------------------------------------------------------------------------------------------------------
def opened(seconds_ago: int) -> str:
    import time
    from unittest import mock

    then = time.time() - seconds_ago
    with mock.patch("django.core.signing.time.time", return_value=then):
        return TimestampSigner(salt="common.traps").sign("form")


@pytest.mark.parametrize(
    ("stamp", "message"),
    [
        (lambda: opened(0), "Очень быстро получилось. Перечитайте и нажмите кнопку ещё раз."),
        (lambda: "", "Форма пришла не целиком."),
        (lambda: "form:1abc:forged", "Форма пришла не целиком."),
    ],
)
def test_form_that_comes_back_too_soon_is_shown_again(careful, client, city, topic, member, stamp, message):
    careful.FORUM_SHORTEST_WRITING = 3
    client.force_login(member)
    path = f"/ru/forum/topics/{topic.pk}/reply/"

    html = client.post(path, {"text": "Слова", "opened": stamp()}).content.decode()

    assert message in html
    assert typed(html) == "Слова"
    assert Post.objects.filter(author=member).count() == 0
    assert field(html, "opened").startswith("form:")
    client.post(path, {"text": "Слова", "opened": opened(4)})
    assert Post.objects.get(author=member).source == "Слова"


def test_hidden_field_is_emptied_and_nothing_is_lost(client, city, topic, member):
    client.force_login(member)
    path = f"/ru/forum/topics/{topic.pk}/reply/"

    html = client.post(path, {"text": "Слова", "homepage": "https://spam.example"}).content.decode()

    assert "Заполнилось поле, которого люди не видят" in html
    assert (typed(html), field(html, "homepage")) == ("Слова", "")
    assert Post.objects.filter(author=member).count() == 0


def test_form_on_the_topics_page_carries_the_traps(client, city, topic, member):
    client.force_login(member)

    html = client.get(f"/ru/forum/topics/{topic.pk}/").content.decode()

    assert field(html, "opened").startswith("form:")
    assert '<div class="trap" aria-hidden="true">' in html


def test_changing_ones_words_is_no_trap(careful, client, city, topic, member):
    careful.FORUM_SHORTEST_WRITING = 3
    mine = make_reply(topic, by=member)
    client.force_login(member)

    client.post(f"/ru/forum/posts/{mine.pk}/edit/", {"text": "Иначе"})

    assert Post.objects.get(pk=mine.pk).source == "Иначе"
