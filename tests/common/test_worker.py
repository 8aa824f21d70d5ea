"""Real worker processes on the test's own database file."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from common import heartbeat, periodic
from common.models import District, PeriodicJob, WorkerProcess
from tests.common.tasks_to_kill import open_district

pytestmark = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), reason="hands its SQLite file to other processes"
)
PATIENCE = 40


@pytest.fixture
def queue_in_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def start_worker(transactional_db, tmp_path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        variables = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
        variables |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "LC_DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "LC_DATA_DIR": str(tmp_path),
        }
        command = [sys.executable, "manage.py", "worker", "--beat", "0.2", "--interval", "0.1", *arguments]
        with (tmp_path / "worker.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=settings.ROOT, env=variables, stdout=log, stderr=log)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_until(folder: Path, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, (folder / "worker.log").read_text()
        time.sleep(0.1)


def attempts(folder: Path) -> int:
    path = folder / "begun"
    return len(path.read_text().splitlines()) if path.exists() else 0


def test_worker_killed_in_mid_task_is_replaced_and_the_effect_is_there_once(start_worker, queue_in_database, tmp_path):
    result = open_district.enqueue(str(tmp_path))
    first = start_worker()
    wait_until(tmp_path, lambda: attempts(tmp_path) == 1)

    first.send_signal(signal.SIGKILL)
    first.wait()
    (tmp_path / "go").touch()
    start_worker()
    wait_until(tmp_path, lambda: DBTaskResult.objects.filter(pk=result.id, status=TaskResultStatus.SUCCESSFUL).exists())

    stored = DBTaskResult.objects.get(pk=result.id)
    assert (attempts(tmp_path), len(stored.worker_ids), stored.return_value) == (2, 2, "opened")
    assert District.objects.filter(slug="opened").count() == 1


def test_worker_that_is_asked_to_end_finishes_its_task_and_takes_leave(start_worker, queue_in_database, tmp_path):
    result = open_district.enqueue(str(tmp_path))
    worker = start_worker()
    wait_until(tmp_path, lambda: attempts(tmp_path) == 1)

    worker.send_signal(signal.SIGTERM)
    (tmp_path / "go").touch()

    assert worker.wait(timeout=PATIENCE) == 0
    assert DBTaskResult.objects.get(pk=result.id).status == TaskResultStatus.SUCCESSFUL
    assert not WorkerProcess.objects.exists()


def test_two_workers_queue_a_periodic_job_once(start_worker, queue_in_database, tmp_path):
    workers = [start_worker(), start_worker()]
    job = "common.tasks.publish_scheduled"

    wait_until(tmp_path, lambda: WorkerProcess.objects.count() == 2)
    wait_until(
        tmp_path, lambda: DBTaskResult.objects.filter(task_path=job, status=TaskResultStatus.SUCCESSFUL).exists()
    )
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=PATIENCE) == 0

    assert DBTaskResult.objects.filter(task_path=job).count() == 1


@pytest.mark.django_db
class TestRecovery:
    def running(self, *workers: str) -> DBTaskResult:
        return DBTaskResult.objects.create(
            task_path="common.tasks.clear_away",
            status=TaskResultStatus.RUNNING,
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            worker_ids=list(workers),
            run_after=timezone.now(),
        )

    def worker(self, name: str, *, seen: timedelta, host: str = "elsewhere", pid: int = 1) -> None:
        WorkerProcess.objects.create(worker_id=name, host=host, pid=pid, seen_at=timezone.now() - seen)

    def test_task_of_a_live_worker_is_left_alone(self):
        self.worker("live", seen=timedelta(seconds=5))
        task = self.running("live")

        assert heartbeat.recover_lost_tasks() == 0

        task.refresh_from_db()
        assert task.status == TaskResultStatus.RUNNING

    def test_task_of_a_silent_worker_is_queued_again(self):
        self.worker("silent", seen=heartbeat.STALE_AFTER + timedelta(seconds=1))
        task = self.running("silent")

        assert heartbeat.recover_lost_tasks() == 1

        task.refresh_from_db()
        assert task.status == TaskResultStatus.READY
        assert not WorkerProcess.objects.exists()

    def test_task_of_a_killed_worker_on_this_machine_is_queued_again_at_once(self):
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        self.worker("killed", seen=timedelta(0), host=heartbeat._machine(), pid=ended.pid)
        task = self.running("killed")

        assert heartbeat.recover_lost_tasks() == 1

        task.refresh_from_db()
        assert task.status == TaskResultStatus.READY

    def test_task_that_outlived_three_workers_is_given_up(self):
        task = self.running("one", "two", "three")

        assert heartbeat.recover_lost_tasks() == 1

        task.refresh_from_db()
        assert task.status == TaskResultStatus.FAILED
        assert task.exception_class_path == "common.heartbeat.WorkerLostError"


@pytest.mark.django_db
def test_due_job_is_queued_once_until_it_is_due_again(queue_in_database):
    job = "common.tasks.publish_scheduled"
    import common.tasks  # noqa: F401  registers the jobs

    assert job in periodic.queue_due_jobs()
    assert job not in periodic.queue_due_jobs()

    PeriodicJob.objects.filter(name=job).update(due_at=timezone.now())
    assert job not in periodic.queue_due_jobs(), "the first is still waiting"

    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    PeriodicJob.objects.filter(name=job).update(due_at=timezone.now())
    assert job in periodic.queue_due_jobs()
