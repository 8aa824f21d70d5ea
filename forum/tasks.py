"""Queued in the transaction that gives the reason for them: neither is ever there without the other.

Safe to repeat: nobody is told twice, no step is taken twice.
"""

from datetime import timedelta

from django_tasks import task

from common.periodic import every
from forum import actions, proposal_notices
from forum.actions import unsent, watching
from forum.models import OfficialAnswer, ProposalStep
from notices.actions import tell


@task()
def tell_of_post(pk: int) -> None:
    watching.tell_of_post(pk)


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
        tell(proposal_notices.people_to_tell(step.proposal_id), proposal_notices.of_step(step))


@task()
def tell_of_answer(pk: int) -> None:
    answer = OfficialAnswer.objects.select_related("proposal__topic").filter(pk=pk).first()
    if answer:
        tell(proposal_notices.people_to_tell(answer.proposal_id), proposal_notices.of_answer(answer))


@every(timedelta(minutes=15))
@task()
def end_collecting() -> None:
    """Proposals whose time is over without enough support."""
    actions.end_collecting()
