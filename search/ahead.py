"""Stems of texts that are about to be written, made by other processes meanwhile: most of the work of a rebuild."""

import os
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from types import TracebackType

from search.text import stems

Said = tuple[str, str]  # a text and its language


class Ahead:
    """Called as search.text.stems is, and answers alike; what it was given before it knows already."""

    def __init__(self) -> None:
        workers = max((os.cpu_count() or 2) - 1, 1)
        self._pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        self._known: dict[Said, list[str]] = {}

    def __enter__(self) -> "Ahead":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pool.shutdown(cancel_futures=True)

    def __call__(self, text: str, language: str) -> list[str]:
        known = self._known.pop((text, language), None)
        return stems(text, language) if known is None else known

    def begin(self, texts: Iterable[Said]) -> "Future[dict[Said, str]]":
        return self._pool.submit(_stems_of, list(texts))

    def take(self, done: "Future[dict[Said, str]]") -> None:
        """What it takes is asked for next; what was not asked for of the last is forgotten."""
        self._known = {said: found.split(" ") if found else [] for said, found in done.result().items()}


def _stems_of(texts: list[Said]) -> dict[Said, str]:
    return {(text, language): " ".join(stems(text, language)) for text, language in texts}
