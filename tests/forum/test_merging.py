"""Merge and split: nothing is lost, nothing is counted twice, every address goes on working."""

import pytest
from django.db import connection
from django.urls import reverse

from forum import actions, boards
from forum.actions import Draft
from forum.counters import differences
from forum.enums import Deed, Held, Kind, Liking, Mode, Standing, State
from forum.errors import ElsewhereError, NotAllowedError
from forum.models import Case, Decision, Post, Reaction, ReadMark, Tally, Topic, Watch
from notices.models import Notice
from search.checks import differences as index_differences
from search.models import Entry
from tests.factories import make_board, make_proposal, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db
MERGE_QUERIES = {"sqlite": 37, "postgresql": 35}  # on SQLite the words of a post are taken out before they are written


@pytest.fixture
def keeper():
    return make_user(is_superuser=True)


def numbers(topic: Topic) -> list[tuple[int | None, str]]:
    return list(topic.posts.order_by("number", "pk").values_list("number", "source"))


def tally(board) -> tuple[int, int]:
    return Tally.objects.values_list("topics", "posts").get(board=board)


def known(topic: Topic):
    return boards.by_pk(topic.board_id)


# --- merge ------------------------------------------------------------------------------------------------------------
def test_merge_appends_posts_with_the_next_numbers(keeper):
    board, other = make_board(), make_board()
    source, target = make_talk(other, text="Б1"), make_talk(board, text="А1")
    gone = make_reply(source, text="Б2")
    make_reply(source, text="Б3")
    make_reply(target, text="А2")
    actions.remove(gone, by=keeper, ground="spam")

    actions.merge_topics(source, target, by=keeper)

    source.refresh_from_db()
    target.refresh_from_db()
    assert numbers(target) == [(1, "А1"), (2, "А2"), (3, "Б1"), (4, "Б2"), (5, "Б3")]
    assert (target.last_number, target.replies) == (5, 3)
    assert (source.last_number, source.replies, source.standing, source.state) == (0, 0, "moved", "locked")
    assert source.merged_into == target
    assert (tally(board), tally(other)) == ((1, 4), (0, 0))
    assert list(differences()) == []


def test_merge_within_a_board_counts_once(keeper):
    board = make_board()
    source, target = make_talk(board, replies=1), make_talk(board, replies=2)

    actions.merge_topics(source, target, by=keeper)

    assert tally(board) == (1, 5)
    assert list(differences()) == []


def test_merge_of_what_was_merged_before_leads_to_the_last(keeper, client):
    first, second, third = make_talk(), make_talk(), make_talk()

    actions.merge_topics(first, second, by=keeper)
    actions.merge_topics(second, third, by=keeper)

    first.refresh_from_db()
    assert first.merged_into == third
    assert list(differences()) == []


def test_merged_twice_is_merged_once(keeper):
    source, target = make_talk(), make_talk()

    actions.merge_topics(source, target, by=keeper)
    actions.merge_topics(source, target, by=keeper)

    assert Decision.objects.filter(deed=Deed.MERGE).count() == 1


def test_merge_keeps_waiting_posts_waiting(keeper, member):
    source, target = make_talk(make_board(held=Held.ALL), by=keeper), make_talk()
    waiting = actions.reply(source, Draft(source="Пожалуйста"), by=member)

    actions.merge_topics(source, target, by=keeper)
    waiting.refresh_from_db()
    actions.approve(waiting, by=keeper)

    waiting.refresh_from_db()
    assert (waiting.topic, waiting.number) == (target, 3)
    assert not Case.objects.filter(closed_at=None).exists()
    assert list(differences()) == []


def test_merge_keeps_the_targets_answer_or_takes_the_other(keeper):
    questions = [make_talk(kind=Kind.QUESTION, replies=1) for _ in range(3)]
    answers = [topic.posts.get(number=2) for topic in questions]
    for answer in answers[:2]:
        actions.accept_answer(answer, by=keeper)

    actions.merge_topics(questions[0], questions[2], by=keeper)
    actions.merge_topics(questions[1], questions[2], by=keeper)

    questions[2].refresh_from_db()
    assert questions[2].accepted == answers[0]


