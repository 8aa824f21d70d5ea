"""Every setting is known to the reader of README.md and .env.example, and the other way round."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.ROOT)
NEEDED = {
    "LC_SECRET_KEY": "x" * 50,
    "LC_ALLOWED_HOSTS": "city.example",
    "LC_BASE_URL": "https://city.example",
}


def start(module: str, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "DJANGO_"))}
    code = f"from config.settings.{module} import env; print(*env.known)"
    return subprocess.run([sys.executable, "-c", code], env=kept | variables, capture_output=True, text=True)


def known() -> set[str]:
    return {name for module in ("dev", "production") for name in start(module, **NEEDED).stdout.split()}


def test_readme_has_every_setting_and_no_other():
    table = (ROOT / "README.md").read_text().split("## Settings")[1].split("\n## ")[0]

    listed = re.findall(r"`(LC_[A-Z0-9_]+)`", "".join(line.split("|")[1] for line in table.splitlines() if "|" in line))

    assert sorted(listed) == sorted(known())


def test_example_has_every_setting_and_no_other():
    text = (ROOT / ".env.example").read_text()

    listed = re.findall(r"^#?(LC_[A-Z0-9_]+)=", text, re.MULTILINE)

    assert sorted(listed) == sorted(known())


def test_compose_passes_no_setting_that_would_stop_the_start():
    text = (ROOT / "docker-compose.yml").read_text() + (ROOT / "Dockerfile").read_text()

    assert set(re.findall(r"LC_[A-Z0-9_]+", text)) <= known()


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_server_does_not_start_without_what_it_needs(name):
    done = start("production", **{key: value for key, value in NEEDED.items() if key != name})

    assert done.returncode == 1
    assert f"{name} is not set; expected" in done.stderr.splitlines()[-1]


def test_server_does_not_start_with_a_plain_http_address():
    done = start("production", **(NEEDED | {"LC_BASE_URL": "http://city.example"}))

    assert "LC_BASE_URL is not understood; expected an address that begins with https://." in done.stderr


def test_misspelt_setting_stops_the_start_by_its_name():
    done = start("dev", LC_EMAIL_ULR="smtp://mail.example")

    assert done.returncode == 1
    assert "Unknown setting LC_EMAIL_ULR. Known are: " in done.stderr.splitlines()[-1]


def test_pictures_may_come_from_the_bucket_that_holds_them():
    bucket = {"LC_S3_BUCKET": "city", "LC_S3_DOMAIN": "media.city.example"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "DJANGO_"))}
    code = "from config.settings.dev import *; print(*CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src'])"

    done = subprocess.run([sys.executable, "-c", code], env=kept | bucket, capture_output=True, text=True)

    assert done.stdout.split() == ["'self'", "data:", "https://media.city.example"]
