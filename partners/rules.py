"""Who may do what with partners. Views, hooks and templates ask here."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from partners.enums import Role
from partners.models import PartnerGroup, PartnerPage

Somebody: TypeAlias = User | AnonymousUser


def sees_every_partner(user: Somebody) -> bool:
    """People of the network: the media team, coordinators, moderators. Everybody else sees only the own partner."""
    return user.has_perm("partners.see_every_partner")


def can_coordinate(user: Somebody) -> bool:
    """Take partners in, see and change their private part, set trust, archive, put people into teams."""
    return user.is_authenticated and user.has_right("partners.coordinate")


def is_on_team(user: Somebody, partner_id: int, *roles: Role) -> bool:
    groups = PartnerGroup.objects.filter(partner=partner_id, group__user=user.pk, partner__archived_at=None)
    return groups.filter(role__in=roles or Role.values).exists()


def can_unpublish(user: Somebody, page: PartnerPage) -> bool:
    """Taking the whole organisation off the site is for those who answer for it."""
    return sees_every_partner(user) or is_on_team(user, page.partner_id, Role.OWNER)


def can_delete(user: Somebody, page: PartnerPage) -> bool:
    """A partner leaves by being archived; only a translation may go, and only by the network's hand."""
    return sees_every_partner(user) and page.partner.pages.exclude(pk=page.pk).exists()
