"""Where an editor's link leads a reader: to the page in the reader's language, else to the original, marked."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from common import locales


def readable(page: Page, language: str) -> Page | None:
    """The page in this language, else itself; None while it is offline or not for everybody."""
    family = list(_readable().filter(translation_key=page.translation_key))
    own = {found.pk: found for found in family}.get(page.pk)
    return next((found for found in family if locales.code_of(found.locale_id) == language), own)


def local_address(address: str) -> str:
    """Addresses of this site are written without the language."""
    return f"/{get_language()}{address}" if address.startswith("/") else address


def linked_pages(value: Any) -> set[int]:
    """The pages chosen anywhere in a StreamField's raw value."""
    if isinstance(value, dict):
        chosen = {value["page"]} if isinstance(value.get("page"), int) else set()
        return chosen.union(*(linked_pages(part) for part in value.values()))
    if isinstance(value, (list, tuple)):
        return set().union(*(linked_pages(part) for part in value))
    return set()


def _readable() -> QuerySet[Page]:
    return Page.objects.live().public()
