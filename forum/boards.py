"""The boards with what each of them allows, kept until one is changed: every page asks for them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from common.page_cache import drop, remember
from forum.models import Board

TAG = "boards"


@dataclass(frozen=True)
class KnownBoard:
    pk: int
    slug: str
    above: "KnownBoard | None"
    hue: str
    language: str
    kinds: tuple[str, ...]
    who_reads: str
    who_starts: str
    who_replies: str
    groups: frozenset[int]
    moderators: frozenset[int]
    held: str
    threshold: int
    collecting_days: int
    texts: Mapping[str, tuple[str, str]]  # language → title, description

    @property
    def title(self) -> str:
        return self._text()[0]

    @property
    def description(self) -> str:
        return self._text()[1]

    @property
    def text_language(self) -> str:
        """Of title and description: the reader's where there are some, else the city's own, else any."""
        wanted = (get_language() or "", settings.LANGUAGE_CODE)
        return next((code for code in wanted if code in self.texts), next(iter(self.texts), ""))

    @property
    def url(self) -> str:
        return reverse("forum:board", args=[self.slug])

    def _text(self) -> tuple[str, str]:
        return self.texts.get(self.text_language, (self.slug, ""))


_anew: ContextVar[dict[int, KnownBoard] | None] = ContextVar("boards_anew", default=None)


def all_boards() -> dict[int, KnownBoard]:
    """By primary key, each board before those below it, in the city's order."""
    return _anew.get() or remember("boards", (TAG,), _read, near=True)


def by_pk(pk: int) -> KnownBoard:
    """A board that another process has just made is found too."""
    return all_boards().get(pk) or _read()[pk]


def by_slug(slug: str) -> KnownBoard | None:
    return next((board for board in all_boards().values() if board.slug == slug), None)


@contextmanager
def as_written() -> Iterator[None]:
    """Within a transaction that changes boards, what it has written counts."""
    token = _anew.set(_read())
    try:
        yield
    finally:
        _anew.reset(token)


def forget() -> None:
    """After a board was changed: whatever a reader may see may have changed with it."""
    drop(TAG, "forum")


def _read() -> dict[int, KnownBoard]:
    rows = list(Board.objects.prefetch_related("texts", "groups", "moderators").order_by("sort_order", "pk"))
    known: dict[int, KnownBoard] = {}
    for top in (row for row in rows if row.parent_id is None):
        known[top.pk] = _known(top, None)
        known |= {row.pk: _known(row, known[top.pk]) for row in rows if row.parent_id == top.pk}
    return known


def _known(row: Board, above: KnownBoard | None) -> KnownBoard:
    return KnownBoard(
        pk=row.pk,
        slug=row.slug,
        above=above,
        hue=row.hue,
        language=row.language,
        kinds=tuple(row.kinds),
        who_reads=row.who_reads,
        who_starts=row.who_starts,
        who_replies=row.who_replies,
        groups=frozenset(group.pk for group in row.groups.all()),
        moderators=frozenset(group.pk for group in row.moderators.all()),
        held=row.held,
        threshold=row.threshold,
        collecting_days=row.collecting_days,
        texts={text.language: (text.title, text.description) for text in row.texts.all()},
    )
