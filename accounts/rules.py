"""Who may see and do what with accounts. Asked by views, templates and the door of the CMS alike."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from accounts.models import User

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def can_see_profile(viewer: User | AnonymousUser, person: User) -> bool:
    """A profile is either shown to everybody or to nobody: who looks makes no difference."""
    return person.has_page


def shown_on_profile(person: User) -> dict[str, Any]:
    """What others may read; anything that is not in here must not reach a page, its head or an answer in JSON."""
    return {
        "name": person.get_full_name(),
        "bio": person.bio if person.show_bio else "",
        "picture": person.picture_url if person.show_avatar else "",
        "district": person.district.slug if person.show_district and person.district else "",
    }


def may_enter_cms(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def may_make_administrators(user: User | AnonymousUser) -> bool:
    return user.is_superuser


def can_manage(user: User | AnonymousUser, person: User) -> bool:
    """Whoever looks after people's accounts doesn't reach those who may do more than they."""
    return may_make_administrators(user) or not person.is_superuser


def has_confirmed_address(user: User) -> bool:
    """The one that letters go to."""
    return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()


def has_second_factor(user: User) -> bool:
    return is_mfa_enabled(user, SECOND_FACTORS)


def has_codes(user: User) -> bool:
    """Codes from an app; else the second factor is a key."""
    return is_mfa_enabled(user, [Authenticator.Type.TOTP])


def showed_second_factor(request: HttpRequest) -> bool:
    """In this session. A session may be older than the factor that its owner set up elsewhere."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
