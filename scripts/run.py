"""`make run`: from a fresh clone to a living demo city, in one terminal. Standard library only.

Variables: PORT (8000) and DATA_DIR (var: database, media, mail, logs); every LC_… setting is passed on.
"""

import contextlib
import hashlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from environment import PYTHON, ROOT, VENV, StepError, prepare, run

STEPS = 6
PATIENCE = 60
DEMO = ROOT / "site/pages/management/commands/load_demo.py"


class StopError(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


def main() -> int:
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        port = _port()
        folder = _folder()
        os.environ.update(_settings(port, folder))
        _prepare(folder)
        return _serve(port, folder)
    except StepError as failure:
        print(failure, file=sys.stderr)
        return 1
    except StopError:
        return 130


def _stop(signum: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise StopError


def _port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise StepError(f"PORT is {given!r}; expected a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(given)))
        except OSError as error:
            raise StepError(
                f"Port {given} cannot be used ({error.strerror}). Choose another: make run PORT=8001"
            ) from error
    return int(given)


def _folder() -> Path:
    given = os.environ.get("DATA_DIR") or os.environ.get("LC_DATA_DIR") or ROOT / "var"
    folder = Path(given).expanduser().resolve()
    try:
        (folder / "logs").mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-test-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StepError(
            f"Cannot write to {folder} ({error.strerror}). Choose another folder: make run DATA_DIR=/path/to/folder"
        ) from error
    return folder


def _settings(port: int, folder: Path) -> dict[str, str]:
    defaults = {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "LC_BASE_URL": f"http://localhost:{port}",
        "LC_SECRET_KEY": _secret_key(folder / "secret-key"),
    }
    return {"LC_DATA_DIR": str(folder)} | {name: os.environ.get(name) or value for name, value in defaults.items()}


def _secret_key(path: Path) -> str:
    with contextlib.suppress(FileExistsError):
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text()


# --- the six steps ------------------------------------------------------------------------------------------------
def _prepare(folder: Path) -> None:
    with _step(1, "Python packages") as say:
        say("installed" if prepare("base") else "already there")
    stamp, accounts = folder / "prepared.json", folder / "demo-accounts.txt"
    done = _read_json(stamp) if _database_exists(folder) else {}
    wanted = {"database": os.environ.get("LC_DATABASE_URL", ""), "migrations": _migrations()}
    with _step(2, "Database") as say:
        if done == wanted:
            say("up to date")
        else:
            run([PYTHON, "manage.py", "migrate", "--verbosity", "0", "--no-input"])
    with _step(3, "Translations"):
        run([PYTHON, "-m", "common.catalogues"])
    with _step(4, "Demo city") as say:
        if not DEMO.exists():
            say("not part of this version")
        elif accounts.exists() and done.get("database") == wanted["database"]:
            say("already there")
        else:
            accounts.write_text(run([PYTHON, "manage.py", "load_demo"]))
    stamp.write_text(json.dumps(wanted))


def _serve(port: int, folder: Path) -> int:
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        with _step(5, "Web server and worker"):
            processes["web server"] = _start(_web_command(port), folder / "logs/web.log")
            processes["worker"] = _start([str(PYTHON), "manage.py", "worker"], folder / "logs/worker.log")
        with _step(6, "First page"):
            _wait_until_ready(port, processes)
        _greet(port, folder)
        while _first_ended(processes) is None:
            time.sleep(0.3)
        raise StepError(_epitaph(processes, folder))
    finally:
        _end(list(processes.values()))


def _web_command(port: int) -> list[str]:
    options = "--interface wsgi --workers 1 --blocking-threads 4 --no-ws --log-level warning --host 127.0.0.1 --port"
    return [str(VENV / "bin/granian"), *options.split(), str(port), "config.wsgi:application"]


def _start(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches only us, and we stop the others in good order."""
    with log.open("wb") as output:
        return subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )


def _wait_until_ready(port: int, processes: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and _first_ended(processes) is None:
        with contextlib.suppress(urllib.error.HTTPError):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                return
            except urllib.error.HTTPError:
                raise
            except OSError:
                time.sleep(0.1)


def _first_ended(processes: dict[str, subprocess.Popen[bytes]]) -> str | None:
    return next((name for name, process in processes.items() if process.poll() is not None), None)


def _epitaph(processes: dict[str, subprocess.Popen[bytes]], folder: Path) -> str:
    name = _first_ended(processes) or ""
    log = folder / "logs" / ("web.log" if name == "web server" else "worker.log")
    last = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
    return f"{last}\nThe {name} ended (exit code {processes[name].returncode}), so everything was stopped. Log: {log}"


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + 10
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _greet(port: int, folder: Path) -> None:
    accounts = folder / "demo-accounts.txt"
    print(f"\nThe city is open:  http://localhost:{port}/\nFor editors:       http://localhost:{port}/cms/\n")
    if accounts.exists():
        print(accounts.read_text().rstrip() + "\n")
    print(f"Data, mail and logs: {folder}\nStop with Ctrl-C.", flush=True)


# --- small parts --------------------------------------------------------------------------------------------------
@contextlib.contextmanager
def _step(number: int, title: str) -> Iterator:
    started = time.monotonic()
    said: list[str] = []
    print(f"{number}/{STEPS} {title} … ", end="", flush=True)
    try:
        yield said.append
    except BaseException:
        print("stopped", flush=True)
        raise
    print(f"{said[0] if said else 'done'} ({time.monotonic() - started:.1f} s)", flush=True)


def _migrations() -> str:
    """Changes when a migration of ours or the version of a package does."""
    files = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("site/*/migrations/*.py"), ROOT / "requirements/base.txt"]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def _database_exists(folder: Path) -> bool:
    return bool(os.environ.get("LC_DATABASE_URL")) or (folder / "city.sqlite3").exists()


def _read_json(path: Path) -> dict[str, str]:
    return json.loads(path.read_text()) if path.exists() else {}


if __name__ == "__main__":
    sys.exit(main())
