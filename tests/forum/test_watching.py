"""Who is told of a post, and why: never more often than once, never what they may not read."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection

from accounts.actions import close_account
from accounts.models import User
from forum import actions, boards, tasks
from forum.actions import Draft, watching
from forum.enums import Circle, Held, Mode
from forum.models import Board, Post, Tag, Topic, Watch
from forum.said import said_in
from notices import mailing
from notices.actions import save_preferences
from notices.enums import Pace
from notices.models import Notice, Preferences
from tests.factories import make_board, make_reply, make_talk, make_user


@pytest.fixture
def anna(db) -> User:
    return make_user("anna@example.org", display_name="Анна Серова", language="en")


@pytest.fixture
def boris(db) -> User:
    return make_user("boris@example.org", display_name="Борис", language="en")


def told(post: Post | None = None) -> dict[str, str]:
    """Who was told of it, and as what."""
    notices = Notice.objects.filter(key=f"post:{post.pk}") if post else Notice.objects.all()
    return {email.split("@")[0]: kind.partition(".")[2] for email, kind in notices.values_list("person__email", "kind")}


def follow(person: User, mode: str = Mode.WATCH, **target: Board | Topic | Tag | User) -> None:
    for name, one in target.items():
        watching.set_watch(person, name, one.pk, mode)


def tag(name: str) -> Tag:
    return Tag.objects.get_or_create(name=name)[0]


# --- reasons ----------------------------------------------------------------------------------------------------------
def test_who_started_a_topic_is_told_of_replies_without_asking(anna):
    post = make_reply(make_talk(by=anna))

    assert told(post) == {"anna": "answer"}


def test_who_replied_is_told_of_further_replies(anna):
    topic = make_talk()
    make_reply(topic, by=anna)

    assert told(make_reply(topic))["anna"] == "reply"


def test_following_by_itself_can_be_switched_off(anna, boris):
    for person in (anna, boris):
        save_preferences(Preferences(person=person, follow_started=False, follow_answered=False))
    topic = make_talk(by=anna)
    make_reply(topic, by=boris)

    assert told(make_reply(topic)) == {}
    assert not Watch.objects.filter(person__in=[anna, boris]).exists()


def test_follower_of_a_topic_is_told_of_replies(anna):
    topic = make_talk()
    follow(anna, topic=topic)

    assert told(make_reply(topic))["anna"] == "reply"


@pytest.mark.parametrize("where", ["board", "above", "tag", "writer"])
def test_follower_of_board_tag_or_person_is_told_of_new_topics(anna, boris, where):
    above = make_board(slug="above")
    board = make_board(slug="crafts", parent=above)
    target = {"board": board, "above": above, "tag": tag("вело"), "writer": boris}[where]
    follow(anna, **{"board" if where == "above" else where: target})

    topic = make_talk(board, by=boris, tags=("вело",))

    assert told(topic.posts.get()) == {"anna": "topic"}


def test_follower_of_a_board_or_tag_is_not_told_of_every_reply(anna):
    board = make_board()
    follow(anna, board=board, tag=tag("вело"))
    topic = make_talk(board, tags=("вело",))
    Notice.objects.all().delete()

    make_reply(topic)

    assert "anna" not in told()


def test_follower_of_a_person_is_told_of_their_replies(anna, boris):
    follow(anna, writer=boris)

    assert told(make_reply(make_talk(), by=boris))["anna"] == "wrote"


def test_mentioned_person_is_told(anna):
    topic = make_talk()
    make_reply(topic, by=anna)

    assert told(make_reply(topic, text="Спасибо, @анна серова!"))["anna"] == "mention"


def test_quoted_person_is_told(anna):
    topic = make_talk()
    said = make_reply(topic, by=anna)

    assert told(make_reply(topic, text=f"> [Анна, № 2]({said.bare_url})\n>\n> Ответ\n\nДа"))["anna"] == "quote"


def test_name_inside_a_quotation_calls_nobody(anna, boris):
    topic = make_talk()
    make_reply(topic, by=anna)

    post = make_reply(topic, text="> @Анна Серова, смотрите\n\nДа")

    assert told(post)["anna"] == "reply"


def test_one_person_is_told_once_for_the_strongest_reason(anna, boris):
    board = make_board()
    topic = make_talk(board, by=anna, tags=("вело",))
    said = topic.posts.get()
    follow(anna, board=board, tag=tag("вело"), writer=boris)

    post = make_reply(topic, by=boris, text=f"> [Анна]({said.bare_url})\n>\n> Да\n\n@Анна Серова, вот")

    assert Notice.objects.filter(key=f"post:{post.pk}", person=anna).count() == 1
    assert told(post)["anna"] == "mention"


def test_author_is_never_told_of_their_own_words(anna):
    topic = make_talk(by=anna)
    follow(anna, board=topic.board)

    make_reply(topic, by=anna, text=f"> [Анна]({topic.posts.get().bare_url})\n>\n> Да\n\n@Анна Серова!")

    assert told() == {}


def test_mention_added_later_is_told_those_who_knew_are_not_told_again(anna, boris):
    topic = make_talk()
    for person in (anna, boris):
        make_reply(topic, by=person)
    author = make_user()
    post = make_reply(topic, by=author)
    Notice.objects.filter(person=anna).delete()

    actions.edit(post, Draft(source="@Анна Серова и @Борис"), by=author)

    assert told(post) == {"anna": "mention", "boris": "reply"} | {
        who: kind for who, kind in told(post).items() if who not in {"anna", "boris"}
    }


def test_who_has_read_it_already_is_not_told(anna):
    topic = make_talk(by=anna)
    author = make_user()
    with watching.quietly():
        post = make_reply(topic, by=author)
    actions.mark_read(anna, topic, 2)

    tasks.tell_of_post.enqueue(post.pk)

    assert told() == {}


def test_accepted_answer_is_thanked_for(anna, boris):
    topic = make_talk(by=boris, kind="question")
    post = make_reply(topic, by=anna)

    for _ in range(2):
        actions.accept_answer(post, by=boris)

    assert list(Notice.objects.filter(person=anna).values_list("kind", "key")) == [
        ("forum.helped", f"helped:{post.pk}")
    ]


# --- silence ----------------------------------------------------------------------------------------------------------
def test_muted_topic_is_silent_even_when_one_is_mentioned(anna):
    topic = make_talk()
    make_reply(topic, by=anna)
    follow(anna, Mode.MUTE, topic=topic)

    assert "anna" not in told(make_reply(topic, text="@Анна Серова!"))


def test_muted_person_is_silent_everywhere(anna, boris):
    board = make_board()
    follow(anna, board=board)
    follow(anna, Mode.MUTE, writer=boris)

    topic = make_talk(board, by=boris)
    make_reply(topic, by=anna)
    make_reply(topic, by=boris, text="@Анна Серова!")

    assert "anna" not in told()


@pytest.mark.parametrize("muted", ["board", "tag"])
def test_mute_beats_a_following_of_the_same_reach(anna, boris, muted):
    board = make_board()
    targets = {"board": board, "tag": tag("вело")}
    follow(anna, writer=boris, **targets)
    follow(anna, Mode.MUTE, **{muted: targets[muted]})

    make_talk(board, by=boris, tags=("вело",))

    assert told() == {}


def test_topic_that_one_follows_is_heard_of_on_a_muted_board_too(anna):
    topic = make_talk()
    follow(anna, Mode.MUTE, board=topic.board)
    follow(anna, topic=topic)

    assert told(make_reply(topic))["anna"] == "reply"


# --- rights -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def closed(council) -> Board:
    return make_board(slug="council", who_reads=Circle.GROUPS, who_starts=Circle.GROUPS, groups=(council,))


@pytest.fixture
def insider(council) -> User:
    user = make_user("insider@example.org", display_name="Свой", language="en")
    user.groups.add(council)
    return user


def test_closed_board_is_told_of_to_its_readers_alone(closed, insider, council, anna):
    follow(anna, board=closed, writer=insider)
    friend = make_user("friend@example.org")
    friend.groups.add(council)
    follow(friend, board=closed)

    make_talk(closed, by=insider)

    assert told() == {"friend": "topic"}


def test_who_lost_the_right_to_read_is_neither_told_nor_written_to_nor_shown(closed, insider, council, anna, client):
    anna.groups.add(council)
    topic = make_talk(closed, by=anna, title="Тайна")
    before = make_reply(topic, by=insider)
    anna.groups.clear()

    after = make_reply(topic, by=insider)
    mailing.send_due()
    client.force_login(anna)

    assert (told(before), told(after)) == ({"anna": "answer"}, {})
    assert mail.outbox == []
    assert "Тайна" not in client.get("/ru/notices/").text


def test_board_that_was_closed_since_is_not_told_of(anna, boris, council):
    board = make_board()
    make_reply(make_talk(board, by=anna), by=boris)
    board.who_reads = Circle.GROUPS
    board.groups = [council]
    board.save()
    boards.forget()
    from common.page_cache import drop_now

    drop_now((boards.TAG,))

    assert mailing.send_due() == 0


def test_removed_post_is_not_told_of(anna, boris):
    topic = make_talk(by=anna)
    post = make_reply(topic, by=boris)
    actions.remove(post, by=boris)

    assert mailing.send_due() == 0


def test_what_is_told_is_what_the_post_says_now(anna, boris):
    topic = make_talk(by=anna, title="Старое")
    post = make_reply(topic, by=boris, text="Ошибка")
    actions.edit(post, Draft(source="Исправлено"), by=boris)

    mailing.send_due()

    assert ("Исправлено" in mail.outbox[0].body, "Ошибка" in mail.outbox[0].body) == (True, False)


def test_post_that_waits_is_told_of_to_moderators_alone(anna, boris, moderator, keepers):
    board = make_board(held=Held.ALL, moderators=(keepers,))
    follow(anna, board=board)
    administrator = make_user(is_superuser=True)

    make_talk(board, by=boris)

    assert list(Notice.objects.values_list("person", "kind")) == [(moderator.pk, "forum.waiting")]
    assert administrator.pk not in Notice.objects.values_list("person", flat=True)


def test_post_that_was_let_through_is_told_of_and_waits_no_more(anna, boris, moderator, keepers):
    board = make_board(held=Held.ALL, moderators=(keepers,))
    follow(anna, board=board)
    post = make_talk(board, by=boris).posts.get()

    actions.approve(post, by=moderator)

    assert told(post) == {"anna": "topic"}
    assert Notice.objects.get(kind="forum.waiting").read_at is not None


def test_removed_post_waits_no_more(boris, moderator, keepers):
    board = make_board(held=Held.ALL, moderators=(keepers,))
    actions.remove(make_talk(board, by=boris).posts.get(), by=moderator)

    assert Notice.objects.get(kind="forum.waiting").read_at is not None
    mailing.send_due()
    assert [message.to for message in mail.outbox] == [[boris.email]]  # only the decision


def test_one_letter_for_what_waits_on_a_board(boris, moderator, keepers):
    board = make_board(held=Held.ALL, moderators=(keepers,))
    for _ in range(2):
        make_talk(board, by=boris)
        mailing.send_due()

    assert [message.to for message in mail.outbox] == [[moderator.email]]


def test_whoever_looks_after_all_boards_is_told_too(anna, boris):
    anna.user_permissions.add(Permission.objects.get(codename="moderate", content_type__app_label="forum"))

    make_talk(make_board(held=Held.ALL), by=boris)

    assert told() == {"anna": "waiting"}


# --- once -------------------------------------------------------------------------------------------------------------
def test_task_that_runs_again_tells_nobody_again(anna):
    post = make_reply(make_talk(by=anna))

    for _ in range(2):
        tasks.tell_of_post.enqueue(post.pk)

    assert Notice.objects.filter(person=anna).count() == 1


@pytest.mark.django_db(transaction=True)
def test_task_that_runs_twice_at_once_tells_once():
    topic = make_talk()
    people = [make_user() for _ in range(5)]
    for person in people:
        follow(person, topic=topic)
    with watching.quietly():
        post = make_reply(topic)

    def work(_: int) -> None:
        try:
            watching.tell_of_post(post.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(work, range(3)))

    assert Notice.objects.filter(kind="forum.reply").count() == 5


def test_task_for_a_post_that_is_gone_does_nothing(db):
    tasks.tell_of_post.enqueue(999)
    tasks.tell_of_waiting.enqueue(999)

    assert not Notice.objects.exists()


def test_one_letter_for_a_topic_until_it_is_read(anna, boris, client):
    topic = make_talk(by=anna)
    for _ in range(3):
        make_reply(topic, by=boris)
        mailing.send_due()
    client.force_login(anna)
    client.get(f"/en/forum/topics/{topic.pk}/")
    make_reply(topic, by=boris)
    mailing.send_due()

    assert [message.to for message in mail.outbox] == [["anna@example.org"]] * 2


def test_letter_tells_where_who_and_what(anna, boris):
    save_preferences(Preferences(person=anna, personal=Pace.AT_ONCE))
    topic = make_talk(make_board("Ремесло"), by=anna, title="Где чинить?")
    post = make_reply(topic, by=boris, text="> quoted\n\nВ **мастерской** «Верстак»")

    mailing.send_due()

    message = mail.outbox[0]
    assert message.subject.startswith("Борис replies in your topic “Где чинить?” — ")
    assert "> В мастерской «Верстак»" in message.body
    assert "Ремесло" in message.body
    assert f"http://testserver/en{post.bare_url}" in message.body
    assert message.extra_headers["References"] == f"<topic-{topic.pk}@testserver>"


def test_link_in_a_letter_mutes_the_topic(anna, boris, client, city):
    topic = make_talk(by=anna)
    make_reply(topic, by=boris)
    mailing.send_due()
    path = next(line for line in mail.outbox[0].body.splitlines() if "/mute/" in line).partition("testserver")[2]

    client.get(path)
    before = Watch.objects.get(person=anna).mode
    client.post(path)
    make_reply(topic, by=boris)

    assert (before, Watch.objects.get(person=anna).mode) == (Mode.WATCH, Mode.MUTE)
    assert Notice.objects.filter(person=anna).count() == 1


def test_ten_thousand_followers_are_told_in_batches(db, django_assert_max_num_queries):
    topic = make_talk()
    crowd = User.objects.bulk_create([User(email=f"crowd{n}@example.org") for n in range(10_000)])
    Watch.objects.bulk_create([Watch(person=person, topic=topic, mode=Mode.WATCH) for person in crowd])
    with watching.quietly():
        post = make_reply(topic)

    with django_assert_max_num_queries(20 * 8 + 30):  # a batch of 500: who is active, what they want, six inserts
        watching.tell_of_post(post.pk)

    assert Notice.objects.filter(person__in=[person.pk for person in crowd[:500]]).count() == 500
    assert Notice.objects.count() == 10_001


def test_followers_of_a_closed_board_are_judged_without_a_query_each(
    closed, insider, council, django_assert_max_num_queries
):
    topic = make_talk(closed, by=insider)
    crowd = [make_user() for _ in range(30)]
    for person in crowd:
        person.groups.add(council)
        follow(person, topic=topic)
    with watching.quietly():
        post = make_reply(topic, by=insider)

    with django_assert_max_num_queries(30):
        watching.tell_of_post(post.pk)

    assert Notice.objects.count() == 30


# --- what a post says -------------------------------------------------------------------------------------------------
def test_own_words_leave_out_quotations():
    html = (
        '<blockquote class="quote"><p><a href="/forum/posts/7/">A</a></p>'
        '<blockquote><p><a href="/forum/posts/8/">B</a> <span class="mention">@C</span></p></blockquote></blockquote>'
        '<p>Hello <span class="mention">@D &amp; E</span></p><ul><li>one</li></ul>'
    )

    said = said_in(html)

    assert (said.names, said.quoted, said.own_words) == ({"D & E"}, [7], "Hello @D & E one")


def test_only_links_to_posts_count_as_quotations():
    links = '<a href="https://example.org/forum/posts/7/">x</a><a href="/forum/posts/7/edit/">y</a>'
    html = f"<blockquote>{links}</blockquote>"

    assert said_in(html).quoted == []


# --- leaving ----------------------------------------------------------------------------------------------------------
def test_who_has_left_for_good_follows_nothing_and_is_followed_by_nobody(anna, boris):
    board, topic = make_board(), make_talk()
    follow(anna, board=board, writer=boris)
    follow(boris, topic=topic)
    close_account(boris)

    tasks.forget_watches.enqueue()

    assert [watch.target for watch in Watch.objects.filter(person__in=[anna, boris])] == [f"board:{board.pk}"]


def test_answer_that_helped_long_ago_is_not_told(anna, boris):
    topic = make_talk(by=boris, kind="question")
    post = make_reply(topic, by=anna)
    with watching.quietly():
        actions.accept_answer(post, by=boris)

    assert not Notice.objects.filter(kind="forum.helped").exists()


# --- merged topics ----------------------------------------------------------------------------------------------------
def test_followers_come_along_when_topics_are_merged(anna, boris):
    source, target = make_talk(), make_talk()
    follow(anna, topic=source)
    follow(boris, topic=source)
    follow(boris, Mode.MUTE, topic=target)

    watching.carry_watches(source, target)

    modes = dict(Watch.objects.filter(person__in=[anna, boris]).values_list("person__display_name", "mode"))
    assert modes == {"Анна Серова": Mode.WATCH, "Борис": Mode.MUTE}
