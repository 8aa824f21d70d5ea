"""What people, moderators, answering bodies and the calendar do with proposals. The topic is locked first, always."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from common import markdown, vocabulary
from common.models import District
from forum import rules, tasks
from forum.actions import watching
from forum.actions.indexing import index_first_post
from forum.actions.safety import log_decision
from forum.actions.steps import Idea, changed, check, check_address
from forum.actions.telling import tell_of_decision
from forum.enums import Deed, State, Status
from forum.errors import ClosedError, MergedError
from forum.models import AnswerEdit, Decision, OfficialAnswer, Proposal, ProposalStep, Support, Topic
from partners.models import Partner

BATCH = 1_000


@dataclass(frozen=True)
class AnswerDraft:
    """``partner``: who answers; None is the city. ``body``: who signs, in words."""

    body: str
    source: str
    partner: int | None = None
    document_url: str = ""


def compose(idea: Idea, language: str) -> str:
    """The topic's first post: all of the proposal in one text, in the language it is written in."""
    with override(language):
        parts = [
            (_("What is wrong"), idea.problem),
            (_("What I propose"), idea.proposal),
            (_("Whom it helps"), idea.benefits),
        ]
    said = [(title, text) for title, text in parts if text]
    return "\n\n".join(f"## {title}\n\n{text}" for title, text in said) if len(said) > 1 else idea.proposal


def begin(topic: Topic, idea: Idea) -> Proposal:
    """Within the transaction that makes the topic."""
    proposal = Proposal.objects.create(topic=topic, submitted_at=topic.started_at, **_fields(idea))
    ProposalStep.objects.create(proposal=proposal, status=Status.SUBMITTED, by=topic.author, at=topic.started_at)
    return proposal


def idea_of(topic: Topic) -> Idea:
    """As it stands now."""
    proposal = Proposal.objects.select_related("district").get(topic=topic)
    district = proposal.district.slug if proposal.district else ""
    return Idea(proposal.proposal, problem=proposal.problem, benefits=proposal.benefits, district=district)


def reword(topic: Topic, idea: Idea) -> None:
    """Within the transaction that changes the topic's first post, the topic locked."""
    proposal = Proposal.objects.get(topic=topic)
    for name, value in _fields(idea).items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["problem", "proposal", "benefits", "district"])
    topic.proposal = proposal  # type: ignore[attr-defined]  # what the index asks next


@transaction.atomic
def support(topic: Topic, *, by: User, on: bool) -> Proposal:
    """Sent twice, it counts once. With enough votes the proposal goes under review here and now, and only once."""
    proposal = _locked(topic)
    if proposal.merged_into_id:
        raise MergedError
    check(rules.can_support(by, proposal))
    if on:
        check_address(by)
        _made, is_new = Support.objects.get_or_create(proposal=proposal, person=by)
        count(proposal, int(is_new))
    else:
        count(proposal, -Support.objects.filter(proposal=proposal, person=by).delete()[0])
    return proposal


@transaction.atomic
def step(topic: Topic, status: str, *, by: User, note: str = "") -> Proposal:
    """To where it stands already is no step: the form was sent twice."""
    proposal = _locked(topic)
    if proposal.status == status:
        return proposal
    check(rules.can_step(by, proposal, status))
    before = {"status": proposal.status}
    decision = log_decision(proposal.topic, Deed.STATUS, by=by, reason=note, before=before, after={"status": status})
    _step(proposal, Status(status), by=by, note=note, decision=decision)
    return proposal


@transaction.atomic
def make_responsible(topic: Topic, partner: Partner | None, *, by: User) -> None:
    proposal = _locked(topic)
    check(rules.can_handle(by, proposal.topic) and proposal.status != Status.MERGED)
    if proposal.responsible_id == (partner.pk if partner else None):
        return
    before = {"responsible": proposal.responsible.slug if proposal.responsible else ""}
    proposal.responsible = partner
    proposal.save(update_fields=["responsible"])
    after = {"responsible": partner.slug if partner else ""}
    log_decision(proposal.topic, Deed.STATUS, by=by, before=before, after=after)
    if proposal.waiting_since:
        tasks.tell_who_answers.enqueue(proposal.pk)
    changed(proposal.topic)


