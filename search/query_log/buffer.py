"""What this process has counted and not written down yet. Adding to it is all that a request waits for."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from multiprocessing.util import Finalize
from typing import NamedTuple

from django.conf import settings
from django.db import close_old_connections, connection

logger = logging.getLogger("learning_city.query_log")

MOST_ROWS = 2_000
MOST_VISITS = 5_000
MOST_CLICKS = 2_000
EXIT_PRIORITY = 10


class Row(NamedTuple):
    day: date
    text: str
    language: str
    filters: str


class Click(NamedTuple):
    row: Row
    rank: int
    visit: bytes
    at: float  # time.monotonic()


@dataclass
class Count:
    """``visits``: not looked at yet; ``new_visits``: those of them that were the first."""

    hits: int = 0
    asked: int = 0
    visits: set[bytes] = field(default_factory=set)
    new_visits: int = 0


class Buffer:
    """Full, it takes no new texts, visits and clicks until it is written down: so a flood stays small."""

    def __init__(self, write: Callable[[dict[Row, Count], list[Click]], None]) -> None:
        self.write = write
        self.rows: dict[Row, Count] = {}
        self.visits = 0
        self.clicks: list[Click] = []
        self.lock = threading.Lock()
        self.writing = threading.Lock()
        self.thread: threading.Thread | None = None
        self.ended = threading.Event()

    def ask(self, row: Row, hits: int, visit: bytes) -> None:
        with self.lock:
            count = self.rows.get(row)
            if count is None and len(self.rows) < MOST_ROWS:
                count = self.rows[row] = Count()
            if count is not None:
                count.hits, count.asked = hits, count.asked + 1
                if visit not in count.visits and self.visits < MOST_VISITS:
                    count.visits.add(visit)
                    self.visits += 1
        self._write_soon()

    def click(self, row: Row, rank: int, visit: bytes) -> None:
        with self.lock:
            if len(self.clicks) < MOST_CLICKS:
                self.clicks.append(Click(row, rank, visit, time.monotonic()))
        self._write_soon()

    def flush(self, *, all_clicks: bool = True) -> None:
        """Never raises: what could not be written waits for the next time."""
        with self.writing:
            rows, clicks = self._take(all_clicks)
            if not rows and not clicks:
                return
            try:
                self.write(rows, clicks)
            except Exception as error:  # noqa: BLE001  whatever a database can say
                logger.warning("not written down yet: %s", type(error).__name__)
                self._put_back(rows, clicks)

    def _take(self, all_clicks: bool) -> tuple[dict[Row, Count], list[Click]]:
        """A click may be quicker than another process that writes down the search: it waits for two rounds."""
        ripe = time.monotonic() - 2 * settings.SEARCH_LOG_SECONDS
        with self.lock:
            rows, self.rows, self.visits = self.rows, {}, 0
            clicks = [click for click in self.clicks if all_clicks or click.at <= ripe]
            self.clicks = self.clicks[len(clicks) :]
        return rows, clicks

    def _put_back(self, rows: dict[Row, Count], clicks: list[Click]) -> None:
        with self.lock:
            for row, count in rows.items():
                if known := self.rows.get(row):
                    known.asked, known.new_visits = known.asked + count.asked, known.new_visits + count.new_visits
                    known.visits |= count.visits
                elif len(self.rows) < MOST_ROWS:
                    self.rows[row] = count
            self.clicks = (clicks + self.clicks)[:MOST_CLICKS]

    def _write_soon(self) -> None:
        """The thread begins with the first count, so in each process that serves and in no other."""
        if not settings.SEARCH_LOG_SECONDS or (self.thread and self.thread.is_alive()):
            return
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self._write_now_and_then, name="query-log", daemon=True)
                self.thread.start()
                # A worker of the web server ends without atexit; this runs in both cases.
                Finalize(None, self.stop, exitpriority=EXIT_PRIORITY)

    def stop(self) -> None:
        """The thread ends; what is left is written down."""
        self.ended.set()
        if self.thread:
            self.thread.join()
        self.flush()

    def _write_now_and_then(self) -> None:
        while not self.ended.wait(settings.SEARCH_LOG_SECONDS):
            close_old_connections()
            self.flush(all_clicks=False)
            connection.close()
