"""Waits until the worker has nothing to do, then prints, as JSON, what stands in the database after a soak."""

import json
import re
import sys
import time
from collections import Counter
from typing import Any

import django

django.setup()

from django.db.models import Count, F  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks.base import TaskResultStatus  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from forum.enums import Standing  # noqa: E402
from forum.models import Post, Proposal, Topic  # noqa: E402
from notices.models import Notice  # noqa: E402

PATIENCE = 240  # seconds
MARK = re.compile(r"\bm[0-9a-f]{32}\b")
EDIT = re.compile(r"правка (\d+)")


def main() -> None:
    drained = _drain()
    told: dict[str, Any] = {
        "drained": drained,
        "posts": _posts(),
        "gaps": _gaps(),
        "votes": _votes(),
        "twice": list(_notices().annotate(n=Count("pk")).filter(n__gt=1).values_list("person", "key")),
        "notices": Notice.objects.count(),
        "mailed": _mailed(),
        "failed": _failed(),
    }
    print(json.dumps(told))


def _drain() -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        due = Notice.objects.filter(mail_at__lte=timezone.now(), mailed_at=None, read_at=None)
        waiting = DBTaskResult.objects.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
        if not waiting.exists() and not due.exists():
            return True
        time.sleep(0.5)
    return False


def _posts() -> dict[str, list[Any]]:
    """mark → [number of the post, standing, last edit] of each post that bears it."""
    found: dict[str, list[Any]] = {}
    for pk, standing, source in Post.objects.values_list("pk", "standing", "source").iterator():
        edit = EDIT.search(source)
        for mark in MARK.findall(source):
            found.setdefault(mark, []).append([pk, standing, int(edit[1]) if edit else 0])
    return found


def _gaps() -> list[int]:
    """Topics whose numbers aren't 1, 2, 3 …"""
    numbers: dict[int, list[int]] = {}
    for topic, number in Post.objects.exclude(number=None).order_by("number").values_list("topic", "number"):
        numbers.setdefault(topic, []).append(number)
    last = dict(Topic.objects.values_list("pk", "last_number"))
    return [pk for pk in last if numbers.get(pk, []) != list(range(1, last[pk] + 1))]


def _votes() -> list[int]:
    """Proposals whose votes aren't as many as the people who gave them."""
    people = Count("support_rows__person", distinct=True)
    shown = Proposal.objects.filter(topic__standing__in=Standing.values).annotate(people=people)
    return list(shown.exclude(people=F("supports")).values_list("pk", flat=True))


def _notices() -> Any:
    return Notice.objects.order_by().values("person", "key")


def _mailed() -> list[tuple[str, str, int]]:
    """(address of the person, path, how many notices of it a letter may have told)."""
    rows = Notice.objects.filter(mailed_at__isnull=False).values_list("person__email", "path")
    return [(*pair, number) for pair, number in Counter(rows).items()]


def _failed() -> list[str]:
    """What broke in the worker; tasks whose workers were killed three times are counted by themselves."""
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
    return [f"{row.task_path}: {row.exception_class_path} {row.traceback[-600:]}" for row in rows]


if __name__ == "__main__":
    sys.exit(main())
