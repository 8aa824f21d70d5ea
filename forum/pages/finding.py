"""The page of a search inside a topic, a board, or all boards that the reader may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.parts import Crumb, Link
from forum import queries, rules, scopes
from forum.boards import KnownBoard
from forum.models import Post, Topic
from forum.pages.topics import blocked_by, crumbs_to, person_of
from forum.people import name_of


@dataclass(frozen=True)
class FoundPost:
    """``title`` and ``fragment`` with the words that were looked for marked."""

    post: Post
    title: SafeString
    fragment: SafeString
    name: str
    folded: bool  # the reader doesn't want to read its author


def finding_context(
    request: HttpRequest, text: str, page: int, *, board: KnownBoard | None = None, topic: Topic | None = None
) -> dict[str, Any]:
    """``board`` or ``topic``, which the reader may read; neither: all boards that they may read."""
    where = _places(request, board, topic)
    results, posts = queries.find_posts(text, get_language() or settings.LANGUAGE_CODE, where, page)
    blocked = blocked_by(person_of(request)) if results.hits else frozenset()
    found = [
        FoundPost(post, hit.title, hit.fragment, name_of(post.author), post.author_id in blocked)
        for hit in results.hits
        if (post := posts.get(hit.entry.key)) and rules.can_find(request.user, post)
    ]
    page = results.query.page
    return {
        "results": results,
        "query": text,
        "found": found,
        "board": board,
        "topic": topic,
        "heading": _heading(board, topic),
        "previous_url": address(text, board, topic, page - 1) if page > 1 else "",
        "next_url": address(text, board, topic, page + 1) if page < results.pages else "",
        "wider": _wider(text, board, topic),
        "crumbs": _crumbs(board, topic),
    }


def address(text: str, board: KnownBoard | None = None, topic: Topic | None = None, page: int = 1) -> str:
    asked = {"q": text}
    if topic:
        asked["topic"] = str(topic.pk)
    elif board:
        asked["board"] = board.slug
    if page > 1:
        asked["page"] = str(page)
    return f"{reverse('forum:search')}?{urlencode(asked)}"


def _places(request: HttpRequest, board: KnownBoard | None, topic: Topic | None) -> Sequence[str]:
    if topic:
        return [scopes.of_topic(topic)]
    return [scopes.of_board(board)] if board else scopes.readable(request.user)


def _heading(board: KnownBoard | None, topic: Topic | None) -> str:
    if topic:
        return _("Search in the topic")
    return _("Search on the board") if board else _("Search in discussions")


def _wider(text: str, board: KnownBoard | None, topic: Topic | None) -> list[Link]:
    """Where else one may look, the nearest first."""
    links = [Link(_("Everywhere in the city"), f"{reverse('search:results')}?{urlencode({'q': text})}")]
    if board or topic:
        links.insert(0, Link(_("In all discussions"), address(text)))
    if topic:
        links.insert(0, Link(_("On the whole board"), address(text, rules.board_of(topic))))
    return links


def _crumbs(board: KnownBoard | None, topic: Topic | None) -> list[Crumb]:
    here = Crumb(_("Search"))
    if topic:
        return crumbs_to(rules.board_of(topic), Crumb(topic.title, topic.get_absolute_url(), topic.language), here)
    return crumbs_to(board, here)
