"""Typed settings from the environment. Every name begins with LC_; a bad or unknown one stops the start by its name."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import time
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
PREFIX = "LC_"
# The same prefix means the locale to every shell; iTerm sends its name under it; the tests have variables of their own.
NOT_OURS = re.compile(
    "LC_(ALL|ADDRESS|COLLATE|CTYPE|IDENTIFICATION|MEASUREMENT|MESSAGES|MONETARY|NAME|NUMERIC|PAPER|TELEPHONE|TIME"
    "|TERMINAL|TERMINAL_VERSION|TEST_.*|SERVICES_.*)"
)
SLUG = re.compile("[a-z][a-z0-9-]{0,59}")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


class Environment:
    """Reads variables and remembers which were asked for, so that a misspelt one can be named."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self.variables = os.environ if variables is None else variables
        self.known: set[str] = set()

    def text(self, name: str, default: str | None = None, *, choices: Iterable[str] = (), shortest: int = 1) -> str:
        allowed = tuple(choices)
        expected = f"one of {', '.join(allowed)}" if allowed else f"a text of at least {shortest} characters"

        def parse(value: str) -> str:
            if (allowed and value not in allowed) or len(value) < shortest:
                raise ValueError
            return value

        return self._read(name, default, parse, expected)

    def flag(self, name: str, default: bool | None = None) -> bool:
        def parse(value: str) -> bool:
            if value.lower() not in TRUE | FALSE:
                raise ValueError
            return value.lower() in TRUE

        return self._read(name, default, parse, "yes or no (also 1/0, true/false, on/off)")

    def number(self, name: str, default: int | None = None, *, low: int = 0, high: int = 2**31 - 1) -> int:
        expected = f"a whole number from {low} to {high}"

        def parse(value: str) -> int:
            if not re.fullmatch(r"-?[0-9]{1,18}", value) or not low <= int(value) <= high:
                raise ValueError
            return int(value)

        return self._read(name, default, parse, expected)

    def numbers(self, name: str, default: tuple[int, ...], *, high: int = 2**31 - 1) -> tuple[int, ...]:
        """As many as the default has, written with slashes."""

        def parse(value: str) -> tuple[int, ...]:
            parts = value.split("/")
            if len(parts) != len(default) or not all(re.fullmatch(r"[0-9]{1,9}", part) for part in parts):
                raise ValueError
            if any(int(part) > high for part in parts):
                raise ValueError
            return tuple(int(part) for part in parts)

        return self._read(name, default, parse, f"{len(default)} whole numbers up to {high} with / between them")

    def words(self, name: str, default: tuple[str, ...] | None = None) -> list[str]:
        """A list written with commas."""
        return list(self._read(name, default, lambda value: tuple(_split(value)), "names with commas between them"))

    def hours(self, name: str, default: tuple[time, time] | None = None) -> tuple[time, time] | None:
        """A part of the day, which may go over midnight; ``none`` for no hours at all."""

        def parse(value: str) -> tuple[time, time] | None:
            if value == "none":
                return None
            if not re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", value):
                raise ValueError
            begin, end = (time.fromisoformat(part) for part in value.split("-"))
            return begin, end

        return self._read(name, default, parse, "hours as 22:00-07:00, or none")

    def folder(self, name: str, default: Path | None = None) -> Path:
        return self._read(name, default, lambda value: Path(value).expanduser().resolve(), "a folder's path")

    def file(self, name: str, default: str | None = None) -> str:
        """The path of a file that is there."""

        def parse(value: str) -> str:
            path = Path(value).expanduser().resolve()
            if not path.is_file():
                raise ValueError
            return str(path)

        return self._read(name, default, parse, "the path of a file that can be read")

    def slug(self, name: str, default: str | None = None) -> str:
        def parse(value: str) -> str:
            if not SLUG.fullmatch(value):
                raise ValueError
            return value

        return self._read(name, default, parse, "small letters, digits and hyphens, a letter first, at most 60")

    def url(self, name: str, default: str | None = None, *, schemes: Iterable[str] = ("http", "https")) -> str:
        allowed = tuple(schemes)
        expected = f"an address that begins with {' or '.join(f'{scheme}://' for scheme in allowed)}"

        def parse(value: str) -> str:
            if urlsplit(value).scheme not in allowed:
                raise ValueError
            return value.rstrip("/")

        return self._read(name, default, parse, expected)

    def database(self, name: str, default: dict[str, Any] | None = None) -> dict[str, Any]:
        return self._read(name, default, parse_database, "sqlite:////path or postgres://user:password@host:port/name")

    def mail(self, name: str, default: dict[str, Any] | None = None) -> dict[str, Any]:
        return self._read(name, default, parse_mail, "smtp://, smtps:// or smtp+tls://user:password@host:port")

    def unknown(self) -> list[str]:
        ours = {name for name in self.variables if name.startswith(PREFIX) and not NOT_OURS.fullmatch(name)}
        return sorted(ours - self.known)

    def refuse_unknown(self) -> None:
        names = self.unknown()
        if names:
            known = ", ".join(sorted(self.known))
            raise ImproperlyConfigured(f"Unknown setting {', '.join(names)}. Known are: {known}.")

    def _read(self, name: str, default: Any, parse: Callable[[str], T], expected: str) -> T:
        self.known.add(name)
        value = self.variables.get(name, "").strip()
        if not value:
            if default is None:
                raise ImproperlyConfigured(f"{name} is not set; expected {expected}.")
            return default
        try:
            return parse(value)
        except ValueError:  # its text may quote a part of the value, even a password
            raise ImproperlyConfigured(f"{name} is {_shown(name, value)}; expected {expected}.") from None


def parse_database(value: str) -> dict[str, Any]:
    """Django's DATABASES entry for an address, e.g. ``postgres://user:secret@host:5432/name?sslmode=require``."""
    parts = urlsplit(value)
    if parts.scheme == "sqlite" and parts.path:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": "/" + unquote(parts.path).lstrip("/")}
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def parse_mail(value: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for an address."""
    parts = urlsplit(value)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise ValueError
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def _split(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def _shown(name: str, value: str) -> str:
    """Addresses and secrets may carry passwords: the message names the variable, never their value."""
    secret = any(part in name for part in ("KEY", "SECRET", "PASSWORD", "TOKEN", "URL"))
    return "not understood" if secret else repr(value)
