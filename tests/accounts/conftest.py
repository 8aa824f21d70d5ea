"""Visitors whose requests end as real ones do: with what waits for the commit."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client, TestCase

from accounts.models import User
from tests.factories import make_city

PASSWORD = "correct horse"


class Visitor(Client):
    def request(self, **environment: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**environment)

    def sign_in(self, person: User, password: str = PASSWORD) -> Any:
        return self.post("/ru/accounts/login/", {"login": person.email, "password": password})


@pytest.fixture
def city(db):
    return make_city()


@pytest.fixture
def visitor(city) -> Visitor:
    return Visitor()


@pytest.fixture
def link() -> Callable[[], str]:
    """The path of the link in the newest letter."""

    def newest() -> str:
        found = re.search(r"https?://[^/\s]+(/\w\w/accounts/\S+)", mail.outbox[-1].body)
        assert found, mail.outbox[-1].body
        return found[1]

    return newest
