"""The home page's sections, drawn once for all readers: nothing in them depends on who reads."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from common.page_cache import fresh_until, remember
from news.queries import pins
from pages.blocks import tonight
from pages.frame import frame_for

if TYPE_CHECKING:
    from pages.models import HomePage


def home_context(page: "HomePage", request: HttpRequest) -> dict[str, Any]:
    fresh_until(request, _midnight())
    pinned = pins(page.locale)
    for until in pinned.values():
        fresh_until(request, until)
    return {
        "has_hero": has_hero(page),
        "sections": _sections(page, request, list(pinned)),
        "organization": _organization(request),
    }


def has_hero(page: "HomePage") -> bool:
    return any(block.block_type == "hero" for block in page.body)


def _sections(page: "HomePage", request: HttpRequest, pinned: list[int]) -> SafeString:
    """Kept for those who are signed in too, until the day or what is pinned changes."""
    if page.pk is None or getattr(request, "is_preview", False):
        return _draw(page, request)
    # The revision, because the page's row was read before the tags that the part is kept by.
    key = f"home:{page.pk}:{page.live_revision_id}:{request.get_host()}:{timezone.localdate()}:{pinned}"
    return mark_safe(remember(key, page.cache_tags(), lambda: str(_draw(page, request))))


def _draw(page: "HomePage", request: HttpRequest) -> SafeString:
    slots: Any = next((block.value["slots"] for block in page.body if block.block_type == "whats_on"), [])
    shown = {"page": page, "has_hero": has_hero(page), "tonight": tonight(slots)}
    return render_to_string("pages/home_sections.html", shown, request)


def _organization(request: HttpRequest) -> dict[str, Any]:
    """The network itself, for search engines."""
    city = frame_for(request, get_language() or "").city
    said = {
        "@type": "Organization",
        "name": city.name,
        "description": city.description,
        "url": request.build_absolute_uri(city.home_url),
        "logo": request.build_absolute_uri(city.logo_url or static("icons/logo.svg")),
        "telephone": city.phone,
        "email": city.email,
        "address": city.address,
        "sameAs": [link.url for link in city.networks],
    }
    return {name: value for name, value in said.items() if value}


def _midnight() -> datetime:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
