"""Notices as they are read: composed in the active language, after it was asked again who may see them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from notices import kinds
from notices.models import Notice


@dataclass(frozen=True)
class Shown:
    """``language``: of the excerpt, where a kind says so in its params."""

    notice: Notice
    label: str
    sentence: str
    place: str
    excerpt: str
    language: str


def for_reader(person: User, notices: Sequence[Notice]) -> tuple[list[Shown], list[Notice]]:
    """What the person may see, in the same order; and the rest, which is nobody's business any more."""
    _prepare(notices)
    seen = [notice for notice in notices if kinds.of(notice.kind).may_see(person, notice)]
    known = {notice.pk for notice in seen}
    return [_shown(notice) for notice in seen], [notice for notice in notices if notice.pk not in known]


def _prepare(notices: Iterable[Notice]) -> None:
    """Each kind's at once, so that it asks the database once."""
    by_kind: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        notice.params = notice.params | {"actor": _name(notice.actor)}
        by_kind[notice.kind].append(notice)
    by_preparation: dict[Callable[[Sequence[Notice]], None], list[Notice]] = defaultdict(list)
    for name, found in by_kind.items():
        if prepare := kinds.of(name).prepare:
            by_preparation[prepare] += found
    for prepare, found in by_preparation.items():
        prepare(found)


def _shown(notice: Notice) -> Shown:
    kind, params = kinds.of(notice.kind), notice.params
    return Shown(
        notice=notice,
        label=str(kind.label),
        sentence=_one_line(kind.sentence(params)),
        place=_one_line(kind.place(params) if kind.place else params.get("place", "")),
        excerpt=_one_line(params.get("excerpt", "")),
        language=params.get("language", ""),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _name(actor: User | None) -> str:
    return actor.get_full_name() if actor and actor.is_active else _("Former member")
