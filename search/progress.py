"""How far a long command has come, as a line that is written over."""

import time
from collections.abc import Iterable

from django.core.management.base import OutputWrapper

WIDTH = 30
SELDOM = 0.1  # seconds between two lines


class Progress:
    def __init__(self, out: OutputWrapper, name: str, total: int) -> None:
        self.out, self.name, self.total = out, name, total
        self.began = self.shown = time.monotonic()
        self.done = 0

    def follow(self, counts: Iterable[int]) -> int:
        """``counts``: how many are done each time. Ends with the rate; answers with the last."""
        for count in counts:
            self.done = count
            if time.monotonic() - self.shown >= SELDOM:
                self._show()
        self._show()
        self.out.write("")
        return self.done

    @property
    def rate(self) -> float:
        return self.done / max(time.monotonic() - self.began, 0.001)

    def _show(self) -> None:
        self.shown = time.monotonic()
        share = min(1.0, self.done / self.total) if self.total else 1.0
        bar = ("#" * round(share * WIDTH)).ljust(WIDTH, ".")
        line = f"\r{self.name} [{bar}] {self.done} of {max(self.total, self.done)}, {self.rate:.0f}/s"
        self.out.write(line, ending="")
        self.out.flush()
