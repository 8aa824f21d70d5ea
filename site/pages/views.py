from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from wagtail.models import Page

from common.page_cache import depends_on
from pages.frame import accent_styles
from pages.languages import translations
from pages.models import CitySettings


def untranslated(request: HttpRequest, page_id: int) -> HttpResponse:
    """Says that a page isn't translated yet and offers the original. Only of pages that anybody may read."""
    depends_on(request, f"page:{page_id}")
    page = get_object_or_404(Page.objects.live().public().select_related("locale"), pk=page_id)
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
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def robots(request: HttpRequest) -> HttpResponse:
    address = {"sitemap_url": request.build_absolute_uri("/sitemap.xml")}
    return render(request, "robots.txt", address, content_type="text/plain; charset=utf-8")