def test_merge_carries_marks_of_what_was_read(keeper):
    source, target = make_talk(replies=2), make_talk(replies=1)
    both, half, one = (make_user() for _ in range(3))
    for person, here, there in ((both, 2, 2), (half, 1, 3)):
        actions.mark_read(person, target, here)
        actions.mark_read(person, source, there)
    actions.mark_read(one, source, 3)

    actions.merge_topics(source, target, by=keeper)

    marks = dict(ReadMark.objects.filter(topic=target).values_list("person", "number"))
    assert (marks[both.pk], marks[half.pk], marks.get(one.pk)) == (4, 1, None)
    assert not ReadMark.objects.filter(topic=source).exists()


def test_merge_carries_watches_and_notices(keeper, member):
    source, target = make_talk(by=member), make_talk()
    reply = make_reply(source)

    actions.merge_topics(source, target, by=keeper)

    assert Watch.objects.get(person=member, topic__isnull=False).topic == target
    assert Notice.objects.get(key=f"post:{reply.pk}").thread == f"topic:{target.pk}"


def test_merge_is_logged_and_told(keeper, member):
    source, target = make_talk(by=member), make_talk()

    actions.merge_topics(source, target, by=keeper, reason="Об этом уже говорят")

    decision = Decision.objects.get()
    assert (decision.deed, decision.topic, decision.person, decision.reason) == (
        Deed.MERGE,
        source,
        member,
        "Об этом уже говорят",
    )
    assert decision.after == {"into": target.pk, "title": target.title, "first_number": 2}
    assert list(Notice.objects.values_list("person", "params__deed")) == [(member.pk, "merge")]


def test_merge_tells_the_index(keeper):
    source, target = make_talk(text="Ласточки"), make_talk()

    actions.merge_topics(source, target, by=keeper)

    assert sorted(Entry.objects.values_list("title", flat=True)) == [target.title, target.title]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("before", "after"), [("everyone", "everyone"), ("members", "everyone"), ("everyone", "members")]
)
def test_index_tells_the_truth_after_a_merge(keeper, language, before, after):
    source = make_talk(make_board(who_reads=before), replies=2, tags=("птицы",), language=language, title="Ласточки")
    target = make_talk(make_board(who_reads=after), replies=1, tags=("двор",), title="Двор")
    actions.remove(source.posts.get(number=2), by=keeper)

    actions.merge_topics(source, target, by=keeper)

    assert list(index_differences()) == []


@pytest.mark.parametrize(
    ("before", "after"), [("everyone", "everyone"), ("members", "everyone"), ("everyone", "members")]
)
def test_index_tells_the_truth_after_a_move(keeper, before, after):
    topic = make_talk(make_board(who_reads=before), replies=2)

    actions.move_topic(topic, boards.by_pk(make_board(who_reads=after).pk), by=keeper)

    assert list(index_differences()) == []
    assert Entry.objects.exists() is (after == "everyone")


def test_index_tells_the_truth_after_a_new_title(keeper):
    topic = make_talk(replies=2, tags=("птицы",))

    actions.edit(topic.posts.get(number=1), Draft(source="Слова", title="Новое имя", tags=("двор",)), by=keeper)

    assert list(index_differences()) == []
    assert set(Entry.objects.values_list("title", flat=True)) == {"Новое имя"}


@pytest.mark.parametrize("replies", [1, 100])
def test_merge_asks_the_same_however_many_posts(keeper, django_assert_num_queries, replies):
    source, target = make_talk(), make_talk()
    posts = [Post(topic=source, number=number, source="Да", html="<p>Да</p>") for number in range(2, replies + 2)]
    Post.objects.bulk_create(posts)
    list(differences(mend=True))
    actions.reindex_topics([source])

    with django_assert_num_queries(MERGE_QUERIES[connection.vendor]):
        actions.merge_topics(source, target, by=keeper)


