"""What is a team member's own: the one place that everything else asks."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from partners.models import Partner, PartnerPage
from partners.rules import Somebody, sees_every_partner

NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Reach:
    """The partners a person works for, and where in the trees of pages and collections their things stand."""

    partners: tuple[int, ...] = ()
    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()

    def own_pages(self) -> Q:
        return _below("path", self.pages)

    def own_files(self) -> Q:
        """For models with a collection: pictures, documents."""
        return _below("collection__path", self.collections)

    def linkable_pages(self) -> Q:
        """What they may link to: their own, and of others what everybody can read."""
        return self.own_pages() | (Q(live=True) & ~_private())

    def explorable_pages(self) -> Q:
        """Their own, and the public pages on the way down to them."""
        above = {path[:end] for path in self.pages for end in range(Page.steplen, len(path), Page.steplen)}
        return self.own_pages() | Q(path__in=above)


def reach_of(user: Somebody) -> Reach | None:
    """None stands for people of the network, who see every partner. Asked once a request, kept on the user."""
    if not hasattr(user, "_reach"):
        user._reach = None if sees_every_partner(user) else _read(user)  # type: ignore[union-attr]
    return user._reach  # type: ignore[union-attr]


def within(user: Somebody, pages: QuerySet, *, linkable: bool = False) -> QuerySet:
    """The pages among these that the person may work on, or link to."""
    reach = reach_of(user)
    if reach is None:
        return pages
    return pages.filter(reach.linkable_pages() if linkable else reach.own_pages())


def _read(user: Somebody) -> Reach:
    partners = Partner.objects.filter(groups__group__user=user.pk, archived_at=None)
    found = dict(partners.order_by("pk").values_list("pk", "collection__path"))
    pages = PartnerPage.objects.filter(partner__in=found).order_by("path").values_list("path", flat=True)
    return Reach(tuple(found), tuple(pages), tuple(found.values()))


def _below(field: str, paths: tuple[str, ...]) -> Q:
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), NOTHING)


def _private() -> Q:
    """Pages behind a password or a sign-in, and all below them."""
    return _below("path", tuple(PageViewRestriction.objects.values_list("page__path", flat=True)))
