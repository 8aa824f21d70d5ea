"""Atom of what a search finds, and a calendar of what of it takes place on a day."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.views.decorators.http import conditional_page, require_safe

from common import city
from common.feeds import AtomWithText, without_control_characters
from common.kinds import kind_of
from common.page_cache import depends_on
from search import ical, listing, subscriptions
from search.actions import CACHE_TAG
from search.models import Entry
from search.query import Query
from search.views import read_query

SHOWN = (CACHE_TAG, "partners", "vocabulary", "settings")


class SearchFeed(Feed):
    """The newest first, whatever the order of the page it belongs to."""

    feed_type = AtomWithText

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Query:
        depends_on(request, *SHOWN)
        return replace(read_query(request.GET), page=1)

    def title(self, query: Query) -> str:
        return without_control_characters(f"{city.name()}: {subscriptions.title(query)}")

    def link(self, query: Query) -> str:
        return listing.address(query)

    def feed_url(self, query: Query) -> str:
        return listing.address(query, "atom")

    def author_name(self, query: Query) -> str:
        return city.name()

    def items(self, query: Query) -> list[Entry]:
        return subscriptions.newest(query)

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return escape(item.summary)  # a reader takes it for HTML

    def item_link(self, item: Entry) -> str:
        return item.url

    def item_guid(self, item: Entry) -> str:
        return subscriptions.permanent_id(item)

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published

    def item_updateddate(self, item: Entry) -> datetime:
        return subscriptions.changed(item)

    def item_author_name(self, item: Entry) -> str:
        return item.partner_name

    def item_categories(self, item: Entry) -> list[str]:
        return [str(kind_of(item.kind).label)]

    def item_extra_kwargs(self, item: Entry) -> dict[str, Any]:
        return {"content": "", "language": item.language}


@require_safe
@conditional_page
def calendar_file(request: HttpRequest) -> HttpResponse:
    depends_on(request, *SHOWN)
    query = read_query(request.GET)
    name = f"{city.name()}: {subscriptions.title(query)}"
    body = ical.calendar(name, subscriptions.dated(query))
    headers = {"Content-Disposition": 'inline; filename="calendar.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
