"""Somebody who follows a search, and a way to let days pass."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from search import tasks
from search.enums import Pace
from search.models import Arrival, SavedSearch, Told
from search.query import Query
from search.saved import actions, arrivals, mailing, news
from tests.factories import make_user

WEEK = timedelta(days=8)


@pytest.fixture
def anna(db) -> User:
    return make_user("anna@example.org", display_name="Анна", language="en")


def follow(
    person: User, text: str = "велосипед", *, pace: Pace = Pace.DAILY, language: str = "ru", **asked: Any
) -> SavedSearch:
    """``asked``: facets, each with one value, and ``when``."""
    when = asked.pop("when", "")
    chosen = {name: (value,) for name, value in asked.items()}
    return actions.save(person, Query(text, language, chosen, when=when), pace)


def time_passes(by: timedelta = WEEK) -> None:
    """What is there now is noted, and all of it lies so long ago."""
    arrivals.note()
    arrivals.forget_gone()
    Arrival.objects.update(at=F("at") - by)
    SavedSearch.objects.update(
        created_at=F("created_at") - by,
        told_until=F("told_until") - by,
        told_at=F("told_at") - by,
        due_at=F("due_at") - by,
    )
    Told.objects.update(told_at=F("told_at") - by)


def a_week_later() -> list[str]:
    """The letters that the worker then sends: their texts."""
    time_passes()
    before = len(mail.outbox)
    tasks.tell_of_searches.enqueue()
    return [str(message.body) for message in mail.outbox[before:]]


def make_due() -> None:
    SavedSearch.objects.update(due_at=timezone.now() - timedelta(seconds=1))


def claim(search: SavedSearch) -> tuple[list[mailing.Claimed], datetime]:
    """As a worker does before it writes the letter."""
    search.refresh_from_db()
    now = timezone.now()
    window = news.Window(now - mailing.SETTLED)
    found = [mailing.Claimed(search, news.untold(search, window))]
    return mailing._claim(search.subscriber, found, now, window.until), window.until
