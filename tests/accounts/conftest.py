"""Visitors whose requests end as real ones do: with what waits for the commit."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core import mail
from django.test import Client, TestCase
from wagtail.models import Locale

from accounts.models import User

PASSWORD = "correct horse"


class Visitor(Client):
    def request(self, **environment: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**environment)

    def sign_in(self, person: User, password: str = PASSWORD) -> Any:
        return self.post("/en/accounts/login/", {"login": person.email, "password": password})


@pytest.fixture
def visitor(locales: dict[str, Locale]) -> Visitor:
    return Visitor()


@pytest.fixture
def link() -> Callable[[], str]:
    """The path of the link in the newest letter."""

    def newest() -> str:
        found = re.search(r"https?://[^/\s]+(/\w\w/accounts/\S+)", mail.outbox[-1].body)
        assert found, mail.outbox[-1].body
        return found[1]

    return newest


@pytest.fixture
def with_codes() -> Callable[[User], str]:
    """Switches codes from an app on for somebody; gives the secret."""

    def switch_on(person: User) -> str:
        secret = generate_totp_secret()
        TOTP.activate(person, secret)
        RecoveryCodes.activate(person)
        return secret

    return switch_on


def code(secret: str, steps: int = 0) -> str:
    """What the app shows now, or so many half-minutes later."""
    counter = int(time.time()) // 30 + steps
    return format_hotp_value(hotp_value(secret, counter))
