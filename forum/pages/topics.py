"""What the pages show, gathered from queries and rules."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.models import User
from common.page_cache import depends_on, remember
from common.parameters import parameter
from common.parts import Crumb, Link, Tab
from forum import actions, queries, rules
from forum.addresses import in_language
from forum.boards import KnownBoard
from forum.enums import Kind
from forum.models import Post, Topic
from forum.pages.about import about
from forum.people import name_of, picture_of, profile_url_of
from forum.queries import Likes, TopicFilter
from forum.queries.watching import own_marks, watches_here
from forum.receivers import person_tag

FACTS_OF_A_POST = [field.attname for field in Post._meta.concrete_fields if field.attname not in {"source", "ticket"}]
NEW_FOR = timedelta(days=30)  # what nobody opened in that time is no news any more


@dataclass(frozen=True)
class Row:
    """A topic in a list: all that its template shows, and so the key that what it makes is kept by."""

    title: str
    language: str
    url: str
    is_new: bool
    pinned: bool
    kind: str
    state: str
    status: str  # of a proposal
    supports: int
    answered: bool
    replies: int
    writer: str
    last_posted_at: datetime
    board: str  # where lists say it
    board_language: str


@dataclass(frozen=True)
class Shown:
    """A post on its page, and what the reader may do with it: all that its template shows (``facts``)."""

    post: Post
    name: str
    picture: str
    profile_url: str
    accepted: bool
    likes: Sequence[Likes]
    readable: bool
    first_unread: bool
    can_react: bool
    can_edit: bool
    can_remove: bool
    can_accept: bool
    can_approve: bool
    can_report: bool
    can_restore: bool
    robbed: bool  # the reader wrote it, and a moderator has removed it
    folded: bool  # the reader doesn't want to read its author
    can_reply: bool
    page_number: int
    language: str

    @property
    def facts(self) -> tuple[Hashable, ...]:
        own = (value for name, value in vars(self).items() if name != "post")
        return (*own, *(getattr(self.post, name) for name in FACTS_OF_A_POST))


def crumbs_to(board: KnownBoard | None, *more: Crumb) -> list[Crumb]:
    way = [Crumb(_("Discussions"), reverse("forum:index"))]
    way += [Crumb(one.title, one.url, one.text_language) for one in (board and board.above, board) if one]
    return [*way, *more]


def person_of(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) or request.user.is_authenticated else None  # type: ignore[return-value]


def list_context(request: HttpRequest, board: KnownBoard | None = None) -> dict[str, Any]:
    """All boards that the reader sees, or one."""
    person, seen = person_of(request), rules.readable_boards(request.user)
    chosen = TopicFilter(parameter(request, "show", longest=20), " ".join(parameter(request, "tag").lower().split()))
    at = {name: parameter(request, name) for name in ("before", "after")}
    here = [board] if board else seen
    found = queries.topic_page(queries.chosen_topics(here, chosen, person), **at) if here else None
    pinned = []
    if here and chosen == TopicFilter() and not any(at.values()):
        pinned = queries.pinned_topics(here, everywhere=board is None)
    kept = {topic.pk for topic in pinned}
    listed = [*pinned, *(topic for topic in (found.items if found else ()) if topic.pk not in kept)]
    address = board.url if board else reverse("forum:index")
    return {
        "board": board,
        "rows": rows(listed, seen, person, pinned=kept, with_board=board is None),
        "boards": _board_links(seen, board),
        "below": [one for one in seen if board and one.above and one.above.pk == board.pk],
        "tabs": _tabs(address, chosen, person, board),
        "chosen": chosen,
        "address": address,
        "start_url": _start_url(request, seen, board),
        "newer_url": _address(address, chosen, after=found.newer) if found else "",
        "older_url": _address(address, chosen, before=found.older) if found else "",
        "canonical": _address(address, chosen, **at) or address,
        "ways_out": [Link(_("Show all topics"), address)] if chosen != TopicFilter() else [],
        "feed_url": reverse("forum:board_atom", args=[board.slug]) if board and rules.is_public(board) else "",
        "crumbs": crumbs_to(board) if board else [],
        "watches": _watches(person, board, chosen.tag) if person else [],
        "moderates": any(rules.can_moderate(request.user, one) for one in ([board] if board else seen)),
    }


def rows(
    topics: Sequence[Topic],
    seen: Sequence[KnownBoard],
    person: User | None,
    *,
    pinned: set[int] = frozenset(),  # type: ignore[assignment]
    with_board: bool = False,
) -> list[Row]:
    known = {board.pk: board for board in seen}
    marks = queries.read_numbers(person, topics) if person and topics else {}
    since = max(person.date_joined, timezone.now() - NEW_FOR) if person else None
    return [
        Row(
            title=topic.title,
            language=topic.language,
            url=reverse("forum:unread", args=[topic.pk]) if topic.pk in marks else topic.get_absolute_url(),
            is_new=marks.get(topic.pk, 0) < topic.last_number
            and since is not None
            and (topic.pk in marks or topic.last_posted_at > since),
            pinned=topic.pk in pinned,
            kind=topic.kind,
            state=topic.state,
            status=topic.proposal.get_status_display() if topic.kind == Kind.PROPOSAL else "",
            supports=topic.proposal.supports if topic.kind == Kind.PROPOSAL else 0,
            answered=topic.accepted_id is not None,
            replies=topic.replies,
            writer=name_of(topic.last_author),
            last_posted_at=topic.last_posted_at,
            board=known[topic.board_id].title if with_board else "",
            board_language=known[topic.board_id].text_language if with_board else "",
        )
        for topic in topics
    ]


def topic_context(
    request: HttpRequest, topic: Topic, page: int, marks: tuple[int, str] | None = None
) -> dict[str, Any]:
    """``marks``: how far the reader has read and how they follow it (queries.own_marks), where that is known."""
    board, person = rules.board_of(topic), person_of(request)
    posts = queries.posts_of(topic, page)
    depends_on(request, *(person_tag(post.author_id) for post in posts))
    moderates = rules.can_moderate(request.user, board)
    last = page == topic.pages
    waiting = queries.waiting_posts(topic, person, moderates=moderates) if person and last else []
    read, mode = marks or (own_marks(person, topic) if person else (0, ""))
    return {
        "topic": topic,
        "board": board,
        "page_number": page,
        "read": read,
        "mode": mode,
        "watch_of": f"topic:{topic.pk}",
        "posts": shown(request, topic, [*posts, *waiting], read, page),
        "can_reply": rules.can_reply(request.user, topic),
        "silence": silence_of(person),
        "moderates": moderates,
        "can_split": moderates and topic.last_number > 1 and rules.can_split(request.user, topic),
        "can_join": moderates and rules.can_join(request.user, topic),
        "boards_to_move_to": [one for one in rules.moderated_boards(request.user) if one.pk != board.pk]
        if moderates
        else [],
        "pages": page_links(topic, page),
        "previous_url": page_url(topic, page - 1) if page > 1 else "",
        "next_url": page_url(topic, page + 1) if not last else "",
        "canonical": topic.own_url() + (f"?page={page}" if page > 1 else ""),
        "crumbs": crumbs_to(board, Crumb(topic.title, language=topic.language)),
        "feed_url": reverse("forum:topic_atom", args=[topic.pk]) if rules.is_public(board) and topic.is_shown else "",
        "about": about(topic, request),
    }


def silence_of(person: User | None) -> dict[str, Any] | None:
    """Why somebody may not write and until when, for the place where the form would stand."""
    if person is None or not rules.is_silent(person):
        return None
    sanction = queries.sanction_in_force(person)
    return {"until": rules.silence_ends(person), "decision": sanction.decision if sanction else None}


def topic_as_json(request: HttpRequest, topic: Topic, page: int) -> dict[str, Any]:
    """A DiscussionForumPosting with those of its posts that stand on this page; removed ones have no text."""
    board, posts = rules.board_of(topic), queries.posts_of(topic, page)
    depends_on(request, *(person_tag(post.author_id) for post in posts))
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "@id": settings.BASE_URL + topic.get_absolute_url(),
        "headline": topic.title,
        "inLanguage": topic.language,
        "articleSection": board.title,
        "keywords": sorted(tag.name for tag in topic.tags.all()),
        "datePublished": topic.started_at,
        "commentCount": topic.replies,
        "pagination": f"{page}/{topic.pages}",
        "comment": [_post_as_json(request, post, language) for post in posts],
    }


def _post_as_json(request: HttpRequest, post: Post, language: str) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "@id": settings.BASE_URL + post.get_absolute_url(),
        "position": post.number,
        "author": {"@type": "Person", "name": name_of(post.author)},
        "datePublished": post.posted_at,
        "dateModified": post.edited_at or post.posted_at,
        "text": in_language(post.html, language, absolute=True) if rules.can_see_post(request.user, post) else None,
    }


def shown(request: HttpRequest, topic: Topic, posts: Sequence[Post], read: int, page: int) -> list[Shown]:
    user = request.user
    likes = queries.likes_of(posts, person_of(request))
    fresh = next((post.number for post in posts if post.number and 0 < read < post.number), None)
    accepts = rules.can_accept(user, topic)
    moderates = rules.can_moderate(user, rules.board_of(topic))
    replies = rules.can_reply(user, topic)
    blocked = blocked_by(person_of(request))
    return [
        Shown(
            post=post,
            name=name_of(post.author),
            picture=picture_of(post.author),
            profile_url=profile_url_of(post.author),
            accepted=post.pk == topic.accepted_id,
            likes=tuple(likes[post.pk]),
            readable=not post.is_moved and (not post.is_removed or moderates),
            first_unread=post.number is not None and post.number == fresh,
            can_react=rules.can_react(user, post),
            can_edit=rules.can_edit(user, post),
            can_remove=rules.can_remove(user, post),
            can_accept=accepts and post.is_shown and post.number != 1,
            can_approve=moderates and post.is_waiting,
            can_reply=replies,
            page_number=page,
            language=topic.language,
            can_report=rules.can_report_post(user, post),
            can_restore=moderates and rules.can_restore(user, post),
            robbed=post.is_removed and user.is_authenticated and post.author_id == user.pk != post.removed_by_id,
            folded=post.author_id in blocked,
        )
        for post in posts
    ]


def blocked_by(person: User | None) -> frozenset[int]:
    """Kept until the reader blocks somebody: every page of a topic asks."""
    if person is None:
        return frozenset()
    tag = actions.blocks_tag(person.pk)
    return remember(tag, (tag,), lambda: queries.blocked_by(person))


def page_url(topic: Topic, page: int) -> str:
    return topic.get_absolute_url() + (f"?page={page}" if page > 1 else "")


def page_links(topic: Topic, page: int) -> list[tuple[int, str]]:
    """The first, the last and those around; 0 stands for a gap."""
    if topic.pages == 1:
        return []
    wanted = sorted({1, topic.pages, *range(max(1, page - 1), min(topic.pages, page + 1) + 1)})
    links: list[tuple[int, str]] = []
    for number in wanted:
        if links and number > links[-1][0] + 1:
            links.append((0, ""))
        links.append((number, page_url(topic, number)))
    return links


def kind_label(kind: str) -> str:
    return str(Kind(kind).label)


def _watches(person: User, board: KnownBoard | None, tag: str) -> list[tuple[str, str, str]]:
    """What of this list can be followed: ``tag:5``, how it is followed now, its name."""
    modes = watches_here(person, board, tag) if board or tag else {}
    names = {"board": board.title if board else "", "tag": tag}
    return [(target, mode, names[target.partition(":")[0]]) for target, mode in modes.items()]


def _board_links(seen: Sequence[KnownBoard], current: KnownBoard | None) -> list[tuple[KnownBoard, int, bool]]:
    counts = queries.topic_counts() if seen else {}
    return [(one, counts.get(one.pk, 0), bool(current and current.pk == one.pk)) for one in seen]


def _tabs(address: str, chosen: TopicFilter, person: User | None, board: KnownBoard | None) -> list[Tab]:
    named = [("", pgettext("topics", "Fresh")), ("unanswered", pgettext("topics", "Unanswered"))]
    named += [("mine", pgettext("topics", "Mine"))] if person else []
    named += [("archive", pgettext("topics", "Archive"))] if board else []
    return [Tab(label, _address(address, TopicFilter(show)), chosen.show == show) for show, label in named]


def _start_url(request: HttpRequest, seen: Sequence[KnownBoard], board: KnownBoard | None) -> str:
    """Anonymous readers are led to the sign-in first; empty for those who may not start anything here."""
    if board:
        may = not request.user.is_authenticated or rules.can_start(request.user, board)
        return reverse("forum:start", args=[board.slug]) if may else ""
    may = not request.user.is_authenticated or any(rules.can_start(request.user, one) for one in seen)
    return reverse("forum:choose") if may and seen else ""


def _address(here: str, chosen: TopicFilter, **at: str) -> str:
    if at and not any(at.values()):
        return ""
    asked = {name: value for name, value in ({"show": chosen.show, "tag": chosen.tag} | at).items() if value}
    return f"{here}?{urlencode(asked)}" if asked else here
