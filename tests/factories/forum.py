from itertools import count
from typing import Any

from accounts.models import User
from common.page_cache import drop_now
from forum import actions, boards
from forum.actions import Draft, Idea
from forum.enums import Kind, Status
from forum.models import Board, BoardText, Post, Proposal, Support, Topic
from tests.factories.people import make_user

numbers = count(1)


def make_board(
    title: str = "", *, groups: tuple[Any, ...] = (), moderators: tuple[Any, ...] = (), **fields: Any
) -> Board:
    """A board that everybody reads and members write on, unless told otherwise."""
    number = next(numbers)
    board = Board(**{"slug": f"board-{number}", **fields})
    board.texts = [BoardText(language="ru", title=title or f"Раздел {number}", description="О чём здесь говорят")]
    board.groups, board.moderators = groups, moderators
    board.save()
    drop_now((boards.TAG, "forum"))  # a test that doesn't commit would go on with the boards before
    return board


def make_talk(
    board: Board | None = None, *, by: User | None = None, replies: int = 0, text: str = "Первое сообщение", **said: Any
) -> Topic:
    """A topic with its first post, and replies by others."""
    board = board or make_board()
    draft = Draft(source=text, **{"title": f"Тема {next(numbers)}", "language": "ru", **said})
    post = actions.start_topic(boards.by_pk(board.pk), draft, by=by or make_user())
    for number in range(replies):
        make_reply(post.topic, text=f"Ответ {number}")
    return Topic.objects.get(pk=post.topic_id)


def make_reply(topic: Topic, *, by: User | None = None, text: str = "Ответ") -> Post:
    return actions.reply(topic, Draft(source=text), by=by or make_user())


WAYS: dict[str, tuple[Status, ...]] = {
    Status.SUBMITTED: (),
    Status.CHECKED: (Status.CHECKED,),
    Status.COLLECTING: (Status.CHECKED, Status.COLLECTING),
    Status.LAPSED: (Status.CHECKED, Status.COLLECTING, Status.LAPSED),
    Status.REVIEW: (Status.CHECKED, Status.COLLECTING, Status.REVIEW),
    Status.DECLINED: (Status.DECLINED,),
    Status.ACCEPTED: (Status.CHECKED, Status.REVIEW, Status.ACCEPTED),
    Status.DOING: (Status.CHECKED, Status.REVIEW, Status.ACCEPTED, Status.DOING),
    Status.DONE: (Status.CHECKED, Status.REVIEW, Status.ACCEPTED, Status.DOING, Status.DONE),
}


def make_proposal(
    board: Board | None = None,
    *,
    by: User | None = None,
    status: str = Status.COLLECTING,
    district: str = "",
    supporters: int = 0,
    text: str = "Открыть зал вечером",
    **said: Any,
) -> Proposal:
    """Brought to its status by a moderator, step by step; supporters are people of their own."""
    board = board or make_board()
    idea = Idea(text, problem="Учиться негде", benefits="Студентам", district=district)
    source = actions.compose(idea, said.get("language", "ru"))
    topic = make_talk(board, by=by, text=source, kind=Kind.PROPOSAL, idea=idea, **said)
    keeper = make_user(is_superuser=True)
    for one in WAYS[status]:
        actions.step(topic, one, by=keeper, note="Потому что")
        if one == Status.COLLECTING or (one == Status.REVIEW and Status.COLLECTING not in WAYS[status]):
            for _ in range(supporters):
                actions.support(topic, by=make_user(), on=True)
    return Proposal.objects.select_related("topic").get(pk=topic.pk)


def make_supporters(proposal: Proposal, number: int) -> None:
    """Many at once, past the actions: for what is shown, not for how it came about."""
    people = User.objects.bulk_create([User(email=f"crowd{next(numbers)}@example.org") for _ in range(number)])
    Support.objects.bulk_create([Support(proposal=proposal, person=person) for person in people])
    Proposal.objects.filter(pk=proposal.pk).update(supports=proposal.support_rows.count())
