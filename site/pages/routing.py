"""Which page stands at an address: one look at the tree for the whole way down, where Wagtail asks level by level."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import Resolver404
from django.utils.translation import get_language
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from common import locales

DEEPEST = 20  # the tree is a few levels deep; every level of an address is a path to look for


def find_route(request: HttpRequest, path: str) -> RouteResult | None:
    """Wagtail's own answer (Page.route_for_request); the found page knows the pages above it."""
    site = Site.find_for_request(request)
    start = _start_path(site) if site else None
    if start is None or "\x00" in path:
        return None
    names = [name for name in path.split("/") if name]
    chain = _chain(start, names)
    if not chain:
        return None
    depth = _deepest_that_answers(chain, names)
    page = _with_way_down(chain[: depth + 1])
    try:
        return page.route(request, names[depth:])
    except Http404:
        return None


def _start_path(site: Site) -> str | None:
    """The tree path of the start page in the language of the address, else of the site's own start page."""
    roots = {root.language_code: root.root_path for root in Site.get_site_root_paths() if root.site_id == site.pk}
    return roots.get(get_language() or "") or (site.root_page.url_path if site.root_page_id else None)


def _chain(start: str, names: Sequence[str]) -> list[Page]:
    """The start page and those below it that the address names, as far as there are any."""
    if len(names) > DEEPEST:
        return []
    paths = [start]
    for name in names:
        paths.append(f"{paths[-1]}{name}/")
    slugs = [start.rstrip("/").rsplit("/", 1)[-1], *names]
    found = {page.url_path: page for page in Page.objects.filter(url_path__in=paths, slug__in=slugs)}
    chain = []
    for path in paths:
        if path not in found:
            break
        chain.append(found[path])
    return chain


def _deepest_that_answers(chain: Sequence[Page], names: Sequence[str]) -> int:
    """A page's own addresses (a feed, a month) go before pages below it with the same name."""
    for depth, page in enumerate(chain[:-1]):
        model = page.specific_class
        if model and issubclass(model, RoutablePageMixin) and page.live and _answers(model, names[depth:]):
            return depth
    return len(chain) - 1


def _answers(model: type[RoutablePageMixin], rest: Sequence[str]) -> bool:
    try:
        model.get_resolver().resolve(f"/{'/'.join(rest)}/")
    except Resolver404:
        return False
    return True


def _with_way_down(chain: Sequence[Page]) -> Page:
    page = _whole(chain[-1])
    page.locale = locales.by_id(page.locale_id)
    page.above = tuple(chain[:-1])
    if page.above:
        page._cached_parent_obj = page.above[-1]
    return page


def _whole(page: Page) -> Any:
    """Wagtail's ``specific``, with the rows that its page shows beside its own."""
    model = page.specific_class
    beside = getattr(model, "shown_with", ())
    return model._default_manager.select_related(*beside).get(pk=page.pk) if model and beside else page.specific
