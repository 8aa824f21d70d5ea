"""Log lines as JSON, one object a line, with the request's id and without personal data."""

import json
import logging
import re
from datetime import UTC, datetime

from common import request_id

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*")
EXTRAS = ("method", "route", "status", "milliseconds", "task", "seconds", "count")


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.current.get()
        return True


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _without_path(record),
        }
        line |= {name: getattr(record, name) for name in ("request_id", *EXTRAS) if getattr(record, name, "") != ""}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return ADDRESS.sub("[address]", json.dumps(line, ensure_ascii=False, default=str))


def _without_path(record: logging.LogRecord) -> str:
    """Django's own lines name the path asked for, which may hold a key from a mail: the route says enough."""
    message = record.getMessage()
    request = getattr(record, "request", None)
    path = getattr(request, "path", "")
    if len(path) < 2:
        return message
    match = getattr(request, "resolver_match", None)
    return message.replace(path, match.route if match else "[path]")
