"""Makes .venv from the locked requirements; does nothing when they are there already. Standard library only."""

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
LOCKS = {"base": ["build", "base"], "dev": ["build", "base", "dev"]}


class StepError(Exception):
    """Said to the person at the keyboard as it is."""


def prepare(name: str) -> bool:
    """Installs the lock files that this name stands for; whether there was anything to do."""
    wanted = {lock: _digest(lock) for lock in LOCKS[name]}
    if _installed().items() >= wanted.items():
        return False
    _make_venv()
    kept = _installed()
    STAMP.unlink(missing_ok=True)
    run([PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", _lock("build")])
    files = [part for lock in LOCKS[name][1:] for part in ("-r", _lock(lock))]
    run([VENV / "bin" / "uv", "pip", "install", "-q", "--no-deps", "--require-hashes", *files], _for_uv())
    run([PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-e", ROOT])
    STAMP.write_text(json.dumps(kept | wanted))
    return True


def run(command: list[str | Path], variables: dict[str, str] | None = None) -> str:
    """What the command printed; when it fails, that becomes the message."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"} | (variables or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        shown = " ".join(Path(str(part)).name if isinstance(part, Path) else part for part in command)
        raise StepError(f"{done.stdout.strip()}\nThis failed: {shown}")
    return done.stdout


def _make_venv() -> None:
    if PYTHON.exists():
        return
    try:
        venv.create(VENV, clear=True, with_pip=True)
    except subprocess.CalledProcessError as error:
        raise StepError("This Python cannot make a virtual environment (on Debian: install python3-venv).") from error
    except OSError as error:
        raise StepError(f"Cannot write to {VENV}: {error.strerror}.") from error


def _installed() -> dict[str, str]:
    if not (PYTHON.exists() and STAMP.exists()):
        return {}
    return json.loads(STAMP.read_text())


def _digest(lock: str) -> str:
    text = _lock(lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()
    return hashlib.sha256(text).hexdigest()


def _lock(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _for_uv() -> dict[str, str]:
    """uv reads neither pip's settings nor its variables: pass on the index and the certificate that pip was given."""
    pairs = {"UV_DEFAULT_INDEX": "PIP_INDEX_URL", "SSL_CERT_FILE": "PIP_CERT"}
    given = {ours: os.environ[theirs] for ours, theirs in pairs.items() if os.environ.get(theirs)}
    return {"VIRTUAL_ENV": str(VENV)} | {name: value for name, value in given.items() if name not in os.environ}


if __name__ == "__main__":
    try:
        prepare(sys.argv[1] if len(sys.argv) > 1 else "base")
    except StepError as failure:
        sys.exit(str(failure))
