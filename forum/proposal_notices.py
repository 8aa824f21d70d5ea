"""What people are told of proposals: those who follow or support one, who has to check it, who has to answer it.

Words are composed in the language of who reads them; who may see them is asked again then.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.markdown import plain_text, render
from common.typograph import inside_quotes
from forum import boards, rules
from forum.actions import watching
from forum.enums import Mode, Status
from forum.models import OfficialAnswer, Proposal, ProposalStep, Support, Topic, Watch
from forum.queries.watching import answerers_of, moderators_of
from forum.said import excerpt_of
from notices import kinds
from notices.actions import Happening, tell
from notices.enums import Group
from notices.models import Notice

STEP, ANSWER, CHECK, DUE = "proposal.step", "proposal.answer", "proposal.check", "proposal.due"
BATCH = 1_000


def register() -> None:
    shared: dict[str, Any] = {"prepare": prepare, "place": place}
    followed = shared | {"may_see": may_see, "mute": _mute}
    duties = shared | {"group": Group.DUTIES}
    kinds.register(STEP, label=gettext_lazy("A proposal goes on"), sentence=sentence_of_step, **followed)
    kinds.register(ANSWER, label=gettext_lazy("A proposal is answered"), sentence=sentence_of_answer, **followed)
    kinds.register(
        CHECK,
        label=gettext_lazy("Waits for a moderator"),
        sentence=lambda params: _("%(actor)s has submitted a proposal, it waits for your check: “%(title)s”") % params,
        may_see=may_check,
        **duties,
    )
    kinds.register(
        DUE,
        label=gettext_lazy("An answer is due"),
        sentence=lambda params: _("The proposal “%(title)s” is under review: your answer is due") % params,
        may_see=may_answer,
        **duties,
    )


# --- telling ----------------------------------------------------------------------------------------------------------
def tell_of_step(step: ProposalStep) -> None:
    tell(people_to_tell(step.proposal_id), of_step(step))
    if step.status == Status.REVIEW:
        tell_who_answers(step.proposal)


def tell_of_answer(answer: OfficialAnswer) -> None:
    tell(people_to_tell(answer.proposal_id), of_answer(answer))


def ask_for_check(proposal: Proposal) -> None:
    """Those who look after the board, once everybody sees it. One letter, until they have looked at what waits."""
    topic = proposal.topic
    if proposal.status == Status.SUBMITTED and topic.is_shown:
        thread = watching.waiting_thread_of(topic.board_id)
        happening = _happening(
            CHECK, watching.check_key(topic.pk), topic, topic.author_id, _gist(proposal), thread=thread
        )
        tell(moderators_of(rules.board_of(topic)), happening)


def tell_who_answers(proposal: Proposal) -> None:
    """The organisation that was made responsible, else those who answer for the city: once for each review."""
    review = proposal.steps.filter(status=Status.REVIEW).order_by("pk").last()
    if review and proposal.waiting_since and proposal.topic.is_shown:
        key = f"due:{review.pk}:{proposal.responsible_id or 'city'}"
        thread = watching.due_thread_of(proposal.pk)
        happening = _happening(DUE, key, proposal.topic, None, _gist(proposal), thread=thread)
        tell((user.pk for user in answerers_of(proposal)), happening)


def of_step(step: ProposalStep) -> Happening:
    topic, into = step.proposal.topic, step.proposal.merged_into
    params = {"status": step.status, "note": step.note, "supports": step.proposal.supports}
    if step.status == Status.MERGED and into:
        params["into"] = into.topic.title
    return _happening(STEP, watching.step_key(step.pk), topic, step.by_id, params)


def of_answer(answer: OfficialAnswer) -> Happening:
    params = {"body": answer.body, "excerpt": excerpt_of(plain_text(answer.html))}
    return _happening(ANSWER, f"answer:{answer.pk}", answer.proposal.topic, answer.by_id, params)


def people_to_tell(proposal_id: int) -> Iterator[int]:
    """The author, all supporters and who follows it, in batches: there may be many thousands. Never who muted it."""
    watches = Watch.objects.filter(topic=proposal_id)
    muted = watches.filter(mode=Mode.MUTE).values("person")
    yield from User.objects.filter(forum_topics=proposal_id).exclude(pk__in=muted).values_list("pk", flat=True)
    for rows in (Support.objects.filter(proposal=proposal_id), watches.filter(mode=Mode.WATCH)):
        wanted, last = rows.exclude(person=None).exclude(person__in=muted).order_by("pk"), 0
        while batch := list(wanted.filter(pk__gt=last).values_list("pk", "person_id")[:BATCH]):
            yield from (person for _pk, person in batch)
            last = batch[-1][0]


# --- reading ----------------------------------------------------------------------------------------------------------
def prepare(notices: Sequence[Notice]) -> None:
    """Title and board as they are now; the note of a step stands below what happened."""
    topics = Topic.objects.select_related("proposal").in_bulk({_number(notice) for notice in notices})
    for notice in notices:
        topic = topics.get(_number(notice))
        notice.topic = topic  # type: ignore[attr-defined]
        if topic:
            notice.params |= {"title": inside_quotes(topic.title), "board": topic.board_id}
        if note := notice.params.get("note"):
            notice.params |= {"excerpt": excerpt_of(plain_text(render(note)))}


def sentence_of_step(params: dict[str, Any]) -> str:
    said = _sentences().get(params["status"], _("“%(title)s”: %(status)s."))
    label = str(Status(params["status"]).label)
    return (said % {**params, "into": inside_quotes(params.get("into", "")), "status": label}).removesuffix(".")


def sentence_of_answer(params: dict[str, Any]) -> str:
    return _("%(body)s has answered the proposal “%(title)s”") % params


def place(params: dict[str, Any]) -> str:
    board = boards.all_boards().get(params.get("board", 0))
    return board.title if board else ""


def may_see(user: User, notice: Notice) -> bool:
    """Asked again when it is shown or sent: the board may have been closed since."""
    topic = _topic_of(notice)
    return topic is not None and rules.can_see_topic(user, topic)


def may_check(user: User, notice: Notice) -> bool:
    topic = _topic_of(notice)
    return topic is not None and topic.proposal.status == Status.SUBMITTED and rules.can_handle(user, topic)


def may_answer(user: User, notice: Notice) -> bool:
    """While an answer is waited for, and it is this person's to give."""
    topic = _topic_of(notice)
    if topic is None or topic.proposal.waiting_since is None:
        return False
    topic.proposal.topic = topic
    return rules.can_answer(user, topic.proposal)


def _topic_of(notice: Notice) -> Topic | None:
    if not hasattr(notice, "topic"):
        notice.topic = Topic.objects.select_related("proposal").filter(pk=_number(notice)).first()  # type: ignore[attr-defined]
    return notice.topic  # type: ignore[attr-defined]


def _number(notice: Notice) -> int:
    """Of the topic. Notices of earlier days name it as their thread."""
    return notice.params.get("topic") or int(notice.thread.partition(":")[2])


def _mute(person: User, thread: str) -> None:
    watching.set_watch(person, "topic", int(thread.partition(":")[2]), Mode.MUTE)


def _gist(proposal: Proposal) -> dict[str, Any]:
    return {"excerpt": excerpt_of(plain_text(render(proposal.proposal))), "language": proposal.topic.language}


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


def _happening(
    kind: str, key: str, topic: Topic, actor: int | None, params: dict[str, Any], *, thread: str = ""
) -> Happening:
    return Happening(
        kind=kind,
        key=key,
        thread=thread or watching.thread_of(topic.pk),
        path=f"/forum/topics/{topic.pk}/",
        params={"title": topic.title, "board": topic.board_id, "topic": topic.pk} | params,
        actor=actor,
    )
