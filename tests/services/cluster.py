"""Servers that tests may kill, pause and empty: each of them started for one test module, on a port of its own."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Server:
    command: str
    port: int
    variables: dict[str, str] = field(default_factory=dict)
    url: str = ""
    ca: str = ""
    password: str = ""

    def start(self) -> None:
        self._read(self._run("start", str(self.port)))

    def restart(self, *options: str) -> None:
        self._read(self._run("restart", str(self.port), *options))

    def stop(self) -> None:
        self._run("stop", str(self.port))

    def kill(self) -> None:
        self.send(signal.SIGKILL)

    @contextmanager
    def paused(self) -> Iterator[None]:
        self.send(signal.SIGSTOP)
        yield
        self.send(signal.SIGCONT)

    def send(self, what: signal.Signals) -> None:
        os.kill(int(self._run("pid", str(self.port))), what)

    def _run(self, *arguments: str) -> str:
        variables = {**os.environ, "ES_HEAP": "512m", **self.variables}
        done = subprocess.run([self.command, *arguments], env=variables, capture_output=True, text=True, timeout=400)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _read(self, printed: str) -> None:
        self.url, *others = printed.split()
        known = dict(line.split("=", 1) for line in others)
        self.ca, self.password = known.get("CA", ""), known.get("PASSWORD", "")


def free_port() -> int:
    """Of which the one a hundred above is free too: servers talk to each other there."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 100))
            except (OSError, OverflowError):
                continue
            return port


def until(condition: Callable[[], bool], *, seconds: float, step: Callable[[], object]) -> None:
    """Does the step again and again until it is so."""
    import time

    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "not within the time"
        step()
        time.sleep(0.1)
