"""Everything that is written about a person. Each function owns its transaction; letters leave after the commit."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.users.models import UserProfile

from accounts import avatars, leaving, letters, tasks
from accounts.enums import ConsentKind
from accounts.models import NOBODYS_HOST, Consent, Letter, User

LINK = re.compile(r"https?:|www\.|://", re.IGNORECASE)
PROFILE = ("display_name", "language", "district", "bio", "show_profile", "show_avatar", "show_bio", "show_district")

CONSENT_VERSIONS = {ConsentKind.PERSONAL_DATA: "2026-11"}
LEASE = timedelta(minutes=5)
PATIENCE = timedelta(minutes=1)
KEPT = timedelta(days=30)
MOST_ATTEMPTS = 100


# --- people -------------------------------------------------------------------------------------------------------
@transaction.atomic
def create_person(email: str, *, password: str | None = None, confirmed: bool = True, **fields: Any) -> User:
    """A person who didn't sign up alone. ``confirmed``: whoever asks for this answers for the address."""
    person = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=confirmed, primary=True)
    return person


@transaction.atomic
def invite(person: User) -> User:
    """Save somebody without a password, and send a letter by which they choose one. That also confirms the address."""
    person.email = person.email.lower()
    person.set_unusable_password()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, primary=True)
    send_invitation(person)
    return person


def send_invitation(person: User) -> None:
    key = f"{user_pk_to_url_str(person)}-{app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)}"
    with override(person.language):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    address = settings.BASE_URL + path.replace("UID-KEY", key)
    post_letter(person.email, "invitation", {"password_reset_url": address}, language=person.language)


def confirm_only_address(person: User) -> None:
    """Who came by a link from a letter reads that address. With two of them we don't know which one it was."""
    addresses = list(EmailAddress.objects.filter(user=person))
    if len(addresses) == 1:
        addresses[0].set_verified()


@transaction.atomic
def change_address(person: User, email: str) -> None:
    """An administrator corrects the address; its owner confirms it at the next sign-in."""
    person.email = email.lower()
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"primary": True, "verified": False})


@transaction.atomic
def save_profile(person: User, *, pictures: Mapping[int, bytes] | None = None, drop_picture: bool = False) -> None:
    """``person`` carries the new values; ``pictures`` are square and re-encoded (``avatars.square_pictures``).

    Only the profile is written: what was read with it (password, locked or not) may have changed meanwhile.
    A page with links that nobody has looked at waits for a moderator: most of such pages are advertisements.
    """
    old, bio, name = User.objects.values_list("avatar", "bio", "display_name").get(pk=person.pk)
    if _has_new_links(person, bio, name):
        person.profile_held_at = timezone.now()
    person.avatar = avatars.store(pictures) if pictures else "" if drop_picture else old
    person.save(update_fields=[*PROFILE, "avatar", "profile_held_at"])
    keep_cms_language(person)
    if old and old != person.avatar.name:
        transaction.on_commit(lambda: avatars.forget(old))


def _has_new_links(person: User, *before: str) -> bool:
    words = (person.bio, person.display_name)
    return words != before and not person.can_edit_site and any(LINK.search(said) for said in words)


def keep_cms_language(person: User) -> None:
    """The CMS speaks the language its user chose on the site."""
    profile: UserProfile | None = getattr(person, "wagtail_userprofile", None)
    if profile is None:
        UserProfile.objects.create(user=person, preferred_language=person.language)
    elif profile.preferred_language != person.language:
        profile.preferred_language = person.language
        profile.save(update_fields=["preferred_language"])


@transaction.atomic
def close_account(person: User) -> None:
    """Nothing that tells who it was remains; what others rely on (a page's author, a decision) keeps its number."""
    picture = person.avatar.name
    consents = person.consents.filter(withdrawn_at=None)
    consents.update(withdrawn_at=timezone.now())
    for model in (EmailAddress, Authenticator, SocialAccount, UserProfile):
        model.objects.filter(user=person).delete()
    end_sessions(person)
    Letter.objects.filter(to=person.email).delete()
    person.groups.clear()
    person.user_permissions.clear()
    for forget in leaving.FORGET.values():
        forget(person)
    _forget(person)
    if picture:
        transaction.on_commit(lambda: avatars.forget(picture))


def end_sessions(person: User) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()


def _forget(person: User) -> None:
    person.email = f"closed-{person.pk}@{NOBODYS_HOST}"
    person.display_name = person.bio = ""
    person.avatar = ""
    person.district = None
    person.show_profile = person.show_avatar = person.show_bio = person.show_district = False
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.set_unusable_password()
    person.save()


# --- consent ------------------------------------------------------------------------------------------------------
@transaction.atomic
def give_consent(person: User, kind: ConsentKind) -> Consent:
    """The wording in force now; an older one ends with it."""
    version = CONSENT_VERSIONS[kind]
    in_force = person.consents.filter(kind=kind, withdrawn_at=None)
    if same := in_force.filter(version=version).first():
        return same
    in_force.update(withdrawn_at=timezone.now())
    return Consent.objects.create(person=person, kind=kind, version=version)


# --- letters ------------------------------------------------------------------------------------------------------
@transaction.atomic
def post_letter(to: str, occasion: str, context: Mapping[str, Any], *, language: str) -> Letter:
    """Write it down now, hand it to a worker after the commit. ``occasion`` is a key of ``letters.LETTERS``."""
    return post(to, letters.compose(occasion, context, language))


@transaction.atomic
def post(to: str, rendered: letters.Rendered) -> Letter:
    letter = Letter.objects.create(to=to, subject=rendered.subject, text=rendered.text, html=rendered.html)
    transaction.on_commit(lambda: tasks.send_letter.enqueue(letter.pk))
    return letter


def send_letter(letter_id: int) -> bool:
    """Once, however often the task runs: a sent letter is not taken again, one in another worker's hands neither.

    A worker that dies leaves its letter to whoever comes after the lease; the Message-ID stays the same, so that a
    letter which had left just before is recognised by mail programs.
    """
    now = timezone.now()
    free = Q(taken_at=None) | Q(taken_at__lt=now - LEASE)
    if not Letter.objects.filter(free, pk=letter_id, sent_at=None).update(taken_at=now, attempts=F("attempts") + 1):
        return False
    letter = Letter.objects.get(pk=letter_id)
    try:
        _message(letter).send()
    except OSError:  # the mail server is away: whoever looks after waiting letters tries again
        Letter.objects.filter(pk=letter.pk).update(taken_at=None)
        raise
    Letter.objects.filter(pk=letter_id).update(sent_at=timezone.now(), text="", html="")
    return True


def look_after_letters() -> None:
    """Send off what waits: the mail server was away, or the task got lost between commit and queue. Forget the old."""
    now = timezone.now()
    free = Q(taken_at=None, created_at__lt=now - PATIENCE) | Q(taken_at__lt=now - LEASE)
    for pk in Letter.objects.filter(free, sent_at=None, attempts__lt=MOST_ATTEMPTS).values_list("pk", flat=True):
        tasks.send_letter.enqueue(pk)
    Letter.objects.filter(created_at__lt=now - KEPT).delete()


def _message(letter: Letter) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.to],
        headers={
            "Message-ID": f"<letter-{letter.pk}-{letter.created_at:%Y%m%d%H%M%S}@{DNS_NAME}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(letter.html, "text/html")
    return message
