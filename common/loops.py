"""What every worker does all the time, beside its tasks. An app registers it in its tasks.py."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event, Thread

from django.db import close_old_connections

logger = logging.getLogger("learning_city.worker")

LONGEST_WAIT = timedelta(seconds=5)
Step = Callable[[], bool]


@dataclass(frozen=True)
class Loop:
    name: str
    step: Step
    wait: timedelta

    def run(self, ended: Event) -> None:
        """Until the worker ends. A step that fails is tried again, each time a little later."""
        failures = 0
        while not ended.is_set():
            try:
                busy, failures = self.step(), 0
            except Exception as error:
                busy, failures = False, min(failures + 1, 10)
                logger.warning("%s failed: %s", self.name, type(error).__name__, exc_info=failures == 1)
            close_old_connections()
            if not busy:
                ended.wait(min(self.wait * 2**failures, LONGEST_WAIT).total_seconds())


LOOPS: dict[str, Loop] = {}


def all_the_time(wait: timedelta) -> Callable[[Step], Step]:
    """The step answers whether there may be more to do at once; else it is asked again after ``wait``.

    All workers run it side by side, each in a thread of its own.
    """

    def register(step: Step) -> Step:
        name = f"{step.__module__}.{step.__qualname__}"
        LOOPS[name] = Loop(name, step, wait)
        return step

    return register


def start(ended: Event) -> list[Thread]:
    threads = [Thread(target=loop.run, args=[ended], name=loop.name, daemon=True) for loop in LOOPS.values()]
    for thread in threads:
        thread.start()
    return threads