def test_page_read_beside_a_merge_marks_nothing(keeper, member):
    source, target = make_talk(replies=3), make_talk()
    actions.merge_topics(source, target, by=keeper)

    actions.mark_read(member, source, 4)

    assert not ReadMark.objects.filter(topic=source).exists()


def test_last_post_after_a_merge_is_the_newest_not_the_last_in_number(keeper):
    older, newer = make_talk(replies=2), make_talk(replies=1)
    actions.merge_topics(older, newer, by=keeper)

    actions.remove(newer.posts.get(number=5), by=keeper)

    newer.refresh_from_db()
    assert newer.last_posted_at == newer.posts.get(number=2).posted_at
    assert list(differences()) == []


def test_merge_into_a_closed_board_takes_posts_out_of_the_index(keeper):
    source, target = make_talk(text="Ласточки"), make_talk(make_board(who_reads="members"))

    actions.merge_topics(source, target, by=keeper)

    assert not Entry.objects.exists()


def test_only_who_moderates_both_merges(moderator, keepers):
    mine, others = make_talk(make_board(moderators=[keepers])), make_talk()

    for source, target in ((mine, others), (others, mine)):
        with pytest.raises(NotAllowedError):
            actions.merge_topics(source, target, by=moderator)

    assert not Decision.objects.exists()


@pytest.mark.parametrize("state", ["self", "archived", "removed", "proposal"])
def test_what_cannot_be_merged_is_refused(keeper, state):
    source, target = make_talk(), make_talk()
    if state == "self":
        target = source
    elif state == "archived":
        actions.set_state(target, State.ARCHIVED, by=keeper)
    elif state == "removed":
        actions.remove(target.posts.get(), by=keeper)
    else:
        target = make_proposal().topic

    with pytest.raises(NotAllowedError):
        actions.merge_topics(source, target, by=keeper)


def test_reply_to_a_merged_topic_stands_in_the_other(keeper, member):
    source, target = make_talk(), make_talk()
    actions.merge_topics(source, target, by=keeper)

    post = actions.reply(source, Draft(source="Поздно, но здесь"), by=member)

    assert (post.topic, post.number) == (target, 3)


def test_reply_to_a_topic_merged_out_of_reach_is_refused(keeper, member):
    source, target = make_talk(), make_talk(make_board(who_reads="groups"), by=keeper)
    actions.merge_topics(source, target, by=keeper)

    with pytest.raises(NotAllowedError):
        actions.reply(source, Draft(source="Поздно"), by=member)


def test_what_was_loaded_before_a_merge_is_not_changed_in_the_wrong_topic(keeper):
    source, target = make_talk(replies=1), make_talk()
    stale = source.posts.select_related("topic").get(number=2)
    actions.merge_topics(source, target, by=keeper)

    with pytest.raises(ElsewhereError):
        actions.remove(stale, by=keeper)

    assert list(differences()) == []


# --- split ------------------------------------------------------------------------------------------------------------
def test_split_numbers_anew_and_leaves_the_places(keeper):
    board, other = make_board(), make_board()
    topic = make_talk(board, text="1")
    for number in range(2, 6):
        make_reply(topic, text=str(number))

    new = actions.split_topic(topic, [2, 4, 5], known(make_talk(other)), "О другом", by=keeper)

    topic.refresh_from_db()
    assert numbers(new) == [(1, "2"), (2, "4"), (3, "5")]
    assert numbers(topic) == [(1, "1"), (2, ""), (3, "3"), (4, ""), (5, "")]
    assert (new.last_number, new.replies, new.title) == (3, 2, "О другом")
    assert (topic.last_number, topic.replies) == (5, 1)
    assert new.author == new.posts.get(number=1).author
    assert topic.last_author == topic.posts.get(number=3).author
    assert (tally(board), tally(other)) == ((1, 2), (2, 4))
    assert list(differences()) == []


