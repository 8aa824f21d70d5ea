"""What people can be told of. The apps above register their kinds in AppConfig.ready()."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.models import User
from notices.enums import Group
from notices.models import Notice

Params = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """``always``: told by a letter whatever the person has chosen, as a decision about somebody is.

    ``sentence`` and ``place`` get the notice's params, and in them ``actor``: the name of who did it, as it is now.
    ``prepare`` gets all notices of the kind that are about to be shown, to add to their params what is read afresh.
    ``mute`` stops everything about the notice's thread, for the person whose notice it is.
    """

    name: str
    label: str | Promise
    sentence: Callable[[Params], str]
    may_see: Callable[[User, Notice], bool]
    always: bool = False
    group: Group = Group.FOLLOWED
    place: Callable[[Params], str] | None = None
    prepare: Callable[[Sequence[Notice]], None] | None = None
    mute: Callable[[User, str], None] | None = None


_kinds: dict[str, Kind] = {}


def register(name: str, **how: Any) -> None:
    """``how`` is a Kind's fields: ``label``, ``sentence`` and ``may_see`` at least."""
    _kinds[name] = Kind(name, **how)


def unregister(name: str) -> None:
    del _kinds[name]


def of(name: str) -> Kind:
    return _kinds[name]


def known() -> list[str]:
    """Notices of an app that was taken out stay in the table, unseen."""
    return list(_kinds)
