from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Page
from wagtail.views import serve

from common import locales, sharing
from common.city_pages import page_tag
from common.kinds import kind_of
from common.page_cache import depends_on, remember
from common.share_picture import draw
from forum import boards
from forum.actions import NEW_TOPICS
from pages.frame import TAGS, accent_styles, frame_for
from pages.languages import translations
from pages.models import CitySettings
from pages.routing import find_route
from pages.sitemaps import MOST, sitemap_entries, talk_entries

KEPT_FOR_GOOD = "public, max-age=31536000, immutable"


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, told beforehand which page it is."""
    request._wagtail_route_for_request = find_route(request, path)  # type: ignore[attr-defined]
    return serve(request, path)


def untranslated(request: HttpRequest, page_id: int) -> HttpResponse:
    """Says that a page isn't translated yet and offers the original. Only of pages that anybody may read."""
    pages = Page.objects.live().public()
    get_object_or_404(pages, pk=page_id)  # first: a tag is kept for good, so nobody may make one of any number
    depends_on(request, f"page:{page_id}")
    page = get_object_or_404(pages.select_related("locale"), pk=page_id)
    found = translations(request, page)
    if not found:
        raise Http404
    if translated := found.get(get_language() or ""):
        return HttpResponseRedirect(translated)
    return render(
        request, "pages/untranslated.html", {"original": page.specific, "original_url": page.get_url(request)}
    )


def city_styles(request: HttpRequest) -> HttpResponse:
    """The city's own accent. Its address carries a fingerprint, so a browser may keep it for good."""
    depends_on(request, "settings")
    response = HttpResponse(accent_styles(CitySettings.for_request(request)), content_type="text/css")
    response["Cache-Control"] = KEPT_FOR_GOOD
    return response


def share_picture(request: HttpRequest, page_id: int, mark: str) -> HttpResponse:
    """The title of a page as a picture for shared links; an old address leads to the new one."""
    page: Any = get_object_or_404(Page.objects.live().public(), pk=page_id).specific
    if mark != sharing.mark(page):
        return HttpResponseRedirect(sharing.drawn_url(page))
    key, tags = f"share:{page.pk}:{mark}:{request.get_host()}", (*TAGS, page_tag(page.pk))
    response = HttpResponse(remember(key, tags, lambda: _drawn(request, page)), content_type="image/jpeg")
    response["Cache-Control"] = KEPT_FOR_GOOD
    return response


def sitemap(request: HttpRequest, number: int = 0) -> HttpResponse:
    """All in one file; as a list of files where the protocol wants it split."""
    host = request.get_host()
    entries = remember(f"sitemap:{host}", ("pages", "tree"), lambda: sitemap_entries(request))
    entries = entries + remember(f"sitemap_talk:{host}", (NEW_TOPICS, boards.TAG), lambda: talk_entries(request))
    files = -(-len(entries) // MOST)
    if number == 0 and files > 1:
        urls = [request.build_absolute_uri(reverse("sitemap_part", args=[part + 1])) for part in range(files)]
        return render(request, "pages/sitemap_index.xml", {"urls": urls}, content_type="application/xml")
    if number > files:
        raise Http404
    first = max(0, number - 1) * MOST
    part = {"entries": entries[first : first + MOST]}
    return render(request, "pages/sitemap.xml", part, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    address = {"sitemap_url": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", address, content_type="text/plain; charset=utf-8")


def _drawn(request: HttpRequest, page: Any) -> bytes:
    language = locales.code_of(page.locale_id)
    kind = kind_of(getattr(page, "kind_of_thing", "page"))
    with override(language):
        return draw(page.title, kind.cover, above=_above(page, kind), below=frame_for(request, language).city.name)


def _above(page: Any, kind: Any) -> str:
    """The kind, and whose it is."""
    partner = getattr(page, "partner_page", None)
    label = page.get_kind_display() if kind is kind_of("partner") else kind.label
    return f"{label} · {partner.title}" if partner else str(label)
