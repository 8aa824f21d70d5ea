"""Small parts of every page: icons, the reading panel's choices, structured data."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from common import parts
from common.parts import Crumb
from common.reading import Reading, reading_of

register = template.Library()

SPRITE = "icons/icons.svg"
UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon beside a word is silent; one that stands alone needs a label."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, static(SPRITE), name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static(SPRITE), name)


@register.simple_tag(takes_context=True)
def reading(context: Context) -> Reading:
    """What the reader chose in the reading panel; the plain view where there is no request."""
    request: HttpRequest | None = context.get("request")
    return reading_of(request) if request else Reading()


@register.simple_tag
def json_ld(thing: dict[str, Any]) -> SafeString:
    """A data block for search engines. Never run, so it needs no permission of the Content-Security-Policy."""
    text = json.dumps({"@context": "https://schema.org", **thing}, ensure_ascii=False, default=str)
    return mark_safe(f'<script type="application/ld+json">{text.translate(UNSAFE_IN_SCRIPT)}</script>')


@register.simple_tag(takes_context=True)
def absolute(context: Context, url: str) -> str:
    """With scheme and host, for those who read the page elsewhere."""
    request: HttpRequest | None = context.get("request")
    return request.build_absolute_uri(url) if request else urljoin(settings.BASE_URL, url)


@register.simple_tag(takes_context=True)
def page_crumbs(context: Context, page: Page) -> list[Crumb]:
    return parts.page_crumbs(page, context.get("request"))


@register.simple_tag(takes_context=True)
def crumbs_json_ld(context: Context, crumbs: Sequence[Crumb]) -> SafeString:
    steps = [
        {"@type": "ListItem", "position": position, "name": str(crumb.title)}
        | ({"item": absolute(context, crumb.url)} if crumb.url else {})
        for position, crumb in enumerate(crumbs, start=1)
    ]
    return json_ld({"@type": "BreadcrumbList", "itemListElement": steps})
