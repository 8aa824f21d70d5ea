"""Which workers are alive, and what becomes of the tasks of those that are not."""

import logging
import os
import socket
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from common.models import WorkerProcess

logger = logging.getLogger("learning_city.worker")

BEAT = timedelta(seconds=5)
STALE_AFTER = timedelta(seconds=60)
ATTEMPTS = 3


class WorkerLostError(Exception):
    """The worker was killed each time it ran this task."""


def begin(worker_id: str) -> None:
    """Before the first task is taken. A restarted container has the process number of the one before."""
    WorkerProcess.objects.filter(host=_machine(), pid=os.getpid()).exclude(worker_id=worker_id).delete()
    beat(worker_id)


def beat(worker_id: str) -> None:
    WorkerProcess.objects.update_or_create(
        worker_id=worker_id, defaults={"host": _machine(), "pid": os.getpid(), "seen_at": timezone.now()}
    )


def forget(worker_id: str) -> None:
    WorkerProcess.objects.filter(worker_id=worker_id).delete()


def somebody_alive() -> bool:
    return WorkerProcess.objects.filter(seen_at__gte=timezone.now() - STALE_AFTER).exists()


def recover_lost_tasks() -> int:
    """Queues again what a worker that is gone had begun; gives up on a task that has outlived three of them."""
    with transaction.atomic():
        alive = _alive()
        running = DBTaskResult.objects.select_for_update(skip_locked=True).running()
        lost = [task for task in running if not task.worker_ids or task.worker_ids[-1] not in alive]
        for task in lost:
            _queue_again(task)
        WorkerProcess.objects.exclude(worker_id__in=alive).delete()
    return len(lost)


def _queue_again(task: DBTaskResult) -> None:
    logger.warning("task lost by its worker", extra={"task": task.task_path, "count": len(task.worker_ids)})
    if len(task.worker_ids) >= ATTEMPTS:
        task.set_failed(WorkerLostError(f"{len(task.worker_ids)} workers were lost while they ran this"))
    else:
        task.status, task.started_at = TaskResultStatus.READY, None
        task.save(update_fields=["status", "started_at"])


def _alive() -> set[str]:
    recent = WorkerProcess.objects.filter(seen_at__gte=timezone.now() - STALE_AFTER)
    return {worker.worker_id for worker in recent if not _is_gone(worker)}


def _is_gone(worker: WorkerProcess) -> bool:
    """On our own machine a killed worker is known at once, without waiting for its heartbeat to grow old."""
    if worker.host != _machine():
        return False
    with suppress(PermissionError):
        try:
            os.kill(worker.pid, 0)
        except ProcessLookupError:
            return True
    return False


@cache
def _machine() -> str:
    """Where process numbers mean the same: the host's name and, in containers, the space of process numbers."""
    space = Path("/proc/self/ns/pid")
    return f"{socket.gethostname()[:200]} {space.readlink() if space.is_symlink() else ''}".strip()
