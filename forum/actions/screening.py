"""What people post through a form is looked at before it is shown: how fast, with which links
and pictures, and whether it repeats.

Nothing is dropped in silence: the writer is told to wait, or that a moderator looks at it first.
"""

import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from common.markdown import pictures_in, plain_text, render
from forum import queries, rules
from forum.actions.steps import Draft, likeness
from forum.boards import KnownBoard
from forum.enums import Cause, Held
from forum.errors import LinksError, PaceError, PicturesError
from forum.models import Post
from forum.queries import Written

WINDOWS = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
LINK = re.compile(r'href="([^"]*)"', re.IGNORECASE)
OWN = re.compile(r"/(?!/)")  # two of them lead to another host
ADDRESS = re.compile(
    r"https?:|www\.|\w\.(?:ru|com|net|org|by|info|biz|top|xyz|online|site|shop|me|cc|io)/", re.IGNORECASE
)


def screen(board: KnownBoard, draft: Draft, *, by: User) -> Cause | None:
    """Why a moderator has to look at it first; None: it is shown at once. Refuses what comes too fast."""
    if rules.can_moderate(by, board):
        return None
    past = _look_back(draft, by) if draft.through_form else None
    newcomer = past is not None and rules.is_newcomer(by, shown=past.shown)
    if past:
        _keep_pace(by, past, newcomer=newcomer)
    if board.held == Held.ALL:
        return Cause.BOARD
    if rules.must_wait(by, board):
        return Cause.FIRST
    return _suspicion(draft, by, past, newcomer=newcomer) if past else None


def check_what_is_new(post: Post, draft: Draft, *, by: User) -> None:
    """What is shown already cannot be given links or pictures that nobody has looked at, nor others in their place."""
    if not draft.through_form or rules.can_moderate(by, rules.board_of(post.topic)):
        return
    before = _links(post.source) | _addresses(post.topic.title)
    new_links = (_links(draft.source) | _addresses(draft.title)) - before
    new_pictures = pictures_in(draft.source) - pictures_in(post.source)
    if (new_links or new_pictures) and rules.is_newcomer(by):
        raise LinksError if new_links else PicturesError


def _look_back(draft: Draft, by: User) -> Written:
    """One's own row is locked: what the same person sends at once is counted one after the other."""
    User.objects.select_for_update(no_key=True).values_list("pk").get(pk=by.pk)
    now, hours = timezone.now(), settings.FORUM_REPEAT_HOURS
    return queries.written_by(
        by,
        enough=settings.FORUM_NEWCOMER_POSTS,
        since=now - WINDOWS[-1],
        most=_smallest_limit(),
        like=likeness(draft.source) if hours else None,
        repeated_since=now - timedelta(hours=hours),
    )


def _smallest_limit() -> int:
    return min((limit for limit in (*settings.FORUM_PACE, *settings.FORUM_NEWCOMER_PACE) if limit), default=0)


def _keep_pace(by: User, past: Written, *, newcomer: bool) -> None:
    """Most people have written less in a day than the smallest limit: of them nothing else is asked."""
    limits = settings.FORUM_NEWCOMER_PACE if newcomer else settings.FORUM_PACE
    if not any(limits) or past.recent < _smallest_limit():
        return
    now = timezone.now()
    recent = Post.objects.filter(author=by, posted_at__gt=now - WINDOWS[-1]).order_by("-posted_at")
    moments = list(recent.values_list("posted_at", flat=True)[: max(limits)])
    for window, limit in zip(WINDOWS, limits, strict=True):
        if limit and len(moments) >= limit and (left := moments[limit - 1] + window - now) > timedelta():
            raise PaceError(int(left.total_seconds()) + 1)


def _suspicion(draft: Draft, by: User, past: Written, *, newcomer: bool) -> Cause | None:
    if newcomer and (_links(draft.source) or ADDRESS.search(draft.title)):
        return Cause.LINKS
    if newcomer and pictures_in(draft.source):
        return Cause.PICTURES
    return Cause.REPEAT if past.repeats or (newcomer and _newcomers_say(draft.source, by)) else None


def _newcomers_say(source: str, by: User) -> bool:
    """Several who are new here say the same."""
    like = likeness(source)
    if like is None or not settings.FORUM_REPEAT_HOURS:
        return False
    since = timezone.now() - timedelta(hours=settings.FORUM_REPEAT_HOURS)
    same = Post.objects.filter(likeness=like, posted_at__gt=since).exclude(author=by)
    return any(rules.is_newcomer(other) for other in User.objects.filter(pk__in=same.values("author"))[:20])


def _links(source: str) -> set[str]:
    """Where what readers would see leads to; other places of the site don't count."""
    html = render(source)
    there = {url for url in LINK.findall(html) if not (OWN.match(url) or url.startswith(f"{settings.BASE_URL}/"))}
    return there | _addresses(plain_text(re.sub(r"<a .*?</a>", "", html, flags=re.DOTALL)))


def _addresses(text: str) -> set[str]:
    """Written out without being links."""
    return {word for word in text.split() if ADDRESS.search(word)}
