"""The production settings on a real PostgreSQL and a real Redis, served as in the compose file: granian, two workers,
a background worker, behind a proxy that ends TLS."""

import gzip
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.services, pytest.mark.xdist_group("production")]
ROOT = Path(settings.ROOT)
HOST = "city.example"
PATIENCE = 90
DEMO = ROOT / "site/pages/management/commands/load_demo.py"


class Production:
    """The processes of one city server and how to ask them."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.folder = folder
        self.variables = variables
        self.port = _free_port()
        self.processes: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.variables,
            capture_output=True,
            text=True,
        )

    def start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=ROOT, env=self.variables, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def start_web(self) -> None:
        options = f"--interface wsgi --workers 2 --blocking-threads 2 --no-ws --host 127.0.0.1 --port {self.port}"
        granian = str(Path(sys.executable).with_name("granian"))
        self.start("web", [granian, *options.split(), "config.wsgi:application"])

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self.start("worker", [sys.executable, "manage.py", "worker", "--beat", "0.5"])

    def get(self, path: str, *, method: str = "GET", scheme: str = "https", host: str = HOST, **headers: str):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers={"Host": host, "X-Forwarded-Proto": scheme} | named)
        response: HTTPResponse = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, body

    def wait_until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.2)

    def logs(self) -> str:
        return "\n".join(path.read_text()[-5000:] for path in sorted(self.folder.glob("*.log")))

    def is_ready(self) -> bool:
        try:
            return self.get("/readyz")[0] == 200
        except OSError:
            return False

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def production(services, tmp_path_factory) -> Iterator[Production]:
    folder = tmp_path_factory.mktemp("production")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "DJANGO_"))}
    running = Production(
        folder,
        kept
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "LC_SECRET_KEY": secrets.token_urlsafe(60),
            "LC_ALLOWED_HOSTS": HOST,
            "LC_BASE_URL": f"https://{HOST}",
            "LC_DATABASE_URL": services.postgres,
            "LC_REDIS_URL": services.redis,
            "LC_DATA_DIR": str(folder),
            "LC_ALLOW_DEMO": "yes",
        },
    )
    commands = [["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]]
    commands += [["load_demo"]] if DEMO.exists() else []
    for command in commands:
        done = running.manage(*command)
        assert done.returncode == 0, done.stderr[-4000:]
    running.start_web()
    running.start_worker()
    try:
        running.wait_until(running.is_ready)
        yield running
    finally:
        running.stop()


def test_deployment_check_is_clean(production):
    done = production.manage("check", "--deploy", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert done.stdout.strip() == "System check identified no issues (0 silenced)."


def test_every_component_is_ready(production):
    status, headers, body = production.get("/readyz", host="10.1.2.3:8000", scheme="http")

    assert status == 200
    assert json.loads(body) == {
        "status": "ok",
        "components": {"database": "ok", "cache": "ok", "worker": "ok", "search": "ok"},
    }
    assert headers["cache-control"] == "no-store"


def test_process_answers_probes_under_any_name(production):
    assert production.get("/healthz", host="10.1.2.3:8000", scheme="http")[::2] == (200, b"ok")


def test_plain_http_is_led_to_https(production):
    status, headers, _ = production.get("/ru/", scheme="http")

    assert (status, headers["location"]) == (301, f"https://{HOST}/ru/")


def test_other_host_names_are_refused(production):
    assert production.get("/ru/", host="evil.example")[0] == 400


def test_page_has_every_security_header(production):
    status, headers, _ = production.get("/ru/accounts/login/")

    assert status == 200
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "script-src 'self';" in headers["content-security-policy"] + ";"
    assert "unsafe" not in headers["content-security-policy"]


def test_cookies_are_bound_to_this_host_and_to_https(production):
    _, headers, _ = production.get("/ru/accounts/login/")

    cookie = headers["set-cookie"]
    assert cookie.startswith("__Host-csrf=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_stylesheets_are_named_by_content_and_kept_for_ever(production):
    _, _, page = production.get("/ru/accounts/login/")
    address = re.search(rb'href="(/static/css/site\.[0-9a-f]{12}\.css)"', page)
    assert address, page[:2000]

    status, headers, body = production.get(address[1].decode(), accept_encoding="gzip")

    assert status == 200
    assert "immutable" in headers["cache-control"]
    assert headers["content-encoding"] == "gzip"
    assert b"@media" in gzip.decompress(body)


def test_logs_are_json_with_the_requests_id_and_without_its_path(production):
    production.get("/ru/accounts/login/?q=what-anna-looks-for", x_request_id="proxy-0123456789")

    lines = [line for line in (production.folder / "web.log").read_text().splitlines() if "proxy-0123456789" in line]
    assert json.loads(lines[-1])["route"] == "ru/accounts/login/"
    assert "what-anna-looks-for" not in (production.folder / "web.log").read_text()


def kept(production, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """The stored page. The worker still makes pictures and words that pages show: beside a write no page is kept."""
    deadline = time.monotonic() + 90
    while True:
        answer = production.get(path, **headers)
        if "etag" in answer[1] or time.monotonic() > deadline:
            return answer
        time.sleep(0.3)


@pytest.mark.skipif(not DEMO.exists(), reason="the demo city is not part of this version")
class TestDemoCity:
    @pytest.mark.parametrize("path", ["/ru/", "/en/", "/be/"])
    def test_home_page_is_stored_and_known_by_its_tag(self, production, path):
        first = kept(production, path)
        again = kept(production, path, if_none_match=first[1]["etag"])
        while again[0] == 200:  # a picture was made meanwhile, so the page is another one
            first = again
            again = kept(production, path, if_none_match=first[1]["etag"])

        assert (first[0], again[0], again[2]) == (200, 304, b"")
        assert first[1]["vary"] == "Accept-Encoding, Cookie"

    def test_stored_page_is_sent_compressed(self, production):
        _, headers, body = kept(production, "/ru/", accept_encoding="gzip")

        assert headers["content-encoding"] == "gzip"
        assert b'<html lang="ru"' in gzip.decompress(body)

    def test_head_has_no_body(self, production):
        status, _, body = production.get("/ru/", method="HEAD")

        assert (status, body) == (200, b"")

    def test_every_address_of_the_home_page_answers(self, production):
        _, _, page = production.get("/ru/")
        addresses = sorted(set(re.findall(r'(?:href|src)="(/[^"#?]*)', page.decode())))

        answers = {address: production.get(address)[0] for address in addresses}

        assert len(addresses) > 20
        assert {address: status for address, status in answers.items() if status not in {200, 301, 302}} == {}


def test_worker_that_leaves_is_missed_and_welcomed_back(production):
    worker = production.processes.pop()

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=30) == 0
    status, _, body = production.get("/readyz")
    assert (status, json.loads(body)["components"]["worker"]) == (503, "away")

    production.start_worker()
    production.wait_until(production.is_ready)
