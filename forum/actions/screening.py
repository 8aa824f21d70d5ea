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
from forum import rules
from forum.actions.steps import Draft, likeness
from forum.boards import KnownBoard
from forum.enums import Cause, Held
from forum.errors import LinksError, PaceError, PicturesError
from forum.models import Post

WINDOWS = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
LINK = re.compile(r'href="([^"]*)"', re.IGNORECASE)
OWN = re.compile(r"/(?!/)")  # two of them lead to another host
ADDRESS = re.compile(
    r"https?:|www\.|\w\.(?:ru|com|net|org|by|info|biz|top|xyz|online|site|shop|me|cc|io)/", re.IGNORECASE
)


def keep_pace(by: User, *, newcomer: bool) -> None:
    """One's own row is locked: what the same person sends at once is counted one after the other.

    Most people have written less in a day than the smallest limit: of them nothing else is asked.
    """
    limits = settings.FORUM_NEWCOMER_PACE if newcomer else settings.FORUM_PACE
    if not any(limits):
        return
    User.objects.select_for_update(no_key=True).values_list("pk").get(pk=by.pk)
    now, smallest = timezone.now(), min(limit for limit in limits if limit)
    recent = Post.objects.filter(author=by, posted_at__gt=now - WINDOWS[-1]).order_by("-posted_at")
    moments = recent.values_list("posted_at", flat=True)
    if not moments[smallest - 1 : smallest]:
        return
    moments = list(moments[: max(limits)])
    for window, limit in zip(WINDOWS, limits, strict=True):
        if limit and len(moments) >= limit and (left := moments[limit - 1] + window - now) > timedelta():
            raise PaceError(int(left.total_seconds()) + 1)


def screen(board: KnownBoard, draft: Draft, *, by: User) -> Cause | None:
    """Why a moderator has to look at it first; None: it is shown at once. Refuses what comes too fast."""
    if rules.can_moderate(by, board):
        return None
    newcomer = draft.through_form and rules.is_newcomer(by)
    if draft.through_form:
        keep_pace(by, newcomer=newcomer)
    if board.held == Held.ALL:
        return Cause.BOARD
    if rules.must_wait(by, board):
        return Cause.FIRST
    return _suspicion(draft, by, newcomer=newcomer) if draft.through_form else None


def check_what_is_new(post: Post, draft: Draft, *, by: User) -> None:
    """What is shown already cannot be given links or pictures that nobody has looked at, nor others in their place."""
    if not draft.through_form or rules.can_moderate(by, rules.board_of(post.topic)):
        return
    before = _links(post.source) | _addresses(post.topic.title)
    new_links = (_links(draft.source) | _addresses(draft.title)) - before
    new_pictures = pictures_in(draft.source) - pictures_in(post.source)
    if (new_links or new_pictures) and rules.is_newcomer(by):
        raise LinksError if new_links else PicturesError


def _suspicion(draft: Draft, by: User, *, newcomer: bool) -> Cause | None:
    if newcomer and (_links(draft.source) or ADDRESS.search(draft.title)):
        return Cause.LINKS
    if newcomer and pictures_in(draft.source):
        return Cause.PICTURES
    return Cause.REPEAT if _repeats(draft.source, by, newcomer=newcomer) else None


def _repeats(source: str, by: User, *, newcomer: bool) -> bool:
    """By the same person, or by several who are new here."""
    like = likeness(source)
    if like is None or not settings.FORUM_REPEAT_HOURS:
        return False
    since = timezone.now() - timedelta(hours=settings.FORUM_REPEAT_HOURS)
    same = Post.objects.filter(likeness=like, posted_at__gt=since)
    if same.filter(author=by).exists():
        return True
    others = User.objects.filter(pk__in=same.exclude(author=by).values("author")) if newcomer else User.objects.none()
    return any(rules.is_newcomer(other) for other in others[:20])


def _links(source: str) -> set[str]:
    """Where what readers would see leads to; other places of the site don't count."""
    html = render(source)
    there = {url for url in LINK.findall(html) if not (OWN.match(url) or url.startswith(f"{settings.BASE_URL}/"))}
    return there | _addresses(plain_text(re.sub(r"<a .*?</a>", "", html, flags=re.DOTALL)))


def _addresses(text: str) -> set[str]:
    """Written out without being links."""
    return {word for word in text.split() if ADDRESS.search(word)}
