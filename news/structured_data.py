"""What search engines read about a news item (schema.org)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from common import dates, locales
from common.sharing import picture_url

if TYPE_CHECKING:
    from news.models import NewsPage


def article(page: "NewsPage", request: HttpRequest, published: datetime) -> dict[str, Any]:
    url = request.build_absolute_uri(page.get_url(request))
    said = {
        "@type": "NewsArticle",
        "@id": url,
        "mainEntityOfPage": url,
        "headline": page.title[:110],
        "description": page.lead,
        "inLanguage": locales.code_of(page.locale_id),
        "datePublished": dates.local(published).isoformat(),
        "dateModified": dates.local(page.last_published_at or published).isoformat(),
        "image": picture_url(page.cover, request),
        "author": {"@type": "Person", "name": page.author_line} if page.author_line else _publisher(page, request),
        "publisher": _publisher(page, request),
        "isBasedOn": page.source_url,
    }
    return {name: value for name, value in said.items() if value}


def _publisher(page: "NewsPage", request: HttpRequest) -> dict[str, Any]:
    if page.partner_page is None:
        return {}
    return {
        "@type": "Organization",
        "name": page.partner_page.title,
        "url": request.build_absolute_uri(page.partner_page.get_url(request)),
    }
