"""What is written: numbers, counts, histories, traces."""

from contextlib import nullcontext
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forum import actions, boards
from forum.actions import Draft
from forum.enums import Circle, Held, Kind, Liking, Pin, Standing, State
from forum.errors import AddressNotConfirmedError, ClosedError, NotAllowedError, RefusedError
from forum.models import Edit, Post, Reaction, ReadMark, Tally, Topic
from tests.factories import make_board, make_reply, make_talk, make_user

pytestmark = pytest.mark.django_db


def numbers(topic: Topic) -> list[int | None]:
    return list(topic.posts.order_by("id").values_list("number", flat=True))


def tally(board) -> tuple[int, int]:
    found = Tally.objects.get(board=board)
    return found.topics, found.posts


def test_posts_get_dense_numbers():
    topic = make_talk(replies=3)

    assert numbers(topic) == [1, 2, 3, 4]
    assert (topic.last_number, topic.replies) == (4, 3)


def test_database_refuses_a_number_twice():
    topic = make_talk()

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(topic=topic, number=1, source="x", html="x")


def test_board_counts_topics_and_posts():
    board = make_board()
    make_talk(board, replies=2)
    make_talk(board)

    assert tally(board) == (2, 4)


def test_same_form_sent_twice_makes_one_post(member):
    topic, draft = make_talk(), Draft(source="Отвечаю", ticket=uuid4())

    first, second = (actions.reply(topic, draft, by=member) for _ in range(2))

    assert first == second
    assert numbers(topic) == [1, 2]


@pytest.mark.parametrize("between", ["closed", "too fast", "repeated"])
def test_same_form_sent_twice_is_one_post_whatever_came_between(member, settings, between):
    topic, draft = make_talk(), Draft(source="Отвечаю на вопрос о мастерской", ticket=uuid4(), through_form=True)
    settings.FORUM_PACE = (1, 0, 0) if between == "too fast" else (0, 0, 0)
    settings.FORUM_REPEAT_HOURS = 24 if between == "repeated" else 0
    first = actions.reply(topic, draft, by=member)
    if between == "closed":
        Topic.objects.filter(pk=topic.pk).update(state=State.LOCKED)

    assert actions.reply(topic, draft, by=member) == first
    assert numbers(topic) == [1, 2]
    with pytest.raises(RefusedError) if between != "repeated" else nullcontext():
        actions.reply(topic, replace(draft, ticket=uuid4()), by=member)
    assert Post.objects.filter(standing=Standing.WAITING).count() == (between == "repeated")


def test_same_form_sent_twice_starts_one_topic(member):
    board = boards.by_pk(make_board().pk)
    draft = Draft(source="Привет", title="Тема", language="ru", ticket=uuid4())

    first, second = (actions.start_topic(board, draft, by=member) for _ in range(2))

    assert first == second
    assert Topic.objects.count() == 1


def test_somebody_elses_ticket_hinders_nobody(member):
    topic, draft = make_talk(), Draft(source="Отвечаю", ticket=uuid4())
    other = actions.reply(topic, draft, by=make_user())

    own = actions.reply(topic, draft, by=member)

    assert (other.number, own.number, own.author) == (2, 3, member)


def test_post_keeps_its_source_and_is_rendered_once(member):
    topic = make_talk(by=member)

    post = make_reply(topic, text="@Марина Климова, **да**")

    assert post.source == "@Марина Климова, **да**"
    assert post.html == '<p><span class="mention">@Марина Климова</span>, <strong>да</strong></p>'


def test_nobody_writes_without_a_confirmed_address(member):
    topic, board = make_talk(), boards.by_pk(make_board().pk)
    member.emailaddress_set.update(verified=False)

    with pytest.raises(AddressNotConfirmedError):
        actions.reply(topic, Draft(source="Отвечаю"), by=member)
    with pytest.raises(AddressNotConfirmedError):
        actions.start_topic(board, Draft(source="x", title="x", language="ru"), by=member)
    assert (Post.objects.count(), Topic.objects.count()) == (1, 1)


def test_locked_topic_takes_no_reply(member):
    topic = make_talk()
    Topic.objects.update(state=State.LOCKED)

    with pytest.raises(ClosedError):
        actions.reply(topic, Draft(source="Отвечаю"), by=member)


def test_kind_that_the_board_does_not_allow_is_refused(member):
    board = boards.by_pk(make_board(kinds=[Kind.QUESTION]).pk)

    with pytest.raises(NotAllowedError):
        actions.start_topic(board, Draft(source="x", title="x", language="ru", kind=Kind.PROPOSAL), by=member)