@transaction.atomic
def answer(topic: Topic, draft: AnswerDraft, *, by: User) -> OfficialAnswer:
    """The first one is told to everybody; what is amended later keeps the words before in its history."""
    proposal = _locked(topic)
    known = OfficialAnswer.objects.filter(proposal=proposal).first()
    if known:
        proposal.answer = known  # type: ignore[misc]
        check(rules.can_amend(by, proposal))
        said = _amend(known, draft, by)
    else:
        check(_may_speak(by, proposal, draft.partner))
        said = OfficialAnswer.objects.create(proposal=proposal, by=by, partner_id=draft.partner, **_words(draft))
        tasks.tell_of_answer.enqueue(said.pk)
    proposal.waiting_since = None
    proposal.save(update_fields=["waiting_since"])
    changed(proposal.topic)
    return said


@transaction.atomic
def merge_proposal(topic: Topic, into: Topic, *, by: User, note: str = "") -> Proposal:
    """Into another one that says the same. Both topics are locked in the order of their numbers.

    Everybody who supported the first supports the second, those who did already once. The first keeps its votes and its
    comments to be read, leads to the second, and takes nothing more: who is writing or voting just then waits for the
    lock and is told.
    """
    locked = {one.pk: one for one in _locked_all([topic.pk, into.pk])}
    proposal, target = locked[topic.pk], locked[into.pk]
    if proposal.merged_into_id == target.pk:
        return target
    check(rules.can_merge(by, proposal, target))
    _carry_over(proposal, target)
    Proposal.objects.filter(merged_into=proposal).update(merged_into=target)
    before = {"status": proposal.status, "state": proposal.topic.state}
    after = {"status": Status.MERGED.value, "into": target.pk, "title": target.topic.title}
    decision = log_decision(proposal.topic, Deed.MERGE, by=by, reason=note, before=before, after=after)
    proposal.merged_into = target
    _step(proposal, Status.MERGED, by=by, note=note, decision=decision)
    proposal.topic.state = State.LOCKED
    proposal.topic.save(update_fields=["state"])
    index_first_post(proposal.topic)
    for other in Topic.objects.filter(proposal__merged_into=target):
        changed(other)
    changed(target.topic)
    return target


def end_collecting(now: datetime | None = None) -> int:
    """Those whose time is over, each in its own transaction; how many there were. Safe to repeat."""
    now = now or timezone.now()
    over = Proposal.objects.filter(status=Status.COLLECTING, collect_until__lte=now).order_by("pk")
    return sum(_end(pk, now) for pk in list(over.values_list("pk", flat=True)))


@transaction.atomic
def _end(pk: int, now: datetime) -> bool:
    proposal = _locked(Topic(pk=pk))
    if proposal.status != Status.COLLECTING or proposal.collect_until is None or proposal.collect_until > now:
        return False
    _step(proposal, Status.LAPSED)
    return True


def set_back(proposal: Proposal, status: Status, *, by: User, lost: timedelta) -> None:
    """To where it stood before a decision that is taken back; the time that it lost by it is given back.

    Within the transaction of the caller, who has locked the topic.
    """
    answered = OfficialAnswer.objects.filter(proposal=proposal).exists()
    proposal.status, proposal.merged_into = status, None
    proposal.waiting_since = proposal.review_since if status == Status.REVIEW and not answered else None
    if status == Status.COLLECTING and proposal.collect_until:
        proposal.collect_until += lost
    _note_step(proposal, timezone.now(), by=by)
    _judge(proposal)


