"""What every public page type of the site shares."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from wagtail.models import Page

from common.page_cache import depends_on

LAYOUT = ("settings", "menu", "vocabulary", "tree")


class CityPageMixin:
    """Tells the page cache what a page shows. Put it before Page among the bases."""

    shows: tuple[str, ...] = ()

    def cache_tags(self) -> tuple[str, ...]:
        """Its own row, its translations (for the language switch), the pages above it (for the breadcrumb)."""
        own = (page_tag(self.pk), translation_tag(self))  # type: ignore[attr-defined]
        above = tuple(page_tag(pk) for pk in self.get_ancestors().values_list("pk", flat=True))  # type: ignore[attr-defined]
        return (*LAYOUT, *own, *above, *self.shows)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        if getattr(request, "page_cache_versions", None) is not None:
            depends_on(request, *self.cache_tags())
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]


def page_tag(pk: int) -> str:
    return f"page:{pk}"


def translation_tag(page: Page) -> str:
    return f"translation:{page.translation_key}"