def test_topic_speaks_its_boards_language(member):
    assert make_talk(make_board(language="be"), language="ru").language == "be"
    assert make_talk(make_board(), language="en").language == "en"


def test_tags_are_shared_and_small(member):
    first = make_talk(tags=("Велосипед", "мастерские"))
    second = make_talk(tags=("велосипед",))

    assert sorted(first.tags.values_list("name", flat=True)) == ["велосипед", "мастерские"]
    assert second.tags.get() in first.tags.all()


# --- moderators' look before ------------------------------------------------------------------------------------------
def test_held_reply_has_no_number_until_it_is_approved(member, moderator, keepers):
    board = make_board(held=Held.ALL, moderators=(keepers,))
    topic = make_talk(board, by=moderator)

    post = make_reply(topic, by=member)
    topic.refresh_from_db()

    assert (post.number, post.standing, topic.replies, tally(board)) == (None, "waiting", 0, (1, 1))

    post = actions.approve(post, by=moderator)
    topic.refresh_from_db()

    assert (post.number, post.standing, topic.replies, tally(board)) == (2, "shown", 1, (1, 2))


def test_held_topic_is_shown_with_its_first_post(member, moderator, keepers):
    board = make_board(held=Held.FIRST, moderators=(keepers,))
    topic = make_talk(board, by=member)

    assert (topic.standing, topic.last_number) == ("waiting", 0)

    actions.approve(topic.posts.get(), by=moderator)
    topic.refresh_from_db()

    assert (topic.standing, topic.last_number, tally(board)) == ("shown", 1, (1, 1))
    assert make_talk(board, by=member).standing == "shown"


def test_held_reply_is_posted_when_it_is_approved(member, moderator, keepers):
    topic = make_talk(make_board(held=Held.ALL, moderators=(keepers,)), by=moderator)
    held = make_reply(topic, by=member)
    make_reply(topic, by=moderator)

    post = actions.approve(held, by=moderator)

    topic.refresh_from_db()
    assert post.posted_at > held.posted_at
    assert (topic.last_author, topic.last_posted_at) == (member, post.posted_at)


def test_only_moderators_approve(member, keepers):
    topic = make_talk(make_board(held=Held.ALL, moderators=(keepers,)), by=member)

    with pytest.raises(NotAllowedError):
        actions.approve(topic.posts.get(), by=member)


# --- changing ---------------------------------------------------------------------------------------------------------
def test_edit_keeps_what_was_said_before(member):
    post = make_talk(by=member, title="Старая тема").posts.get()

    actions.edit(post, Draft(source="*Новое*", title="Новая тема", tags=("вело",)), by=member)
    post = Post.objects.select_related("topic").get()

    assert (post.source, post.html, post.topic.title) == ("*Новое*", "<p><em>Новое</em></p>", "Новая тема")
    assert post.edited_at is not None
    assert list(Edit.objects.values_list("source", "title", "by")) == [("Первое сообщение", "Старая тема", member.pk)]
    assert [tag.name for tag in post.topic.tags.all()] == ["вело"]


def test_edit_without_a_change_leaves_no_history(member):
    post = make_talk(by=member).posts.get()

    post = actions.edit(post, Draft(source=post.source), by=member)

    assert post.edited_at is None
    assert Edit.objects.count() == 0


def test_reply_does_not_retitle_its_topic(member):
    topic = make_talk(title="Тема")

    actions.edit(make_reply(topic, by=member), Draft(source="x", title="Другая"), by=member)

    assert Topic.objects.get().title == "Тема"


def test_removed_reply_leaves_its_number_and_a_trace(member):
    board = make_board()
    topic = make_talk(board)
    removed, _last = make_reply(topic, by=member), make_reply(topic)

    actions.remove(removed, by=member, reason="передумал")
    removed.refresh_from_db()
    topic.refresh_from_db()

    assert (removed.number, removed.standing, removed.source) == (2, "removed", "Ответ")
    assert (removed.removed_by, removed.reason) == (member, "передумал")
    assert (topic.last_number, topic.replies, tally(board)) == (3, 1, (1, 2))
    assert make_reply(topic).number == 4


def test_topic_goes_back_in_time_when_its_last_reply_is_removed(member):
    author = make_user()
    topic = make_talk(by=author)
    Post.objects.update(posted_at=timezone.now() - timezone.timedelta(days=9))

    actions.remove(make_reply(topic, by=member), by=member)
    topic.refresh_from_db()

    assert (topic.last_author, topic.last_posted_at) == (author, Post.objects.get(number=1).posted_at)


