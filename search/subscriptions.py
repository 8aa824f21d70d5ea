"""Every search is a subscription: what it finds, the newest first, and what of it takes place on a day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from search import listing, queries
from search.days import LAST
from search.models import Entry
from search.queries import Results
from search.query import Query
from search.wanted import NEWEST, Days

MOST_NEW = 30
MOST_DATED = 200
LOOKED_BACK = timedelta(days=31)  # what is over stays in a calendar for a while: it takes out what the feed lacks
FOUNDED = "2026"  # a year in which the name was the city's: part of what makes a tag: address its own


def newest(query: Query) -> list[Entry]:
    return list(queries.entries(replace(query, order=NEWEST)).order_by("-published", "-id")[:MOST_NEW])


def dated(query: Query) -> list[Entry]:
    """What takes place on a day, the first to come first."""
    since = timezone.now() - LOOKED_BACK
    some = queries.entries(replace(query, days=query.days or Days(since.date(), LAST))).filter(starts__gte=since)
    return list(some.order_by("starts", "id")[:MOST_DATED])


def title(query: Query) -> str:
    """What somebody subscribes to, in words."""
    names = listing.choice_names(Results(query))
    chosen = [str(names[name].get(value, value)) for name, values in query.chosen.items() for value in values]
    words = [_("“%(words)s”") % {"words": query.text}] if query.text else []
    return ", ".join([*words, *chosen]) or _("Everything in the network")


def permanent_id(entry: Entry) -> str:
    """Of the thing, the same in all its languages and in the feed of news: a reader of both sees it once."""
    if entry.translation_key != entry.key:
        return f"urn:uuid:{entry.translation_key}"
    return f"tag:{host()},{FOUNDED}:{entry.key}"


def changed(entry: Entry) -> datetime:
    """When its entry was last written."""
    return max(entry.published, datetime.fromtimestamp(entry.version / 1_000_000, UTC))


def host() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"
