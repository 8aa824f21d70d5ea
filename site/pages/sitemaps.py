"""sitemap.xml: every page, board and topic that anybody may read, each with its translations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, Site

from common import locales
from forum.queries import topics_on
from forum.rules import readable_boards

MOST = 50_000  # what the protocol allows in one file
NEEDED = ("pk", "url_path", "translation_key", "locale_id", "last_published_at", "live", "depth", "path")


@dataclass(frozen=True)
class Entry:
    url: str
    changed: datetime | None
    alternates: Sequence[tuple[str, str]]  # language and address, its own included; empty where there is no other


def sitemap_entries(request: HttpRequest) -> list[Entry]:
    pages = _readable(request).only(*NEEDED).order_by("translation_key", "pk")
    return [
        entry
        for _key, family in groupby(pages.iterator(), key=lambda page: page.translation_key)
        for entry in _entries(list(family), request)
    ]


def talk_entries(request: HttpRequest) -> list[Entry]:
    """Boards in every language, topics in the one they are written in."""
    boards = readable_boards(AnonymousUser())
    if not boards:
        return []
    absolute = request.build_absolute_uri
    lists = _in_all_languages(request, "forum:index")
    lists += [entry for board in boards for entry in _in_all_languages(request, "forum:board", board.slug)]
    topics = topics_on(boards).only("pk", "language", "last_posted_at").order_by("pk")
    return lists + [Entry(absolute(topic.own_url()), topic.last_posted_at, []) for topic in topics.iterator()]


def _in_all_languages(request: HttpRequest, name: str, *args: str) -> list[Entry]:
    addresses = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            addresses[code] = request.build_absolute_uri(reverse(name, args=args))
    return [Entry(address, None, _alternates(addresses)) for address in addresses.values()]


def _entries(family: Sequence[Page], request: HttpRequest) -> list[Entry]:
    addresses = {locales.code_of(page.locale_id): request.build_absolute_uri(page.get_url(request)) for page in family}
    alternates = _alternates(addresses) if len(addresses) > 1 else []
    return [Entry(addresses[locales.code_of(page.locale_id)], page.last_published_at, alternates) for page in family]


def _alternates(addresses: dict[str, str]) -> list[tuple[str, str]]:
    """x-default is for readers of none of these languages: the first of the city's own that there is."""
    ordered = [(code, addresses[code]) for code, _name in settings.LANGUAGES if code in addresses]
    return [*ordered, ("x-default", ordered[0][1])]


def _readable(request: HttpRequest) -> QuerySet[Page]:
    site = Site.find_for_request(request)
    below = Q(pk__in=[])
    for root in Site.get_site_root_paths():
        if site and root.site_id == site.pk:
            below |= Q(url_path__startswith=root.root_path)
    return Page.objects.filter(below).live().public()
