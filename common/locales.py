"""The site's languages, kept in the process: they change when a city adds one, and are asked for many times a page."""

from django.utils.translation import get_language
from wagtail.models import Locale

_known: dict[int, Locale] = {}


def by_id(pk: int) -> Locale:
    return _known.get(pk) or _read()[pk]


def by_code(code: str) -> Locale | None:
    return _find(code, _known) or _find(code, _read())


def current() -> Locale:
    """Of the language that is being shown; where nothing is written in it, the original one."""
    return by_code(get_language() or "") or Locale.get_default()


def code_of(pk: int) -> str:
    return by_id(pk).language_code


def forget() -> None:
    _known.clear()


def _find(code: str, among: dict[int, Locale]) -> Locale | None:
    return next((locale for locale in among.values() if locale.language_code == code), None)


def _read() -> dict[int, Locale]:
    """A language that another process has just added is found here: nothing unknown is taken for missing."""
    _known.update({locale.pk: locale for locale in Locale.objects.order_by("pk")})
    return _known
