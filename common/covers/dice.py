"""Choices drawn from a text alone: no global random state, the same on every machine."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    def __init__(self, text: str) -> None:
        self.text = text
        self.block = 0
        self.queue: list[int] = []

    def byte(self) -> int:
        if not self.queue:
            digest = hashlib.sha256(f"{self.block}:{self.text}".encode()).digest()
            self.block, self.queue = self.block + 1, list(digest)
        return self.queue.pop()

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.byte() / 255

    def whole(self, low: int, high: int) -> int:
        return low + self.byte() % (high - low + 1)

    def pick(self, items: Sequence[Item]) -> Item:
        return items[self.byte() % len(items)]
