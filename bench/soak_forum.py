"""`make soak`: people write on the board all at once while its processes are killed; then everything is counted.

granian with two workers and a background worker, on PostgreSQL and Redis (the servers of `make services`) or, with
`--sqlite`, on a file. Fails where anything was lost, came twice or is counted wrongly.
"""

import argparse
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis

from bench.run import ROOT, _python, _variables, _wait_for
from bench.run_forum import GENEROUS
from bench.soak_letters import Letters, mail_server
from bench.soak_people import DONE, OUTCOMES, REFUSED, Citizen, Moderator, World, everybody

REDIS_NUMBER = 3
PATIENCE = 240  # seconds until a server answers, on a machine that has much to do
BETWEEN_KILLS = (3.0, 9.0)  # seconds
LOST = "WorkerLostError"


# --- processes --------------------------------------------------------------------------------------------------------
class Processes:
    """The server and the worker. Only what was started here is ever killed, by its number."""

    def __init__(self, variables: dict[str, str], folder: Path) -> None:
        self.environment = os.environ | variables | {"PYTHONPATH": str(ROOT)}
        self.port = _free_port()
        self.log = (folder / "processes.log").open("ab")
        self.kills: Counter[str] = Counter()
        self.server = self._start_server()
        self.worker = self._start_worker()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log)

    def _start_server(self) -> subprocess.Popen[bytes]:
        granian = str(Path(sys.executable).with_name("granian"))
        options = f"--interface wsgi --workers 2 --blocking-threads 4 --no-ws --host 127.0.0.1 --port {self.port}"
        respawn = ("--respawn-failed-workers", "--respawn-interval", "0.5", "--log-level", "error")
        started = self._start(granian, *options.split(), *respawn, "config.wsgi:application")
        try:
            _wait_for(self.port, PATIENCE)
        except SystemExit:
            started.terminate()
            raise
        return started

    def _start_worker(self) -> subprocess.Popen[bytes]:
        return self._start(sys.executable, "manage.py", "worker", "--interval", "0.1", "--beat", "1")

    def kill_one_of_the_servers(self) -> None:
        """A worker process of granian, which starts another one."""
        if children := _children(self.server.pid):
            _kill(random.choice(children))

    def kill_server(self) -> None:
        children = _children(self.server.pid)
        for pid in (self.server.pid, *children):
            _kill(pid)
        self.server.wait()
        self.server = self._start_server()

    def kill_worker(self) -> None:
        self.worker.kill()
        self.worker.wait()
        self.worker = self._start_worker()

    def keep_killing(self, ended: threading.Event) -> None:
        """The worker as often as both others together: letters are what can come twice."""
        deeds: tuple[Callable[[], None], ...] = (self.kill_one_of_the_servers, self.kill_server, self.kill_worker)
        while not ended.wait(random.uniform(*BETWEEN_KILLS)):
            deed = random.choices(deeds, (2, 1, 3))[0]
            deed()
            self.kills[deed.__name__.replace("_", " ")] += 1
            if self.server.poll() is not None:
                self.server = self._start_server()
            _wait_for(self.port, PATIENCE)  # what is down cannot be soaked

    def end(self) -> None:
        for process in (self.worker, self.server):
            process.terminate()
        for process in (self.worker, self.server):
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
        self.log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


