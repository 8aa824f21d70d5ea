"""Pages that hold a reader's own things and yet look the same to most who are signed in.

Such a page is rendered for a member who doesn't exist, so that nothing of a real one can stand in it, with marks where
a reader's own things belong: a form's token, their picture. It is kept like any other page (common.stored_pages) and
handed to all to whom it would look the same; whoever calls knows who they are, and names in ``facts`` what may differ.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString, mark_safe

from common import page_cache
from common.stored_pages import find, keep, key_for_the_like, may_be_kept

OF_THE_RENDERING = ("page_cache_versions", "page_cache_clock", "page_cache_late", "page_cache_until")


def mark(what: str) -> SafeString:
    """No text of a reader's can hold it: there, < is written as &lt;."""
    return mark_safe(f"<!--the reader's own {what}-->")


def can_be_shared(request: HttpRequest) -> bool:
    """Whether this request is one that common.stored_pages watches, and leaves the reader's menu open for."""
    return getattr(request, "leaves_menu_open", False) and request.method == "GET"


def shared_page(
    request: HttpRequest,
    stand_in: Any,
    facts: tuple[object, ...],
    own: Mapping[str, Callable[[], str]],
    make: Callable[[], TemplateResponse],
) -> HttpResponse:
    """``make`` finds ``stand_in`` as ``request.user``. ``own``: what takes the place of each mark, as safe HTML."""
    key = key_for_the_like(request.META, *facts)
    page = find(key) if key else None
    response = HttpResponse(page.body, headers=dict(page.headers)) if page else _made(request, stand_in, key, make)
    html = response.content
    for sign, value in own.items():
        if sign.encode() in html:
            html = html.replace(sign.encode(), value().encode())
    response.content = html
    return response


def _made(request: HttpRequest, stand_in: Any, key: str | None, make: Callable[[], TemplateResponse]) -> HttpResponse:
    with _read_by(request, stand_in):
        page_cache.watch(request)
        response = make().render()
        if key and may_be_kept(request, response):
            keep(key, request, response)
        return response


@contextmanager
def _read_by(request: HttpRequest, person: Any) -> Iterator[None]:
    """Somebody else's for a while, with notes of its own on what the answer shows."""
    reader = request.user
    before = {name: vars(request).pop(name) for name in OF_THE_RENDERING if name in vars(request)}
    request.user = person
    try:
        yield
    finally:
        request.user = reader
        for name in OF_THE_RENDERING:
            vars(request).pop(name, None)
        vars(request).update(before)
