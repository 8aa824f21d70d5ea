"""`make bench-forum`: the board at 10⁴, 10⁵ and 10⁶ posts, a twentieth of them (50,000 at most) in one topic.

Board page, deep board page, topic page first, middle and last, JSON of a topic; posting a reply; marking read, of
pages that nobody has opened before and again of the same ones by somebody else.
PostgreSQL and Redis, granian with two workers; needs the servers of `make services`.
"""

import argparse
import json
import os
import secrets
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg

from bench.run import HOST, LOADER, WEB, _python, _variables, load, served

HEADINGS = ("posts", "what", "reader", "kB", "req/s", "p50 ms", "p95 ms", "queries")
WIDTHS = (8, 22, 10, 6, 8, 8, 8, 8)
REPLIES, PAGES_READ = 200, 300
# One person replies as fast as the server answers; people would be asked to slow down.
GENEROUS = {"LC_FORUM_PACE": "10000/10000/10000", "LC_FORUM_NEWCOMER_PACE": "10000/10000/10000"}
GENEROUS |= {"LC_FORUM_SHORTEST_WRITING": "0"}


def row(*cells: object) -> None:
    print(" ".join(f"{cell!s:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True)), flush=True)


def cities(server: str, redis: str, sizes: list[int], folder: Path) -> Iterator[tuple[int, dict[str, str], Any]]:
    """Each size in a database of its own."""
    for number, size in enumerate(sizes):
        name = f"bench_forum_{size}"
        database = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        variables = _variables(database, f"{redis}/{number + 4}", folder) | GENEROUS
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}"')
        _python(variables, "manage.py", "migrate", "--verbosity", "0")
        _python(variables, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        begun = time.monotonic()
        places = json.loads(_python(variables, "bench/grow_forum.py", str(size)).splitlines()[-1])
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        told = json.loads(_python(variables, "bench/count_forum.py", json.dumps(places)).splitlines()[-1])
        print(f"{size:,} posts made in {time.monotonic() - begun:.0f} s", flush=True)
        yield size, variables, told


class Reader:
    """One person's browser, on one connection."""

    def __init__(self, cookie: str) -> None:
        self.token = secrets.token_hex(16)
        self.connection = HTTPConnection("127.0.0.1", WEB, timeout=30)
        self.headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "Referer": f"https://{HOST}/",
            "Cookie": f"{cookie}; __Host-csrf={self.token}",
            "X-CSRFToken": self.token,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, float]:
        begun = time.perf_counter()
        self.connection.request(method, path, body, self.headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status, (time.perf_counter() - begun) * 1000


def timed(asks: Callable[[int], tuple[int, float]], times: int, expected: int) -> tuple[float, float, float, int]:
    """(per second, p50, p95, others than expected)."""
    answers = [asks(number) for number in range(times)]
    taken = [milliseconds for _, milliseconds in answers]
    cuts = statistics.quantiles(taken, n=20)
    wrong = sum(status != expected for status, _ in answers)
    return 1000 * times / sum(taken), statistics.median(taken), cuts[18], wrong


def measure(size: int, variables: dict[str, str], told: dict[str, Any], seconds: int) -> None:
    with served("config.wsgi:application", WEB, variables):
        for reader, cookie, connections in (("anonymous", "", 8), ("signed in", told["cookie"], 8)):
            for name, path in told["paths"].items():
                load(WEB, path, cookie, connections=connections, seconds=1)
                page = load(WEB, path, cookie, connections=connections, seconds=seconds)
                errors = f" {page.errors} errors" if page.errors else ""
                kilobytes = f"{told['bytes'][reader][name] / 1000:.0f}"
                figures = (f"{page.rate:.0f}", f"{page.p50:.1f}", f"{page.p95:.1f}")
                row(f"{size:,}", name, reader, kilobytes, *figures, f"{told['queries'][reader][name]}{errors}")
        reader_alone = Reader(told["cookie"])
        for name, path in told["replies"].items():
            sent = lambda number, path=path: reader_alone.ask(  # noqa: E731
                "POST", path, urlencode({"text": f"Ответ номер {number} {uuid.uuid4()}", "ticket": uuid.uuid4()})
            )
            _row_of(size, name, timed(sent, REPLIES, 302), told["queries"]["signed in"].get(name, ""))
        for name, cookie in zip(("read, page is new", "read, page is kept"), told["new"], strict=True):
            newcomer = Reader(cookie)
            read = lambda number, one=newcomer: one.ask("GET", f"{told['unread']}?page={number + 2}")  # noqa: E731
            _row_of(size, name, timed(read, min(PAGES_READ, told["pages"] - 3), 200), "")


def _row_of(size: int, name: str, figures: tuple[float, float, float, int], queries: object) -> None:
    rate, p50, p95, wrong = figures
    errors = f" {wrong} errors" if wrong else ""
    row(f"{size:,}", name, "signed in", "", f"{rate:.0f}", f"{p50:.1f}", f"{p95:.1f}", f"{queries}{errors}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="posts")
    parser.add_argument("--seconds", type=int, default=5, help="for each measurement")
    options = parser.parse_args()
    server, redis = (os.environ.get(f"LC_TEST_{name}_URL") for name in ("POSTGRES", "REDIS"))
    if not server or not redis:
        raise SystemExit("Start the servers by `make services`.")
    print(f"Load by {LOADER}, 8 connections. Replies, and reading on in a topic, by one person alone.", flush=True)
    row(*HEADINGS)
    with tempfile.TemporaryDirectory() as folder:
        for size, variables, told in cities(server, redis, options.sizes, Path(folder)):
            measure(size, variables, told, options.seconds)


if __name__ == "__main__":
    main()
