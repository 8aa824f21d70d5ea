"""What every public page type of the site shares."""

from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from wagtail.models import Page, PageViewRestriction

from common.models import Picture
from common.page_cache import depends_on
from common.sharing import share_image

LAYOUT = ("settings", "menu", "vocabulary", "tree")


class CityPageMixin:
    """Tells the page cache what a page shows. Put it before Page among the bases."""

    shows: tuple[str, ...] = ()
    shown_with: tuple[str, ...] = ()  # what its page shows of rows beside its own, fetched with them
    kind_of_thing = "page"  # a key of common.kinds.KINDS

    @cached_property
    def above(self) -> tuple[Page, ...]:
        """From the start page down to the parent. Routing hands it over; elsewhere it costs a query."""
        return tuple(self.get_ancestors().filter(depth__gt=1))  # type: ignore[attr-defined]

    def cache_tags(self) -> tuple[str, ...]:
        """Its own row, its translations (for the language switch), the pages above it (for the breadcrumb)."""
        own = (page_tag(self.pk), translation_tag(self))  # type: ignore[attr-defined, arg-type]
        return (*LAYOUT, *own, *(page_tag(page.pk) for page in self.above), *self.shows)

    @property
    def share_picture(self) -> Picture | None:
        """The picture that goes with a link to this page."""
        return None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shared = share_image(self, self.share_picture, request) if self.pk else ""  # type: ignore[attr-defined, arg-type]
        return super().get_context(request, *args, **kwargs) | {"share_image": shared}  # type: ignore[misc]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> TemplateResponse:
        if getattr(request, "page_cache_versions", None) is not None:
            depends_on(request, *self.cache_tags())
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]

    # A page, its place in the feeds and its words in the index change together or not at all: Wagtail's signals, which
    # carry the change on, are sent after its own transactions.
    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> Any:
        return super().publish(*args, **kwargs)  # type: ignore[misc]

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        return super().unpublish(*args, **kwargs)  # type: ignore[misc]

    @transaction.atomic
    def move(self, *args: Any, **kwargs: Any) -> Any:
        return super().move(*args, **kwargs)  # type: ignore[misc]

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return super().delete(*args, **kwargs)  # type: ignore[misc]

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Wagtail's own answer; where the way down is known, without asking for it again."""
        family = (*self.above, self)
        if any(page.alias_of_id for page in family):  # type: ignore[attr-defined]
            return super().get_view_restrictions()  # type: ignore[misc]
        here = Q(page_id__in=[page.pk for page in family]) | Q(page__depth=1)  # type: ignore[attr-defined]
        return PageViewRestriction.objects.filter(here)

    def get_admin_display_title(self) -> str:
        """Other partners' teams see it where they may link to the page: never a title that was not published yet."""
        shown: str = self.title if self.first_published_at else super().get_admin_display_title()  # type: ignore[attr-defined,misc]
        return shown


def page_tag(pk: int) -> str:
    return f"page:{pk}"


def children_tag(pk: int) -> str:
    """For a page that lists those below it by what they say."""
    return f"children:{pk}"


def translation_tag(page: Page) -> str:
    return f"translation:{page.translation_key}"


def is_public(page: Page) -> bool:
    """Live, and no password, sign-in or group is asked for: only then may others list what it says."""
    return page.live and not page.get_view_restrictions().exists()
