"""What depends on the database passes its own tests on PostgreSQL too, run against the server that is given."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.services
@pytest.mark.parametrize(
    "tests",
    [
        ("tests/search",),
        [f"tests/forum/test_{name}.py" for name in ("together", "counters", "merging", "merging_pages", "splitting")],
        ("tests/services/grown_board.py",),
    ],
    ids=["index", "several at once", "grown for measurements"],
)
def test_tests_pass_on_postgresql(services, tests):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTEST_"))}

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=ROOT,
        env=environment | {"LC_DATABASE_URL": services.postgres},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )

    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
    assert " passed" in run.stdout.splitlines()[-1]
    assert "skipped" not in run.stdout.splitlines()[-1]
