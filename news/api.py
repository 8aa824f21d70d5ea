"""News for programs: the city's feed, or all that one organisation publishes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router
from pydantic import Field

from common import locales
from common.api.cursors import next_address, seal, unseal
from common.api.schemas import REFUSALS, Asked, Author, NotSaid, Page, Publisher, Slug, Term, Thing, terms
from common.renditions import rendition_or_none
from common.vocabulary import names
from news import queries
from news.feeds import PICTURE
from news.models import FeedItem
from partners import queries as partner_queries

router = Router(tags=["news"])


class NewsAsked(Asked):
    category: Slug = Field("", description=_("Short name of a category."))
    partner: Slug = Field(
        "", description=_("Short name of an organisation: all it publishes, also what is not in the city's feed.")
    )
    district: Slug = Field("", description=_("Short name of a district: what organisations there publish."))
    year: Annotated[int | None, NotSaid] = Field(None, ge=1970, le=2999, description=_("The year it was published in."))
    month: Annotated[int | None, NotSaid] = Field(None, ge=1, le=12, description=_("The month it was published in."))


class NewsItem(Thing):
    type: str = Field(alias="@type")
    id: str = Field(alias="@id", description=_("Its page."))
    headline: str
    description: str
    in_language: str
    date_published: datetime
    date_modified: datetime
    image: str | None = None
    article_section: list[Term]
    author: Author | None = None
    publisher: Publisher | None = None


class NewsList(Page):
    items: list[NewsItem]


@router.get(
    "",
    response={200: NewsList, **REFUSALS},
    by_alias=True,
    exclude_none=True,
    operation_id="listNews",
    summary=_("News, the newest first"),
)
def list_news(request: HttpRequest, response: HttpResponse, asked: Query[NewsAsked]) -> NewsList:
    before = unseal(asked.cursor, asked.question) or ""
    rows = queries.with_pages(queries.chosen_items(locales.current(), _filter(asked)))
    found = queries.feed_page(
        rows.select_related("partner").prefetch_related("page__categories"), before=before, size=asked.size
    )
    cursor = seal(found.older, asked.question) if found.older else None
    if cursor:
        response["Link"] = f'<{next_address(request, cursor)}>; rel="next"'
    return NewsList(items=_items(found.items, request), next_cursor=cursor)


def _filter(asked: NewsAsked) -> queries.FeedFilter:
    return queries.FeedFilter(asked.category, asked.partner, asked.district, asked.year or 0, asked.month or 0)


def _items(rows: Sequence[FeedItem], request: HttpRequest) -> list[NewsItem]:
    partners = partner_queries.names_of({row.partner_id for row in rows if row.partner_id}, locales.current())
    return [_item(row, partners, request) for row in rows]


def _item(row: FeedItem, partners: dict[int, str], request: HttpRequest) -> NewsItem:
    page, name = row.page, partners.get(row.partner_id or 0)
    picture = rendition_or_none(page.cover, PICTURE)
    return NewsItem.model_validate(
        {
            "@type": "NewsArticle",
            "@id": request.build_absolute_uri(page.get_url(request)),
            "headline": page.title,
            "description": page.lead,
            "inLanguage": locales.code_of(row.locale_id),
            "datePublished": row.published_at,
            "dateModified": max(row.published_at, page.last_published_at or row.published_at),
            "image": request.build_absolute_uri(picture.url) if picture else None,
            "articleSection": terms((word.slug for word in page.categories.all()), names("news_category")),
            "author": {"name": page.author_line} if page.author_line else None,
            "publisher": {"identifier": row.partner.slug, "name": name} if row.partner and name else None,
        }
    )
