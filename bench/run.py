"""`make bench`: requests per second, p50, p95 and SQL queries of the pages people open.

At the demo's size and at many times it, beside a bare Django view of as many bytes; granian with two workers on
PostgreSQL and Redis. Needs the servers of `make services`; uses wrk where it is installed, else threads of this process
(slower, and said so).
"""

import argparse
import json
import os
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
HOST = "city.example"
WEB, BARE = 8645, 8646
LOADER = "wrk" if shutil.which("wrk") else "threads of one Python process, which is the limit (install wrk)"
LUA = """done = function(summary, latency)
  io.write(string.format("MEASURED %f %f %f %d\\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


@dataclass(frozen=True)
class Measured:
    rate: float
    p50: float
    p95: float
    errors: int


@dataclass(frozen=True)
class City:
    """One database of one size, ready to be served."""

    times: int
    variables: dict[str, str]
    paths: dict[str, str]
    cookie: str
    queries: dict[str, dict[str, int]]


# --- load ---------------------------------------------------------------------------------------------------------
def load(port: int, path: str, cookie: str, *, connections: int, seconds: int) -> Measured:
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"} | ({"Cookie": cookie} if cookie else {})
    with_wrk = shutil.which("wrk")
    return (_by_wrk if with_wrk else _by_threads)(f"http://127.0.0.1:{port}{path}", headers, connections, seconds)


def _by_wrk(url: str, headers: dict[str, str], connections: int, seconds: int) -> Measured:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA)
        script.flush()
        named = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script.name, *named, url]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate, p50, p95, errors = re.search(r"MEASURED (\S+) (\S+) (\S+) (\d+)", printed).groups()  # type: ignore[union-attr]
    return Measured(float(rate), float(p50), float(p95), int(errors))


def _by_threads(url: str, headers: dict[str, str], connections: int, seconds: int) -> Measured:
    parts, taken, errors = urlsplit(url), [], []
    until = time.monotonic() + seconds

    def ask() -> None:
        connection = HTTPConnection(parts.hostname or "", parts.port)
        while time.monotonic() < until:
            begun = time.perf_counter()
            connection.request("GET", urlunsplit(("", "", parts.path, parts.query, "")), headers=headers)
            answer = connection.getresponse()
            answer.read()
            taken.append((time.perf_counter() - begun) * 1000)
            if answer.status != 200:
                errors.append(answer.status)

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(taken, n=20)
    return Measured(len(taken) / seconds, statistics.median(taken), cuts[18], len(errors))


# --- servers ------------------------------------------------------------------------------------------------------
@contextmanager
def served(application: str, port: int, variables: dict[str, str]) -> Iterator[None]:
    options = (
        f"--interface wsgi --workers 2 --blocking-threads 2 --no-ws --log-level error --host 127.0.0.1 --port {port}"
    )
    command = [str(Path(sys.executable).with_name("granian")), *options.split(), application]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | variables, stdout=log, stderr=log)
        try:
            _wait_for(port)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait_for(port: int, patience: int = 60) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"nothing answers on port {port}")


def _size(port: int, path: str, cookie: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": HOST, "X-Forwarded-Proto": "https", "Cookie": cookie})
    return len(connection.getresponse().read())


# --- cities -------------------------------------------------------------------------------------------------------
def cities(server: str, redis: str, sizes: list[int], folder: Path) -> Iterator[City]:
    """The demo's database is made once; larger ones begin as its copy."""
    names = {times: f"bench_{times}" for times in {1, *sizes}}
    for number, times in enumerate(sorted(names)):
        database = urlunsplit(urlsplit(server)._replace(path=f"/{names[times]}"))
        variables = _variables(database, f"{redis}/{number + 8}", folder)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{names[times]}" WITH (FORCE)')
            copied = f'TEMPLATE "{names[1]}"' if times > 1 else ""
            connection.execute(f'CREATE DATABASE "{names[times]}" {copied}')
        if times == 1:
            _python(variables, "manage.py", "migrate", "--verbosity", "0")
            _python(variables, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
            _python(variables, "manage.py", "load_demo")
        else:
            print(_python(variables, "bench/grow.py", str(times)).strip(), flush=True)
            _python(variables, "manage.py", "rebuild_index")
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        told = json.loads(_python(variables, "bench/count.py").splitlines()[-1])
        if times in sizes:
            yield City(times, variables, told["paths"], f"{told['name']}={told['cookie']}", told["queries"])


def _variables(database: str, redis: str, folder: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "LC_SECRET_KEY": secrets.token_urlsafe(60),
        "LC_ALLOWED_HOSTS": HOST,
        "LC_BASE_URL": f"https://{HOST}",
        "LC_DATABASE_URL": database,
        "LC_REDIS_URL": redis,
        "LC_DATA_DIR": str(folder),
        "LC_ALLOW_DEMO": "yes",
        "LC_LOG_LEVEL": "WARNING",
    }


def _python(variables: dict[str, str], *arguments: str) -> str:
    path = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=os.environ | variables | path, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{done.stderr[-3000:]}\nThis failed: {' '.join(arguments)}")
    return done.stdout


# --- the table ----------------------------------------------------------------------------------------------------
HEADINGS = ("size", "page", "reader", "kB", "req/s", "bare", "of bare", "p50 ms", "p95 ms", "queries")
WIDTHS = (5, 11, 20, 6, 8, 8, 8, 8, 8, 8)


def row(*cells: object) -> None:
    print(" ".join(f"{cell!s:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True)), flush=True)


def measure(city: City, seconds: int) -> None:
    with served("config.wsgi:application", WEB, city.variables):
        for name, path in city.paths.items():
            _measure_page(city, name, path, "anonymous, stored", "", 16, seconds)
        for name, path in city.paths.items():
            _measure_page(city, name, path, "signed in, stored", city.cookie, 2, seconds)


def _measure_page(city: City, name: str, path: str, reader: str, cookie: str, connections: int, seconds: int) -> None:
    size = _size(WEB, path, cookie)
    load(WEB, path, cookie, connections=connections, seconds=1)
    page = load(WEB, path, cookie, connections=connections, seconds=seconds)
    bare = load(BARE, f"/{size}", "", connections=connections, seconds=seconds)
    errors = f" {page.errors} errors" if page.errors else ""
    rendered = reader.replace("stored", "rendered")
    queries = f"{city.queries[reader][name]} ({city.queries[rendered][name]})"
    row(
        f"{city.times}×",
        name,
        reader,
        f"{size / 1000:.0f}",
        f"{page.rate:.0f}",
        f"{bare.rate:.0f}",
        f"{page.rate / bare.rate:.0%}",
        f"{page.p50:.1f}",
        f"{page.p95:.1f}",
        queries + errors,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 100], help="times the demo city")
    parser.add_argument("--seconds", type=int, default=5, help="for each measurement")
    options = parser.parse_args()
    server, redis = (os.environ.get(f"LC_TEST_{name}_URL") for name in ("POSTGRES", "REDIS"))
    if not server or not redis:
        raise SystemExit("Start the servers by `make services`.")
    print(f"Load by {LOADER}. In brackets: queries of a page that had to be rendered.", flush=True)
    row(*HEADINGS)
    with (
        tempfile.TemporaryDirectory() as folder,
        served("bench.bare:application", BARE, {"BARE_DATABASE_URL": server, "PYTHONPATH": str(ROOT)}),
    ):
        for city in cities(server, redis, options.sizes, Path(folder)):
            measure(city, options.seconds)


if __name__ == "__main__":
    main()
