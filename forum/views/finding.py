"""Searching inside a topic, a board, or all boards that the reader may read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from common.city_pages import LAYOUT
from common.page_cache import depends_on
from common.parameters import parameter
from forum import boards, pages
from forum.models import Topic
from forum.views.doors import board_or_404, opens, topic_or_404
from search.actions import CACHE_TAG
from search.query import tidy
from search.views import page_number

LONGEST_NUMBER = 9


@opens
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    depends_on(request, CACHE_TAG, "forum", boards.TAG, *LAYOUT)
    topic = _topic(request)
    slug = "" if topic else parameter(request, "board")
    board = board_or_404(request, slug) if slug else None
    text, page = tidy(request.GET.get("q", "")), page_number(request.GET.get("page", ""))
    context = pages.finding_context(request, text, page, board=board, topic=topic)
    return TemplateResponse(request, "forum/found.html", context)


def _topic(request: HttpRequest) -> Topic | None:
    """Where it was merged into another one, that one."""
    number = parameter(request, "topic")
    if not number:
        return None
    if not (number.isascii() and number.isdigit()) or len(number) > LONGEST_NUMBER:
        raise Http404
    return topic_or_404(request, int(number), follow=True)
