"""Queued in the transaction that gives the reason for them: neither is ever there without the other.

Safe to repeat: nobody is told twice, no step is taken twice.
"""

from datetime import timedelta

from django_tasks import task

from common.periodic import every
from forum import actions, proposal_notices
from forum.actions import unsent, watching
from forum.models import OfficialAnswer, Proposal, ProposalStep


@task()
def tell_of_post(pk: int) -> None:
    watching.tell_of_post(pk)
    proposal = Proposal.objects.select_related("topic").filter(topic__posts=pk, topic__posts__number=1).first()
    if proposal:
        proposal_notices.ask_for_check(proposal)


@task()
def tell_of_edit(pk: int) -> None:
    watching.tell_of_post(pk, personally=True)


@task()
def tell_of_waiting(pk: int) -> None:
    watching.tell_of_waiting(pk)


@every(timedelta(days=1))
@task()
def forget_watches() -> None:
    watching.forget_watches()


@every(timedelta(days=1))
@task()
def forget_unsent() -> None:
    unsent.forget_old()


@task()
def tell_of_step(pk: int) -> None:
    step = ProposalStep.objects.select_related("proposal__topic", "proposal__merged_into__topic").filter(pk=pk).first()
    if step:
        proposal_notices.tell_of_step(step)


@task()
def tell_of_answer(pk: int) -> None:
    answer = OfficialAnswer.objects.select_related("proposal__topic").filter(pk=pk).first()
    if answer:
        proposal_notices.tell_of_answer(answer)


@task()
def tell_who_answers(pk: int) -> None:
    """The body that was made responsible while an answer is waited for."""
    proposal = Proposal.objects.select_related("topic").filter(pk=pk).first()
    if proposal:
        proposal_notices.tell_who_answers(proposal)


@every(timedelta(minutes=15))
@task()
def end_collecting() -> None:
    """Proposals whose time is over without enough support."""
    actions.end_collecting()


@every(timedelta(hours=1))
@task()
def forget_pictures() -> None:
    """Those that were uploaded and never posted."""
    actions.forget_pictures()
