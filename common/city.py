"""The city's name, for packages that stand below the site settings which keep it (a letter needs it, a passkey does).

Whoever keeps the name tells it once, at start: ``told_by(read_name)``.
"""

from collections.abc import Callable

from django.conf import settings


def _from_settings() -> str:
    return settings.WAGTAIL_SITE_NAME


_read: Callable[[], str] = _from_settings


def told_by(read: Callable[[], str]) -> None:
    """``read()`` answers in the active language; an empty answer counts as unknown."""
    global _read
    _read = read


def name() -> str:
    return _read() or _from_settings()