def test_next_reply_after_a_split_takes_the_next_number(keeper):
    topic = make_talk(replies=2)
    actions.split_topic(topic, [3], known(topic), "О другом", by=keeper)

    assert make_reply(topic).number == 4


def test_split_keeps_reactions_reports_and_addresses(keeper, member, client):
    topic = make_talk(replies=1)
    post = topic.posts.get(number=2)
    actions.react(post, Liking.USEFUL, by=member, on=True)
    actions.report_post(post, "spam", by=member)

    new = actions.split_topic(topic, [2], known(topic), "О другом", by=keeper)

    assert Reaction.objects.get().post.topic == new
    assert Case.objects.get().post.topic == new
    answer = client.get(reverse("forum:post", args=[post.pk]))
    assert answer.url == f"{new.get_absolute_url()}#post-1"
    place = topic.posts.get(number=2)
    assert client.get(reverse("forum:post", args=[place.pk])).url == answer.url


def test_split_and_merge_back_loses_nothing(keeper):
    topic = make_talk(replies=3)
    new = actions.split_topic(topic, [2, 3], known(topic), "О другом", by=keeper)

    actions.merge_topics(new, topic, by=keeper)

    topic.refresh_from_db()
    shown = topic.posts.filter(standing=Standing.SHOWN).order_by("number")
    assert list(shown.values_list("number", flat=True)) == [1, 4, 5, 6]
    assert list(differences()) == []


def test_split_takes_the_answer_along(keeper):
    topic = make_talk(kind=Kind.QUESTION, replies=2)
    answer = topic.posts.get(number=3)
    actions.accept_answer(answer, by=keeper)

    new = actions.split_topic(topic, [2, 3], known(topic), "О другом", by=keeper)

    topic.refresh_from_db()
    assert (topic.accepted, new.accepted) == (None, answer)


def test_split_carries_marks_watches_and_notices(keeper, member):
    topic = make_talk(by=member, replies=3)
    reader = make_user()
    actions.mark_read(reader, topic, 3)
    moved = topic.posts.get(number=3)

    new = actions.split_topic(topic, [3, 4], known(topic), "О другом", by=keeper)

    assert ReadMark.objects.get(person=reader, topic=new).number == 1
    assert Watch.objects.get(person=member, topic=new).mode == Mode.WATCH
    assert set(Notice.objects.filter(person=member, thread=f"topic:{new.pk}").values_list("key", flat=True)) == {
        f"post:{moved.pk}",
        f"post:{new.posts.get(number=2).pk}",
    }


def test_each_author_is_told_of_a_split_once(keeper):
    anna, boris = make_user(), make_user()
    topic = make_talk()
    for person in (anna, boris, anna):
        make_reply(topic, by=person)

    actions.split_topic(topic, [2, 3, 4], known(topic), "О другом", by=keeper, reason="Это другое")

    rows = Decision.objects.order_by("pk").values_list("person", "before__numbers", "reason")
    assert sorted(rows) == sorted([(anna.pk, [2, 4], "Это другое"), (boris.pk, [3], "Это другое")])
    told = Notice.objects.filter(kind="decision").values_list("person", flat=True)
    assert sorted(told) == sorted([anna.pk, boris.pk])


@pytest.mark.parametrize("chosen", [[], [1], [1, 2], [9], [3], list(range(2, 300))])
def test_what_cannot_be_split_is_refused(keeper, chosen):
    topic = make_talk(replies=2)
    actions.remove(topic.posts.get(number=3), by=keeper, ground="spam")

    with pytest.raises(NotAllowedError):
        actions.split_topic(topic, chosen, known(topic), "О другом", by=keeper)

    assert list(differences()) == []


def test_split_to_a_board_of_others_is_refused(moderator, keepers):
    topic = make_talk(make_board(moderators=[keepers]), replies=1)

    with pytest.raises(NotAllowedError):
        actions.split_topic(topic, [2], known(make_talk()), "О другом", by=moderator)


# --- pages ------------------------------------------------------------------------------------------------------------
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
