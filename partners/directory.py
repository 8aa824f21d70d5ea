"""What the directory and a partner's page show, gathered from queries."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from common.page_cache import fresh_until
from common.vocabulary import names
from partners import opening_hours, queries
from partners.enums import Access, Kind, Weekday
from partners.models import PartnerIndexPage, PartnerPage


def directory_context(page: PartnerIndexPage, request: HttpRequest) -> dict[str, Any]:
    chosen = queries.DirectoryFilter(
        **{name: request.GET.get(name, "")[:80] for name in ("kind", "topic", "district", "access", "letter")}
    )
    entries = queries.directory(page.locale, chosen)
    found = queries.directory_page(entries, request.GET.get("after", ""))
    return {
        "chosen": chosen,
        "found": found,
        "total": entries.count(),
        "by_letter": [(letter, list(group)) for letter, group in groupby(found.entries, key=lambda e: e.letter)],
        "letters": queries.letters(page.locale),
        "kinds": Kind.choices,
        "topics": names("topic"),
        "districts": names("district"),
        "access_choices": Access.choices,
    }


def partner_context(page: PartnerPage, request: HttpRequest) -> dict[str, Any]:
    now = timezone.localtime()
    fresh_until(request, opening_hours.next_change(page.opening_hours, now))
    return {
        "week": [
            (Weekday(day).label, opening_hours.format_day(page.opening_hours.get(day, [])), index == now.weekday())
            for index, day in enumerate(Weekday.values)
        ],
        "closes_at": opening_hours.closes_at(page.opening_hours, now),
        "topic_names": _named("topic", page.topics.all()),
        "audience_names": _named("audience", page.audiences.all()),
        "district_name": names("district").get(page.district.slug, page.district.name) if page.district else "",
    }


def _named(kind: str, words: Any) -> list[tuple[str, str]]:
    known = names(kind)
    return [(word.slug, known.get(word.slug, word.name)) for word in words]
