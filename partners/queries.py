"""Reads of the directory. A reader sees each partner once: in the own language, else the original, marked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from wagtail.documents.models import AbstractDocument
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from partners.enums import Access, Kind
from partners.models import DirectoryEntry, Partner, PartnerGroup, PartnerPage
from partners.rules import Somebody

PAGE_SIZE = 48


@dataclass(frozen=True)
class DirectoryFilter:
    """What a reader chose; an empty text means no choice."""

    kind: str = ""
    topic: str = ""
    district: str = ""
    audience: str = ""
    access: str = ""
    letter: str = ""


@dataclass(frozen=True)
class DirectoryPage:
    entries: Sequence[DirectoryEntry]
    next_key: str


@dataclass(frozen=True)
class DirectoryCount:
    total: int
    step_free: int


def entries_for(locale: Locale) -> QuerySet[DirectoryEntry]:
    translated = DirectoryEntry.objects.filter(translation_key=OuterRef("translation_key"), locale=locale)
    return DirectoryEntry.objects.filter(Q(locale=locale) | (Q(original=True) & ~Exists(translated)))


def directory(locale: Locale, chosen: DirectoryFilter) -> QuerySet[DirectoryEntry]:
    entries = entries_for(locale)
    if chosen.kind in Kind.values:
        entries = entries.filter(page__kind=chosen.kind)
    if chosen.topic:
        entries = entries.filter(page__topics__slug=chosen.topic)
    if chosen.audience:
        entries = entries.filter(page__audiences__slug=chosen.audience)
    if chosen.district:
        entries = entries.filter(page__district__slug=chosen.district)
    if chosen.access in Access.values:
        entries = entries.filter(_offers(chosen.access))
    if chosen.letter:
        entries = entries.filter(letter=chosen.letter)
    return entries


def directory_page(entries: QuerySet[DirectoryEntry], after: str = "", size: int = PAGE_SIZE) -> DirectoryPage:
    """One page by key; a key that is not understood counts as none."""
    key = _parse_key(after)
    if key:
        entries = entries.filter(Q(sort_key__gt=key[0]) | Q(sort_key=key[0], pk__gt=key[1]))
    rows = list(with_pages(entries)[: size + 1])
    shown = rows[:size]
    return DirectoryPage(shown, f"{shown[-1].pk}-{shown[-1].sort_key}" if len(rows) > size else "")


def count(entries: QuerySet[DirectoryEntry]) -> DirectoryCount:
    step_free = Count("pk", filter=_offers(Access.STEP_FREE))
    return DirectoryCount(**entries.order_by().aggregate(total=Count("pk"), step_free=step_free))


def letters(locale: Locale, chosen: DirectoryFilter) -> list[str]:
    """First letters of the names that a choice leaves, whichever letter is chosen."""
    entries = directory(locale, replace(chosen, letter=""))
    return list(entries.order_by("letter").values_list("letter", flat=True).distinct())


def with_pages(entries: QuerySet[DirectoryEntry]) -> QuerySet[DirectoryEntry]:
    return (
        entries.order_by("sort_key", "pk")
        .select_related("page__logo", "page__cover", "page__district")
        .defer("page__description")
        .prefetch_related("page__cover__renditions", "page__logo__renditions")
    )


def some_partners(locale: Locale, most: int) -> list[DirectoryEntry]:
    """For the home page: those that joined last."""
    return list(with_pages(entries_for(locale)).order_by("-page__partner__member_since", "-pk")[:most])


def count_listed(locale: Locale) -> int:
    return entries_for(locale).count()


def page_of(partner_id: int, locale: Locale) -> PartnerPage | None:
    """The partner's page for readers of this language."""
    entry = entries_for(locale).filter(page__partner_id=partner_id).select_related("page").first()
    return entry.page if entry else None


def names_by_slug(locale: Locale, partner_ids: Collection[int]) -> dict[str, str]:
    """Short address and name of these partners, in the order of the directory."""
    rows = entries_for(locale).filter(page__partner_id__in=partner_ids).order_by("sort_key", "pk")
    return dict(rows.values_list("page__partner__slug", "page__title"))


def name_of_slug(locale: Locale, slug: str) -> str:
    rows = entries_for(locale).filter(page__partner__slug=slug)
    return rows.values_list("page__title", flat=True).first() or ""


def names_of(partner_ids: Collection[int], locale: Locale) -> dict[int, str]:
    """Names of these partners for readers of this language; no query for none."""
    if not partner_ids:
        return {}
    rows = entries_for(locale).filter(page__partner_id__in=partner_ids)
    return dict(rows.values_list("page__partner_id", "page__title"))


def partners_of(user_id: int) -> list[int]:
    """Partners in whose team the person is."""
    groups = PartnerGroup.objects.filter(group__user=user_id, partner__archived_at=None)
    return list(groups.order_by("partner_id").values_list("partner_id", flat=True).distinct())


def _offers(access: str) -> Q:
    """JSON containment differs by database; codes are whole quoted words, so their text is enough."""
    return Q(page__access__icontains=f'"{access}"')


def is_document_in_sight(document: AbstractDocument, reader: Somebody) -> bool:
    """A partner's document is public once a public page refers to it; before that it is for those who may choose it.

    What the network itself uploads is public at once, as everywhere in Wagtail.
    """
    if not Partner.objects.filter(collection=document.collection_id).exists():
        return True
    if policy_registry.get(document).user_has_any_permission_for_instance(reader, ["choose", "change"], document):
        return True
    pages = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(document).filter(base_content_type=pages)
    page_ids = {int(pk) for pk in references.values_list("object_id", flat=True)}
    return Page.objects.live().public().filter(pk__in=page_ids).exists()


def _parse_key(text: str) -> tuple[str, int] | None:
    pk, dash, sort_key = text.partition("-")
    return (sort_key, int(pk)) if dash and pk.isascii() and pk.isdigit() and len(pk) < 15 else None
