"""Partners with their teams, collections and pages."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from accounts.models import User
from pages.demo import dates, vocabulary
from pages.demo.paintings import Studio
from pages.demo.publishing import publish
from pages.demo.reading import LANGUAGES, content
from pages.demo.streams import blocks, no_pages
from partners.actions import create_partner
from partners.models import Partner, PartnerIndexPage, PartnerPage

PLAIN_FACTS = ("kind", "address", "phones", "email", "website", "access")


def load(*, by: User, studio: Studio) -> None:
    index = PartnerIndexPage.objects.get(locale=Locale.get_default())
    known = {kind: vocabulary.words(kind) for kind in ("district", "topic", "audience")}
    existing = set(Partner.objects.values_list("slug", flat=True))
    for entry in content("partners")["partner"]:
        if entry["slug"] not in existing:
            _load_partner(entry, index, known, by=by, studio=studio)


def _load_partner(
    entry: dict[str, Any], index: PartnerIndexPage, known: dict[str, Any], *, by: User, studio: Studio
) -> None:
    page = PartnerPage(locale=index.locale, **_words(entry, "ru"), **_facts(entry, known))
    page.topics = [known["topic"][slug] for slug in entry["topics"]]
    page.audiences = [known["audience"][slug] for slug in entry["audiences"]]
    if "picture" in entry:
        page.cover = studio.picture(entry["picture"], entry["slug"])
    partner = create_partner(
        index=index,
        page=page,
        slug=entry["slug"],
        by=by,
        trust=entry["trust"],
        member_since=entry["member_since"],
        **entry["private"],
    )
    if page.cover:
        page.cover.collection = partner.collection
        page.cover.save(update_fields=["collection"])
    for language in LANGUAGES[1:]:
        if language in entry:
            _translate(page, entry, language, by=by)


def _translate(page: PartnerPage, entry: dict[str, Any], language: str, *, by: User) -> None:
    copy = page.copy_for_translation(Locale.objects.get(language_code=language))
    for field, value in _words(entry, language).items():
        setattr(copy, field, value)
    copy.slug, copy.address, copy.live = page.slug, entry[language]["address"], False
    publish(copy, by=by)


def _words(entry: dict[str, Any], language: str) -> dict[str, Any]:
    today = timezone.localdate()
    text = {key: dates.fill(value, today, language) for key, value in entry[language].items()}
    return {
        "title": text["name"],
        "short_name": text["short_name"],
        "tagline": text["tagline"],
        "opening_hours_note": text["hours_note"],
        "description": blocks(text["body"], no_pages),
        "search_description": text["tagline"],
    }


def _facts(entry: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in PLAIN_FACTS} | {
        "slug": entry["slug"],
        "district": known["district"][entry["district"]],
        "latitude": entry["lat"],
        "longitude": entry["lon"],
        "teaching_languages": entry["languages"],
        "networks": list(entry["networks"].values()),
        "opening_hours": {day: _intervals(hours) for day, hours in entry["hours"].items()},
        "assured_date": timezone.localdate() - timedelta(days=entry["assured_days_ago"]),
    }


def _intervals(hours: str | list[str]) -> list[list[str]]:
    return [interval.split("-") for interval in ([hours] if isinstance(hours, str) else hours)]
