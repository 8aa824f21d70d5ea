"""`make run` as a newcomer meets it: real processes; what goes wrong is said in one line."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.ROOT)
SCRIPT = ROOT / "scripts" / "run.py"
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def variables(**given: object) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "DJANGO_"))}
    return kept | {name: str(value) for name, value in given.items()}


def run(**given: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT], env=variables(**given), capture_output=True, text=True, timeout=PATIENCE
    )


class Running:
    """The launcher, what it has printed so far, and where its city is."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.output = folder / "printed.txt"
        with self.output.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, SCRIPT], env=variables(PORT=self.port, DATA_DIR=folder), stdout=file, stderr=file
            )

    @property
    def printed(self) -> str:
        return self.output.read_text()

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while text not in self.printed:
            assert self.process.poll() is None, self.printed
            assert time.monotonic() < deadline, self.printed
            time.sleep(0.1)

    def children(self) -> dict[str, int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=True
        ).stdout
        return {
            ("worker" if "manage.py worker" in line else "web"): int(line.split()[0]) for line in listed.splitlines()
        }


@pytest.fixture
def folder(transactional_db, tmp_path) -> Path:
    """A data folder as an earlier run left it."""
    sys.path.insert(0, str(SCRIPT.parent))
    try:
        from run import _migrations
    finally:
        sys.path.remove(str(SCRIPT.parent))
    shutil.copyfile(connection.settings_dict["NAME"], tmp_path / "city.sqlite3")
    (tmp_path / "demo-accounts.txt").write_text("editor@example.org  secret-of-the-demo\n")
    (tmp_path / "prepared.json").write_text(json.dumps({"database": "", "migrations": _migrations()}))
    return tmp_path


@pytest.fixture
def start(folder) -> Iterator[Callable[[], Running]]:
    started: list[Running] = []

    def begin() -> Running:
        started.append(Running(folder))
        return started[-1]

    yield begin
    for running in started:
        running.process.terminate()
        running.process.wait(timeout=PATIENCE)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the SQLite file")
class TestSecondRun:
    def test_city_opens_with_address_and_accounts_and_ctrl_c_ends_everything(self, start, folder):
        begun = time.monotonic()
        running = start()
        running.wait_for("Stop with Ctrl-C.")
        seconds = time.monotonic() - begun

        with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/healthz", timeout=10) as answer:
            assert answer.read() == b"ok"
        with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/static/css/site.css", timeout=10) as answer:
            assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'
        children = running.children()
        running.process.send_signal(signal.SIGINT)

        assert running.process.wait(timeout=PATIENCE) == 130
        assert f"http://localhost:{running.port}/" in running.printed
        assert "editor@example.org  secret-of-the-demo" in running.printed
        assert sorted(children) == ["web", "worker"]
        assert not any(Path(f"/proc/{pid}").exists() for pid in children.values())
        assert seconds < 30  # promised are 10 on an idle machine; the suite runs two at a time
        assert (folder / "secret-key").stat().st_mode & 0o077 == 0

    def test_worker_that_dies_takes_the_web_server_along_and_it_is_said(self, start, folder):
        running = start()
        running.wait_for("Stop with Ctrl-C.")
        children = running.children()

        os.kill(children["worker"], signal.SIGKILL)

        assert running.process.wait(timeout=PATIENCE) == 1
        assert "The worker ended (exit code -9), so everything was stopped." in running.printed
        assert not Path(f"/proc/{children['web']}").exists()


def test_port_in_use_is_said_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = run(PORT=port, DATA_DIR=tmp_path)

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (f"Port {port} cannot be used (Address already in use). Choose another: make run PORT=8001\n")


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_port_that_is_none_is_said_in_one_line(tmp_path, port):
    done = run(PORT=port, DATA_DIR=tmp_path)

    assert (done.returncode, done.stderr) == (1, f"PORT is {port!r}; expected a number from 1 to 65535.\n")


def test_folder_that_cannot_be_written_is_said_in_one_line():
    done = run(PORT=free_port(), DATA_DIR="/proc/city")

    assert done.returncode == 1
    assert done.stderr.startswith("Cannot write to /proc/city (")
    assert done.stderr.endswith("Choose another folder: make run DATA_DIR=/path/to/folder\n")
    assert done.stderr.count("\n") == 1


def test_python_that_is_too_old_is_said_in_one_line(tmp_path):
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
    old.chmod(0o755)

    done = subprocess.run(
        [ROOT / "scripts" / "python", SCRIPT], env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr == (
        "Learning City needs Python 3.11 or newer; found here: Python 3.9.2. "
        "Name another: make run PYTHON=/path/to/python3\n"
    )
