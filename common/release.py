"""Which version of the software is running, so that what an older one rendered is never served by a newer one."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

SHAPES_PAGES = {".py", ".html", ".mo", ".css", ".svg"}
FOLDERS = (
    "accounts",
    "common",
    "forum",
    "news",
    "notices",
    "partners",
    "search",
    "site",
    "templates",
    "locale",
    "static",
)


@cache
def fingerprint() -> str:
    """The same in every process that runs the same files; read once, when the first page asks."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted((settings.ROOT / folder).rglob("*")):
            if path.suffix in SHAPES_PAGES:
                digest.update(_stamp(path))
    return digest.hexdigest()[:16]


def _stamp(path: Path) -> bytes:
    stat = path.stat()
    return f"{path.relative_to(settings.ROOT)}|{stat.st_size}|{stat.st_mtime_ns}\n".encode()
