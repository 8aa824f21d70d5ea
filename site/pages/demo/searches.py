"""What the demo city's editors decided about searches, and what its people looked for."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from pages.demo.reading import content
from search.editing import save_group
from search.enums import Pace
from search.models import AskedFor, Pick, PickedPlace, SavedSearch, SynonymGroup
from search.query import Query, chosen_facets
from search.saved import actions as saved

AGAIN = 1.3  # searches in a visit, about
WORST = 2  # how much further down than usual somebody opened a result, times


def load() -> None:
    """Each kind only where there is none of it."""
    if not SynonymGroup.objects.exists():
        _load_synonyms(content("searches"))
    if not Pick.objects.exists():
        for entry in content("searches")["pick"]:
            _load_pick(entry)
    if not AskedFor.objects.exists():
        AskedFor.objects.bulk_create(row for entry in content("searches")["asked"] for row in _rows(entry))
    if not SavedSearch.objects.exists():
        for entry in content("searches")["saved"]:
            _save(entry)


def _load_synonyms(decided: dict[str, Any]) -> None:
    for language, groups in decided["synonyms"].items():
        for phrases in groups:
            save_group(SynonymGroup(language=language, phrases=phrases))
    for entry in decided["one_way"]:
        save_group(SynonymGroup(language=entry["language"], phrases=entry["words"], also=entry["also"]))


def _load_pick(entry: dict[str, Any]) -> None:
    ends = timezone.now() + timedelta(days=entry["until_days"]) if "until_days" in entry else None
    pick = Pick.objects.create(language=entry["language"], phrases=entry["phrases"], show_until=ends)
    for order, shown in enumerate(entry["pages"]):
        page = Page.objects.live().get(slug=shown["slug"], locale__language_code=entry["language"])
        words = {name: shown.get(name, "") for name in ("title", "sentence")}
        place = PickedPlace(pick=pick, page=page, sort_order=order, **words)
        place.full_clean()
        place.save()


def _save(entry: dict[str, Any]) -> None:
    query = Query(entry.get("text", ""), entry["language"], chosen_facets(entry.get("chosen", {})))
    saved.save(User.objects.get(email=entry["person"]), query, Pace(entry["pace"]))


def _rows(entry: dict[str, Any]) -> Iterator[AskedFor]:
    """A day of each week, another one for each text."""
    today, place = timezone.localdate(), entry.get("place", 0)
    for week, visits in enumerate(entry["weeks"]):
        clicks = round(visits * entry.get("opened", 0))
        yield AskedFor(
            day=today - timedelta(days=7 * week + len(entry["text"]) % 6),
            text=entry["text"],
            language=entry.get("language", "ru"),
            filters=entry.get("filters", ""),
            hits=entry["hits"],
            asked=round(visits * AGAIN),
            visits=visits,
            clicks=clicks,
            rank_sum=clicks * place,
            rank_worst=min(entry["hits"], place * WORST) if clicks else 0,
        )
