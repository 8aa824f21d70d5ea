"""The picture that goes with a shared link: the page's own, cut to 1200 × 630, else one drawn from its title."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from wagtail.images.models import AbstractImage
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page

from common.covers import fingerprint
from common.share_picture import VERSION

CUT = "fill-1200x630|format-jpeg"


def share_image(page: Page, picture: AbstractImage | None, request: HttpRequest) -> str:
    """A whole address."""
    return picture_url(picture, request) or request.build_absolute_uri(drawn_url(page))


def picture_url(picture: AbstractImage | None, request: HttpRequest) -> str:
    """The whole address of a picture's cut for sharing; nothing for no picture."""
    if picture is None:
        return ""
    prefetch_related_objects([picture], "renditions")
    return request.build_absolute_uri(get_rendition_or_not_found(picture, CUT).url)


def drawn_url(page: Page) -> str:
    return reverse("share_picture", args=[page.pk, mark(page)])


def mark(page: Page) -> str:
    """Changes with what is drawn, so that the picture may be kept for good."""
    kind: Any = getattr(page, "kind_of_thing", "page")
    return fingerprint(f"{VERSION}:{kind}:{page.title}")
