"""A short soak (`make soak` is the long one): real processes, killed at random, and nothing is lost or comes twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.services
def test_nothing_is_lost_while_processes_are_killed(services):
    run = subprocess.run(
        [sys.executable, "-m", "bench.soak_forum", "--seconds", "25"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=1_500,
        check=False,
    )

    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-3000:]
    assert run.stdout.splitlines()[-1] == "0 differences."
