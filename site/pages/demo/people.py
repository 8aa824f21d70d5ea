"""A person for each role. Passwords are made from the installation's secret key: the same on every run, here only."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.crypto import salted_hmac

from accounts.models import User
from pages.demo import vocabulary
from pages.demo.reading import content
from pages.staff_groups import COORDINATORS, MEDIA_TEAM, MODERATORS
from partners.actions import add_member
from partners.enums import Role
from partners.models import Partner

STAFF = {"coordinator": COORDINATORS, "media": MEDIA_TEAM, "moderator": MODERATORS}
Passwords = dict[str, Future[str]]  # e-mail → hash
SYLLABLES = [consonant + vowel for consonant in "bdgklmnprstvz" for vowel in "aeiou"]


@dataclass(frozen=True)
class Account:
    role: str
    email: str
    password: str


def load() -> Passwords:
    """People without their teams and passwords: partners don't exist yet, and hashing takes its time elsewhere."""
    known = set(User.objects.values_list("email", flat=True))
    districts = vocabulary.words("district")
    missing = [entry for entry in content("users")["user"] if entry["email"] not in known]
    threads = ThreadPoolExecutor(1)
    promised = {entry["email"]: threads.submit(make_password, password_of(entry["email"])) for entry in missing}
    threads.shutdown(wait=False)
    for entry in missing:
        _load_person(entry, districts)
    return promised


def set_passwords(promised: Passwords) -> None:
    for email, password in promised.items():
        User.objects.filter(email=email).update(password=password.result())


def load_teams() -> None:
    partners = {partner.slug: partner for partner in Partner.objects.all()}
    for entry in content("users")["user"]:
        user = User.objects.get(email=entry["email"])
        if not user.groups.exists():
            for slug, role in entry.get("teams", {}).items():
                add_member(partners[slug], user, Role(role))
            if entry["role"] in STAFF:
                user.groups.add(Group.objects.get(name=STAFF[entry["role"]]))


def accounts() -> Iterable[Account]:
    for entry in content("users")["user"]:
        teams = ", ".join(f"{role} of {slug}" for slug, role in entry.get("teams", {}).items())
        yield Account(teams or entry["role"], entry["email"], password_of(entry["email"]))


def password_of(email: str) -> str:
    """Four groups of three syllables and a number: easy to type, one in 65¹² · 100 to guess."""
    drawn = list(salted_hmac("pages.demo", email).digest())
    words = ["".join(SYLLABLES[byte % 65] for byte in drawn[i : i + 3]) for i in (0, 3, 6)]
    return "-".join([*words, f"{drawn[9] % 100:02}"])


def _load_person(entry: dict[str, Any], districts: dict[str, Any]) -> None:
    user = User.objects.create(
        email=entry["email"],
        password=make_password(None),
        display_name=entry["name"],
        language=entry["language"],
        district=districts[entry["district"]],
        bio=entry.get("bio", ""),
        show_profile="bio" in entry,
        show_bio="bio" in entry,
        show_district="bio" in entry,
        is_staff=entry["role"] == "administrator",
        is_superuser=entry["role"] == "administrator",
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
