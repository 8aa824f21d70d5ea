"""Jobs that repeat. An app registers them in its tasks.py; the workers queue each one once when it is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from common.models import PeriodicJob


@dataclass(frozen=True)
class Job:
    task: Task[Any, Any]
    every: timedelta


JOBS: dict[str, Job] = {}


def every(interval: timedelta) -> Callable[[Task[Any, Any]], Task[Any, Any]]:
    """Stands above ``@task()``. The task takes no arguments and may be run twice without harm."""

    def register(task: Task[Any, Any]) -> Task[Any, Any]:
        JOBS[task.module_path] = Job(task, interval)
        return task

    return register


def queue_due_jobs() -> list[str]:
    """The names of what was queued. However many workers ask, each job is queued once."""
    now = timezone.now()
    known = dict(PeriodicJob.objects.filter(name__in=JOBS).values_list("name", "due_at"))
    for name in JOBS.keys() - known.keys():
        PeriodicJob.objects.get_or_create(name=name, defaults={"due_at": now})
    return [name for name, job in JOBS.items() if known.get(name, now) <= now and _queue(name, job, now)]


def _queue(name: str, job: Job, now: datetime) -> bool:
    with transaction.atomic():
        if not PeriodicJob.objects.filter(name=name, due_at__lte=now).update(due_at=now + job.every):
            return False
        waiting = DBTaskResult.objects.filter(task_path=name, status=TaskResultStatus.READY).exists()
        if not waiting:
            job.task.enqueue()
        return not waiting
