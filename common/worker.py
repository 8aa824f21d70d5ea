"""The background worker: django-tasks-db's loop, a thread that says "alive" and winds the clocks, and a thread for each
thing that is to be done all the time."""

import logging
import threading
import time
from datetime import timedelta

from django.db import OperationalError, close_old_connections
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.management.commands.db_worker import Worker

from common import heartbeat, loops, periodic

logger = logging.getLogger("learning_city.worker")


class CityWorker(Worker):
    """Outlives a database that is locked or away for a while; its thread does the same."""

    def __init__(self, *, worker_id: str, interval: float, batch: bool, beat: timedelta) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
        )
        self.beat = beat
        self.ended = threading.Event()

    def run(self) -> None:
        autodiscover_modules("tasks")
        thread = threading.Thread(target=self._tick_until_ended, name="heartbeat", daemon=True)
        thread.start()
        threads = [thread, *loops.start(self.ended)]
        try:
            self._run_through_outages()
        finally:
            self.ended.set()
            for thread in threads:
                thread.join(timeout=1)
            self._leave()

    def _leave(self) -> None:
        try:
            heartbeat.forget(self.worker_id)
        except OperationalError as error:
            logger.warning("left without a word: %s", type(error).__name__)

    def _run_through_outages(self) -> None:
        while self.running:
            try:
                heartbeat.begin(self.worker_id)
                super().run()
                return
            except OperationalError as error:
                logger.warning("database away: %s", type(error).__name__)
                close_old_connections()
                time.sleep(self.beat.total_seconds())

    def _tick_until_ended(self) -> None:
        while not self.ended.is_set():
            try:
                self._tick()
            except OperationalError as error:
                logger.warning("heartbeat missed: %s", type(error).__name__)
            close_old_connections()
            self.ended.wait(self.beat.total_seconds())

    def _tick(self) -> None:
        heartbeat.beat(self.worker_id)
        heartbeat.recover_lost_tasks()
        periodic.queue_due_jobs()
