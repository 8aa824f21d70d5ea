"""The addresses below the news feed: archive by month, Atom, RSS."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.contrib.routable_page.models import path

from common.page_cache import depends_on


class FeedRoutes:
    """Mixed into NewsIndexPage; routes are looked up by RoutablePageMixin."""

    @path("")
    def feed(self, request: HttpRequest) -> HttpResponse:
        from news.context import feed_context

        return self.render(request, context_overrides=feed_context(self, request))  # type: ignore[attr-defined, arg-type]

    @path("<int:year>/<int:month>/", name="month")
    def month(self, request: HttpRequest, year: int, month: int) -> HttpResponse:
        from news.context import feed_context

        if not (1990 <= year <= 9998 and 1 <= month <= 12):
            raise Http404
        context: dict[str, Any] = feed_context(self, request, year=year, month=month)  # type: ignore[arg-type]
        return self.render(request, context_overrides=context)  # type: ignore[attr-defined]

    @path("atom/", name="atom")
    def atom(self, request: HttpRequest) -> HttpResponse:
        from news.feeds import AtomFeed

        return self._syndicate(request, AtomFeed())

    @path("rss/", name="rss")
    def rss(self, request: HttpRequest) -> HttpResponse:
        from news.feeds import RssFeed

        return self._syndicate(request, RssFeed())

    def _syndicate(self, request: HttpRequest, feed: Any) -> HttpResponse:
        depends_on(request, "news", "partners", "settings")
        return feed(request, page=self)