def _step(
    proposal: Proposal, status: Status, *, by: User | None = None, note: str = "", decision: Decision | None = None
) -> None:
    """What a status means for the clock stands here, and nowhere else."""
    now = timezone.now()
    proposal.status = status
    proposal.waiting_since = now if status == Status.REVIEW else None
    if status == Status.REVIEW:
        proposal.review_since = now
    if status == Status.COLLECTING:
        board = rules.board_of(proposal.topic)
        proposal.threshold = board.threshold
        proposal.collect_until = now + timedelta(days=board.collecting_days)
    _note_step(proposal, now, by=by, note=note, decision=decision)
    _judge(proposal)


def _note_step(
    proposal: Proposal, now: datetime, *, by: User | None = None, note: str = "", decision: Decision | None = None
) -> None:
    """One row, one notice. Of what can be appealed its author hears as of a decision, which takes the notice's key."""
    proposal.save(
        update_fields=["status", "waiting_since", "review_since", "threshold", "collect_until", "merged_into"]
    )
    made = ProposalStep.objects.create(proposal=proposal, status=proposal.status, by=by, note=note, at=now)
    watching.stop_asking(proposal.topic)
    if decision and rules.is_appealable(decision):
        tell_of_decision(decision, key=watching.step_key(made.pk))
    if proposal.topic.is_shown:
        tasks.tell_of_step.enqueue(made.pk)
    changed(proposal.topic)


def _judge(proposal: Proposal) -> None:
    if proposal.status == Status.COLLECTING and proposal.threshold and proposal.supports >= proposal.threshold:
        _step(proposal, Status.REVIEW)


def count(proposal: Proposal, more: int) -> None:
    """The topic is locked, so nobody else counts meanwhile."""
    if more:
        proposal.supports += more
        proposal.save(update_fields=["supports"])
        changed(proposal.topic)
        _judge(proposal)


def _carry_over(proposal: Proposal, target: Proposal) -> None:
    already = Support.objects.filter(proposal=target).exclude(person=None).values("person")
    rows = Support.objects.filter(proposal=proposal).exclude(person__in=already).order_by("pk")
    carried = [Support(proposal=target, person_id=person, at=at) for person, at in rows.values_list("person_id", "at")]
    Support.objects.bulk_create(carried, batch_size=BATCH, ignore_conflicts=True)
    count(target, target.support_rows.count() - target.supports)


def _amend(known: OfficialAnswer, draft: AnswerDraft, by: User) -> OfficialAnswer:
    words = _words(draft)
    if all(getattr(known, name) == value for name, value in words.items()):
        return known
    AnswerEdit.objects.create(
        answer=known, body=known.body, source=known.source, html=known.html, document_url=known.document_url, by=by
    )
    for name, value in words.items():
        setattr(known, name, value)
    known.edited_at = timezone.now()
    known.save()
    return known


def _words(draft: AnswerDraft) -> dict[str, str]:
    return {
        "body": draft.body,
        "source": draft.source,
        "html": markdown.render(draft.source),
        "document_url": draft.document_url,
    }


def _may_speak(by: User, proposal: Proposal, partner: int | None) -> bool:
    if partner is None:
        return rules.can_answer_for_city(by, proposal)
    return partner == proposal.responsible_id and rules.can_answer_for_partner(by, proposal)


def _fields(idea: Idea) -> dict[str, object]:
    district = vocabulary.original_words(District).filter(slug=idea.district).first() if idea.district else None
    return {"problem": idea.problem, "proposal": idea.proposal, "benefits": idea.benefits, "district": district}


def _locked(topic: Topic) -> Proposal:
    return _locked_all([topic.pk])[0]


def _locked_all(pks: list[int]) -> list[Proposal]:
    topics = {topic.pk: topic for topic in Topic.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    found = list(Proposal.objects.filter(pk__in=topics).order_by("pk"))
    for proposal in found:
        proposal.topic = topics[proposal.pk]
    if len(found) < len(set(pks)):
        raise ClosedError
    return found
