"""Prints, as JSON, what bench/run_forum.py measures: addresses, a reader's cookie, bytes and SQL queries."""

import json
import sys
import uuid
from typing import Any

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.count import signed_in  # noqa: E402


def main() -> None:
    places = json.loads(sys.argv[1])
    long, board, pages = f"/ru/forum/topics/{places['long']}/", f"/ru/forum/{places['board']}/", places["pages"]
    paths = {
        "board": board,
        "board, deep": f"{board}?before={places['deep']}",
        "topic, first page": long,
        "topic, middle page": f"{long}?page={pages // 2}",
        "topic, last page": f"{long}?page={pages}",
        "topic, JSON": f"{long}json/?page={pages // 2}",
    }
    replies = {"reply, long topic": f"{long}reply/", "reply, short topic": f"/ru/forum/topics/{places['short']}/reply/"}
    cookie = signed_in()
    reader = User.objects.get(email="reader@bench.example")
    EmailAddress.objects.get_or_create(user=reader, email=reader.email, verified=True, primary=True)
    queries: dict[str, dict[str, int]] = {"anonymous": {}, "signed in": {}}
    weighed: dict[str, dict[str, int]] = {"anonymous": {}, "signed in": {}}
    for reader, session in (("anonymous", ""), ("signed in", cookie)):
        for name, path in paths.items():
            _ask(path, session)
            queries[reader][name], weighed[reader][name] = _ask(path, session)
    for name, path in replies.items():
        queries["signed in"][name], _ = _ask(path, cookie, text="Ответ для счёта", ticket=str(uuid.uuid4()))
    told: dict[str, Any] = {"paths": paths, "replies": replies, "queries": queries, "bytes": weighed, "pages": pages}
    told |= {"unread": long, "cookie": _header(cookie), "new": [_header(signed_in(name)) for name in ("one", "two")]}
    print(json.dumps(told))


def _header(session: str) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={session}"


def _ask(path: str, session: str, **form: str) -> tuple[int, int]:
    """(queries, bytes)."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0], "x-forwarded-proto": "https"})
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(path, form) if form else client.get(path)
    assert answer.status_code == (302 if form else 200), (path, answer.status_code)
    return len(captured), len(answer.content)


if __name__ == "__main__":
    main()
