"""Asks no more for a while what has just failed."""

import time
from collections.abc import Callable
from threading import Lock

FAILURES = 3
REST = 5.0  # seconds


class Breaker:
    """Opens after some failures in a row. When it has rested, one caller tries again on behalf of all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.lock = Lock()
        self.failures = 0
        self.rests_until = 0.0

    @property
    def is_open(self) -> bool:
        return self.failures >= FAILURES

    def lets_through(self) -> bool:
        with self.lock:
            if not self.is_open:
                return True
            now = self.clock()
            if now < self.rests_until:
                return False
            self.rests_until = now + REST  # nobody else, until this one has come back
            return True

    def succeeded(self) -> None:
        with self.lock:
            self.failures = 0

    def failed(self) -> None:
        with self.lock:
            self.failures += 1
            self.rests_until = self.clock() + REST
