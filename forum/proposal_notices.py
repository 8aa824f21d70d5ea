"""What supporters and the author of a proposal are told, composed in the language of who reads it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from forum import boards, queries, rules
from forum.enums import Status
from forum.models import OfficialAnswer, ProposalStep, Support, Topic
from notices import kinds
from notices.actions import Happening
from notices.models import Notice

STEP, ANSWER = "proposal.step", "proposal.answer"
LONGEST_EXCERPT = 300
BATCH = 1_000


def register() -> None:
    shared: dict[str, Any] = {"may_see": may_see, "place": place}
    kinds.register(STEP, label=gettext_lazy("A proposal goes on"), sentence=sentence_of_step, **shared)
    kinds.register(ANSWER, label=gettext_lazy("A proposal is answered"), sentence=sentence_of_answer, **shared)


def of_step(step: ProposalStep) -> Happening:
    topic, into = step.proposal.topic, step.proposal.merged_into
    params = {"status": step.status, "note": step.note, "supports": step.proposal.supports}
    if step.status == Status.MERGED and into:
        params["into"] = into.topic.title
    return _happening(STEP, f"step:{step.pk}", topic, step.by_id, params)


def of_answer(answer: OfficialAnswer) -> Happening:
    excerpt = " ".join(answer.source.split())[:LONGEST_EXCERPT]
    return _happening(
        ANSWER, f"answer:{answer.pk}", answer.proposal.topic, answer.by_id, {"body": answer.body, "excerpt": excerpt}
    )


def people_to_tell(proposal_id: int) -> Iterator[int]:
    """The author and all supporters, in batches: there may be many thousands."""
    author = Topic.objects.filter(pk=proposal_id).values_list("author_id", flat=True).first()
    if author:
        yield author
    last = 0
    rows = Support.objects.filter(proposal=proposal_id).exclude(person=None).order_by("pk")
    while batch := list(rows.filter(pk__gt=last).values_list("pk", "person_id")[:BATCH]):
        yield from (person for _pk, person in batch)
        last = batch[-1][0]


def sentence_of_step(params: dict[str, Any]) -> str:
    said = _sentences().get(params["status"], _("“%(title)s”: %(status)s."))
    label = str(Status(params["status"]).label)
    sentence = said % {**params, "into": params.get("into", ""), "status": label}
    return f"{sentence} {params['note']}".strip()


def sentence_of_answer(params: dict[str, Any]) -> str:
    return _("%(body)s has answered the proposal “%(title)s”: %(excerpt)s") % params


def place(params: dict[str, Any]) -> str:
    board = boards.all_boards().get(params.get("board", 0))
    return board.title if board else ""


def may_see(user: User, notice: Notice) -> bool:
    """Asked again when it is shown or sent: the board may have been closed since."""
    topic = queries.find_topic(int(notice.thread.removeprefix("topic:")))
    return topic is not None and rules.can_see_topic(user, topic)


def _sentences() -> dict[str, str]:
    return {
        Status.CHECKED: _("A moderator has checked the proposal “%(title)s”."),
        Status.COLLECTING: _("The proposal “%(title)s” now collects support."),
        Status.LAPSED: _("The time is over: the proposal “%(title)s” did not find enough support."),
        Status.REVIEW: _("The proposal “%(title)s” is under review: an answer is due."),
        Status.ACCEPTED: _("The proposal “%(title)s” is accepted."),
        Status.DECLINED: _("The proposal “%(title)s” is declined."),
        Status.DOING: _("The proposal “%(title)s” is being done."),
        Status.DONE: _("The proposal “%(title)s” is done."),
        Status.MERGED: _("The proposal “%(title)s” was merged with “%(into)s”; your support counts there."),
    }


def _happening(kind: str, key: str, topic: Any, actor: int | None, params: dict[str, Any]) -> Happening:
    return Happening(
        kind=kind,
        key=key,
        thread=f"topic:{topic.pk}",
        path=f"/forum/topics/{topic.pk}/",
        params={"title": topic.title, "board": topic.board_id} | params,
        actor=actor,
    )
