"""Queued in the transaction that gives the reason for them: neither is ever there without the other."""

from datetime import timedelta

from django_tasks import task

from common.periodic import every
from forum.actions import watching


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