# --- the city ---------------------------------------------------------------------------------------------------------
@contextmanager
def database(folder: Path, *, sqlite: bool) -> Iterator[dict[str, str]]:
    """Its settings; it is gone afterwards."""
    if sqlite:
        variables = _variables("", "", folder)
        yield {name: value for name, value in variables.items() if value}
        return
    server, cache = (os.environ.get(f"LC_TEST_{name}_URL") for name in ("POSTGRES", "REDIS"))
    if not server or not cache:
        raise SystemExit("Start the servers by `make services`.")
    name, cache = f"soak_{uuid.uuid4().hex[:12]}", f"{cache}/{REDIS_NUMBER}"
    with redis.Redis.from_url(cache) as kept:
        kept.flushdb()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield _variables(urlunsplit(urlsplit(server)._replace(path=f"/{name}")), cache, folder)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def soak(options: argparse.Namespace, variables: dict[str, str], folder: Path, letters: Letters) -> list[str]:
    variables |= GENEROUS | {"LC_EMAIL_URL": f"smtp://127.0.0.1:{letters.port}", "LC_FORUM_REPEAT_HOURS": "0"}
    _python(variables, "manage.py", "migrate", "--verbosity", "0")
    _python(variables, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    seeded = _python(variables, "bench/soak_seed.py", str(options.people), str(options.moderators))
    told = json.loads(seeded.splitlines()[-1])
    world = World(culprit=told["culprit"])
    processes = Processes(variables, folder)
    try:
        _live(options, told, world, processes)
        counted = json.loads(_python(variables, "bench/soak_count.py").splitlines()[-1])
    finally:
        processes.end()
    found = [*world.failures, *_posts(world, counted), *_counted(counted), *_letters(counted, letters)]
    for command in (("synchronize_forum", "--check"), ("check_index",)):
        found += _checked(variables, *command)
    _table(world, processes, counted, letters)
    return found


def _live(options: argparse.Namespace, told: dict[str, Any], world: World, processes: Processes) -> None:
    cookie = lambda session: f"{told['cookie']}={session}"  # noqa: E731
    people = [
        kind(world, processes.port, cookie(session), f"{options.seed} {pk}")
        for kind, ones in ((Citizen, told["citizens"]), (Moderator, told["moderators"]))
        for pk, session in ones
    ]
    calm = threading.Event()
    killer = threading.Thread(target=processes.keep_killing, args=[calm], daemon=True)
    threads = everybody(people)
    killer.start()
    time.sleep(options.seconds)
    calm.set()
    killer.join()
    world.stopped.set()
    for thread in threads:
        thread.join(timeout=120)


# --- what must be so --------------------------------------------------------------------------------------------------
def _posts(world: World, counted: dict[str, Any]) -> Iterator[str]:
    for one in world.written:
        there = counted["posts"].get(one.marker, [])
        if len(there) > 1:
            yield f"{one.marker}: there {len(there)} times"
        if DONE in one.outcomes and not there:
            yield f"{one.marker}: acknowledged and lost"
        if one.outcomes == {REFUSED} and there:
            yield f"{one.marker}: refused and there"
        if one.post and there:
            yield from _words(world, one, *there[0])


def _words(world: World, one: Any, pk: int, standing: str, edit: int) -> Iterator[str]:
    if pk != one.post:
        yield f"{one.marker}: acknowledged as {one.post}, there as {pk}"
    if standing == "removed" and pk not in world.asked_to_go and not world.removes_by_desk:
        yield f"{one.marker}: removed, and nobody asked for it"
    if not one.acknowledged_edit <= edit <= one.last_edit:
        yield f"{one.marker}: changed {one.acknowledged_edit} times, says {edit}"


def _counted(counted: dict[str, Any]) -> Iterator[str]:
    if not counted["drained"]:
        yield "the worker did not come to an end"
    yield from (f"topic {pk}: numbers with gaps" for pk in counted["gaps"])
    yield from (f"proposal {pk}: votes are not people" for pk in counted["votes"])
    yield from (f"notice {key} twice for {person}" for person, key in counted["twice"])
    yield from (f"task {line}" for line in counted["failed"] if LOST not in line)


def _letters(counted: dict[str, Any], letters: Letters) -> Iterator[str]:
    yield from (f"notice {pk} stands first in {n} letters" for pk, n in letters.firsts().items() if n > 1)
    mailed = {(email, path): number for email, path, number in counted["mailed"]}
    for (email, path), number in letters.told().items():
        if number > mailed.get((email, path), 0):
            yield f"{email} had {number} letters of {path}, for {mailed.get((email, path), 0)} notices"


def _checked(variables: dict[str, str], *command: str) -> list[str]:
    environment = os.environ | variables
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    print(f"{' '.join(command)}: {done.stdout.strip().splitlines()[-1:]}", flush=True)
    lines = (done.stdout + done.stderr).splitlines()
    return [f"{command[0]}: {line}" for line in lines] if done.returncode else []


def _table(world: World, processes: Processes, counted: dict[str, Any], letters: Letters) -> None:
    print(f"{'deed':28}" + "".join(f"{outcome:>10}" for outcome in OUTCOMES))
    for deed in sorted({deed for deed, _outcome in world.counts}):
        print(f"{deed:28}" + "".join(f"{world.counts[deed, outcome]:>10}" for outcome in OUTCOMES))
    sums = [sum(n for (_deed, one), n in world.counts.items() if one == outcome) for outcome in OUTCOMES]
    print(f"{'all':28}" + "".join(f"{number:>10}" for number in sums))
    lost = sum(LOST in line for line in counted["failed"])
    print(f"{len(world.written)} posts sent, {counted['notices']} notices, {len(letters.taken)} letters")
    print(f"killed: {', '.join(f'{n} × {deed}' for deed, n in processes.kills.items()) or 'nothing'}", end="")
    print(f"; {lost} tasks lost three workers")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="of writing")
    parser.add_argument("--sqlite", action="store_true", help="on a file instead of PostgreSQL")
    parser.add_argument("--seed", type=int, default=1, help="of what people choose to do")
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--moderators", type=int, default=2)
    options = parser.parse_args()
    random.seed(options.seed)
    where, people = "SQLite" if options.sqlite else "PostgreSQL", f"{options.people}+{options.moderators} people"
    print(f"{where}, {people}, {options.seconds} s, seed {options.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    with mail_server() as letters, database(folder, sqlite=options.sqlite) as variables:
        found = soak(options, variables, folder, letters)
    print("\n".join(found))
    print(f"{len(found)} differences.{f' The log of the processes is in {folder}.' if found else ''}")
    if found:
        raise SystemExit(1)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
