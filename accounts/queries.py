from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from accounts.models import NOBODYS_HOST, Consent, User


@dataclass(frozen=True)
class Security:
    """How one gets into the account, at a glance."""

    has_password: bool
    has_codes: bool
    keys: int
    recovery_codes_left: int
    sessions: int
    social: int
    new_address: str

    @property
    def has_second_factor(self) -> bool:
        return self.has_codes or self.keys > 0


def public_person(pk: int) -> User | None:
    return (
        User.objects.filter(pk=pk, is_active=True, show_profile=True, profile_held_at=None)
        .select_related("district")
        .first()
    )


def person_by_address(email: str) -> User | None:
    """Whoever signs in with it, or has signed in with it and isn't done with changing it."""
    address = EmailAddress.objects.filter(email=email.lower()).order_by("-verified").select_related("user").first()
    return address.user if address else User.objects.filter(email=email.lower()).first()


def closed_accounts() -> QuerySet[User]:
    """Of people who have left for good; a locked account may be opened again."""
    return User.objects.filter(is_active=False, email__endswith=f"@{NOBODYS_HOST}")


def consents_of(person: User) -> QuerySet[Consent]:
    return person.consents.all()


def security_of(person: User) -> Security:
    authenticators = list(Authenticator.objects.filter(user=person))
    by_type = {kind: [one for one in authenticators if one.type == kind] for kind in Authenticator.Type}
    recovery = by_type[Authenticator.Type.RECOVERY_CODES]
    return Security(
        has_password=person.has_usable_password(),
        has_codes=bool(by_type[Authenticator.Type.TOTP]),
        keys=len(by_type[Authenticator.Type.WEBAUTHN]),
        recovery_codes_left=len(recovery[0].wrap().get_unused_codes()) if recovery else 0,
        sessions=UserSession.objects.filter(user=person).count(),
        social=SocialAccount.objects.filter(user=person).count(),
        new_address=EmailAddress.objects.filter(user=person, verified=False).values_list("email", flat=True).first()
        or "",
    )
