"""Which things can be found, and how each tells what is public about it. Content apps register in AppConfig.ready()."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model
from wagtail.models import Page

from search.enums import Access, Kind


@dataclass(frozen=True)
class EntryDraft:
    """What is public about one thing in one language. Everything but texts is given by slug.

    ``access``, ``within``: what is not for everybody names its places, and is found within them alone.
    ``until``: from then on nobody finds it. ``author``: see author_slug.
    ``kind``: a narrower one than the source's own, where some of its things are of it.
    """

    language: str
    title: str
    url: str
    published: datetime
    summary: str = ""
    body: str = ""
    translation_key: str = ""
    is_original: bool = True
    picture_id: int | None = None
    keywords: str = ""
    partner: str = ""
    partner_name: str = ""
    author: str = ""
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    district: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    until: datetime | None = None
    boost: float = 0
    access: str = Access.PUBLIC
    within: str = ""
    is_part: bool = False
    kind: str = ""

    def with_fields(self, **fields: Any) -> "EntryDraft":
        return replace(self, **fields)


Builder = Callable[[Any], EntryDraft | None]


@dataclass(frozen=True)
class Source:
    kind: str
    model: type[Model]
    builder: Builder

    def things(self, *, after: int = 0) -> Iterator[Any]:
        """Everything of this kind, public or not, without holding it all in memory."""
        yield from self.model._default_manager.filter(pk__gt=after).order_by("pk").iterator(chunk_size=200)

    def count(self) -> int:
        return self.model._default_manager.count()


_sources: dict[type[Model], Source] = {}


def register(kind: Kind | str, model: type[Model], builder: Builder) -> None:
    """``builder(thing)`` answers with a draft, or None where nobody may find the thing."""
    _sources[model] = Source(str(kind), model, builder)


def unregister(model: type[Model]) -> None:
    del _sources[model]


def sources(kind: str = "") -> list[Source]:
    return [source for source in _sources.values() if kind in {"", source.kind}]


def source_of(thing: Model) -> Source | None:
    return next((_sources[model] for model in type(thing).__mro__ if model in _sources), None)


def author_slug(pk: int) -> str:
    """Of somebody who has an account: names change and go, entries need not hear of it."""
    return f"person-{pk}"


def key_of(thing: Model) -> str:
    return f"page:{thing.pk}" if isinstance(thing, Page) else f"{thing._meta.label_lower}:{thing.pk}"


def things_of(keys: Iterable[str]) -> Iterator[Model]:
    """The things that these keys stand for, as far as they still are."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        label, pk = key.rsplit(":", 1)
        wanted[label].append(pk)
    for label, pks in wanted.items():
        if label == "page":
            yield from Page.objects.filter(pk__in=pks).specific()
        else:
            with suppress(LookupError):  # an app that is no more
                yield from apps.get_model(label)._default_manager.filter(pk__in=pks)