def test_first_post_takes_its_topic_along(member, moderator, keepers):
    board = make_board(moderators=(keepers,))
    topic = make_talk(board, by=member, replies=2)

    actions.remove(topic.posts.get(number=1), by=moderator, reason="реклама")
    topic.refresh_from_db()

    assert (topic.standing, tally(board)) == (Standing.REMOVED, (0, 0))


def test_removed_answer_is_no_answer_any_more(member):
    topic = make_talk(by=member, kind=Kind.QUESTION)
    answerer = make_user()
    answer = make_reply(topic, by=answerer)
    actions.accept_answer(answer, by=member)

    actions.remove(answer, by=answerer)

    assert Topic.objects.get().accepted is None


# --- reacting, answering ----------------------------------------------------------------------------------------------
def test_reaction_counts_once_and_can_be_taken_back(member):
    post = make_talk().posts.get()

    for _ in range(2):
        actions.react(post, Liking.USEFUL, by=member, on=True)
    assert list(Reaction.objects.values_list("kind", "person")) == [("useful", member.pk)]

    actions.react(post, Liking.USEFUL, by=member, on=False)
    assert Reaction.objects.count() == 0


def test_nobody_reacts_to_their_own_words(member):
    post = make_talk(by=member).posts.get()

    with pytest.raises(NotAllowedError):
        actions.react(post, Liking.THANKS, by=member, on=True)


def test_who_asked_accepts_one_answer(member):
    topic = make_talk(by=member, kind=Kind.QUESTION)
    first, second = make_reply(topic), make_reply(topic)

    actions.accept_answer(first, by=member)
    actions.accept_answer(second, by=member)
    assert Topic.objects.get().accepted == second

    actions.accept_answer(second, by=member, on=False)
    assert Topic.objects.get().accepted is None


@pytest.mark.parametrize("kind", [Kind.DISCUSSION, Kind.EXPERIENCE, Kind.PROPOSAL])
def test_only_questions_have_answers(member, kind):
    topic = make_talk(by=member, kind=kind)

    with pytest.raises(NotAllowedError):
        actions.accept_answer(make_reply(topic), by=member)


def test_somebody_else_does_not_accept(member):
    answer = make_reply(make_talk(kind=Kind.QUESTION))

    with pytest.raises(NotAllowedError):
        actions.accept_answer(answer, by=member)


# --- arranging --------------------------------------------------------------------------------------------------------
def test_moderator_pins_locks_and_archives(moderator, keepers):
    topic = make_talk(make_board(moderators=(keepers,)))

    actions.pin_topic(topic, Pin.EVERYWHERE, by=moderator)
    actions.set_state(topic, State.ARCHIVED, by=moderator)

    assert Topic.objects.values_list("pin", "state").get() == ("everywhere", "archived")


def test_moving_takes_the_counts_along(moderator, keepers):
    here, there = make_board(moderators=(keepers,)), make_board(moderators=(keepers,))
    topic = make_talk(here, replies=2)

    actions.move_topic(topic, boards.by_pk(there.pk), by=moderator)

    assert Topic.objects.get().board == there
    assert (tally(here), tally(there)) == ((0, 0), (1, 3))


def test_nobody_moves_a_topic_to_where_they_are_no_moderator(moderator, keepers):
    topic, there = make_talk(make_board(moderators=(keepers,))), make_board()

    with pytest.raises(NotAllowedError):
        actions.move_topic(topic, boards.by_pk(there.pk), by=moderator)


def test_member_arranges_nothing(member):
    topic = make_talk(by=member)

    with pytest.raises(NotAllowedError):
        actions.pin_topic(topic, Pin.BOARD, by=member)
    with pytest.raises(NotAllowedError):
        actions.set_state(topic, State.LOCKED, by=member)


# --- reading ----------------------------------------------------------------------------------------------------------
def test_read_mark_never_goes_back(member):
    topic = make_talk(replies=5)

    for number in (4, 2, 6):
        actions.mark_read(member, topic, number)

    assert ReadMark.objects.filter(person=member).values_list("number", flat=True).get() == 6


def test_boards_of_groups_stay_with_their_members(member, council):
    board = make_board(who_reads=Circle.GROUPS, who_starts=Circle.GROUPS, who_replies=Circle.GROUPS, groups=(council,))

    with pytest.raises(NotAllowedError):
        make_talk(board, by=member)
    member.groups.add(council)
    del member.known_groups

    assert make_talk(board, by=member).last_number == 1
