"""The page of a topic: for one reader, or once for all members to whom it looks the same."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.stand_in import stand_in
from common.alike import can_be_shared, mark, shared_page
from common.city_pages import LAYOUT
from common.fragments import TOKEN_MARK
from common.page_cache import depends_on
from common.traps import stamp
from forum import actions, boards, pages, queries, rules
from forum.actions.watching import thread_of
from forum.enums import Kind
from forum.forms import PostForm
from forum.models import POSTS_ON_A_PAGE, Topic
from forum.queries import Glance
from forum.views.doors import topic_or_404
from notices.requests import opened

TICKET, STAMP, PICTURE = mark("ticket"), mark("stamp"), mark("picture")


def open_topic(request: HttpRequest, pk: int) -> Topic:
    depends_on(request, actions.topic_tag(pk), boards.TAG, *LAYOUT)
    return topic_or_404(request, pk, named=True)


def topic_page(request: HttpRequest, found: Topic, page: int, seen: Glance | None = None) -> dict[str, Any]:
    marks = (seen.read, seen.mode) if seen else None
    if found.kind == Kind.PROPOSAL:
        return pages.proposal_context(request, found, page, marks, seen.supported if seen else None)
    return pages.topic_context(request, found, page, marks)


def topic_template(found: Topic) -> str:
    return "forum/proposal.html" if found.kind == Kind.PROPOSAL else "forum/topic.html"


def avatar(person: User) -> SafeString:
    shown = {"name": person.get_full_name(), "url": person.small_picture_url}
    return render_to_string("components/avatar.html", shown)


def glance_at(request: HttpRequest, pk: int) -> Glance | None:
    """None where it is no plain page of a topic, or not asked for by a member who may write."""
    page = _plain_page(request)
    if page is None or not can_be_shared(request) or not _is_like_others(request.user):  # type: ignore[arg-type]
        return None
    seen = queries.glance(request.user, pk, page)  # type: ignore[arg-type]
    return seen if seen and page <= seen.pages else None


def page_for_many(request: HttpRequest, pk: int, seen: Glance) -> HttpResponse:
    """For a reader who has nothing of their own on it."""
    page = seen.page
    as_many = replace(seen, read=first_read(seen))
    facts = ("topic", pk, page, as_many.read, seen.mode, seen.supported)
    response = shared_page(request, stand_in(), facts, _own(request), lambda: _for_all(request, pk, as_many))
    opened(request, thread_of(pk))
    if seen.last_on_page > seen.read:
        actions.mark_read(request.user, Topic(pk=pk), seen.last_on_page)  # type: ignore[arg-type]
    return response


def first_read(seen: Glance) -> int:
    """After which post of this page the reader's news begin; 0 where they have none, or were never here."""
    before = (seen.page - 1) * POSTS_ON_A_PAGE
    return max(seen.read, before) if 0 < seen.read < seen.last_on_page else 0


def _for_all(request: HttpRequest, pk: int, seen: Glance) -> TemplateResponse:
    found = open_topic(request, pk)
    context = topic_page(request, found, seen.page, seen) | {"csrf_token": TOKEN_MARK}
    if context["can_reply"]:
        context["form"] = PostForm(auto_id="reply_%s", initial={"ticket": TICKET, "opened": STAMP})
        context["own_picture"] = PICTURE
    return TemplateResponse(request, topic_template(found), context)


def _own(request: HttpRequest) -> dict[str, Any]:
    return {
        TOKEN_MARK: lambda: get_token(request),
        TICKET: lambda: str(uuid4()),
        STAMP: stamp,
        PICTURE: lambda: avatar(request.user),  # type: ignore[arg-type]
    }


def _is_like_others(person: User) -> bool:
    """As far as the account itself tells; rights by groups are looked up with the topic."""
    return person.is_active and not person.is_superuser and not rules.is_silent(person)


def _plain_page(request: HttpRequest) -> int | None:
    text = request.GET.get("page", "1")
    plain = set(request.GET) <= {"page"} and text.isascii() and text.isdigit() and len(text) < 9
    return int(text) or None if plain else None
