"""What the address names, if the reader may see it. Else it isn't there, or asks for a sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from forum import boards, queries, rules
from forum.boards import KnownBoard
from forum.enums import Circle
from forum.errors import NotAllowedError
from forum.models import Post, Topic

View = Callable[..., HttpResponse]


class SignInFirstError(Exception):
    """Whoever has an account may read this."""


class MergedAwayError(Exception):
    """The topic's posts stand in another one."""

    def __init__(self, into: int) -> None:
        self.into = into


def opens(view: View) -> View:
    """Leads to the sign-in and back where that helps, and on to where a merged topic's posts are."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SignInFirstError:
            return redirect_to_login(request.get_full_path())
        except MergedAwayError as away:
            return _lead_on(request, away.into)
        except NotAllowedError as error:
            raise PermissionDenied(str(error)) from error

    return guarded


def board_or_404(request: HttpRequest, slug: str) -> KnownBoard:
    board = boards.by_slug(slug)
    if board is None:
        raise Http404
    _let_in(request, board)
    return board


def topic_or_404(request: HttpRequest, pk: int, *, follow: bool = False, named: bool = False) -> Topic:
    """``follow``: of a merged topic the one that has its posts now, instead of leading the reader there.

    ``named``: as queries.find_topic says.
    """
    topic = queries.find_topic(pk, named=named)
    if topic and topic.merged_into_id:
        if not follow:
            raise MergedAwayError(topic.merged_into_id)
        topic = queries.find_topic(topic.merged_into_id, named=named)
    if topic is None:
        raise Http404
    _let_in(request, rules.board_of(topic))
    if not rules.can_see_topic(request.user, topic):
        raise Http404
    return topic


def post_or_404(request: HttpRequest, pk: int) -> Post:
    """Also a removed one: its place in the topic is there for everybody. Of a moved one its place now."""
    post = queries.find_post(pk)
    while post is not None and post.moved_to_id:
        post = queries.find_post(post.moved_to_id)
    if post is None:
        raise Http404
    _let_in(request, rules.board_of(post.topic))
    if not rules.can_see_topic(request.user, post.topic):
        raise Http404
    if not post.is_removed and not rules.can_see_post(request.user, post):
        raise Http404
    return post


def _lead_on(request: HttpRequest, into: int) -> HttpResponse:
    """The anchor is ours: the browser would keep the old one, which names another post there."""
    if request.method == "POST":
        messages.error(request, _("This topic was merged with another one: here it is. Nothing was changed."))
        return redirect("forum:topic", into)
    match = request.resolver_match
    name = match.view_name if match else "forum:topic"
    return HttpResponsePermanentRedirect(reverse(name, args=[into]) + "#main")


def _let_in(request: HttpRequest, board: KnownBoard) -> None:
    if rules.can_read(request.user, board):
        return
    circles = {one.who_reads for one in (board, board.above) if one}
    if request.user.is_authenticated or Circle.GROUPS in circles:
        raise Http404
    raise SignInFirstError
