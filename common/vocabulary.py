"""Names of districts, topics and audiences in the reader's language, without a query per row.

The maps are small and change seldom, so a process keeps them and asks the shared cache, once a request, whether they
still stand.
"""

from collections.abc import Mapping

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import get_language
from wagtail.models import Locale

from common.models import Audience, District, Topic, Word
from common.page_cache import drop

KINDS: dict[str, type[Word]] = {"district": District, "topic": Topic, "audience": Audience}


def names(kind: str, language: str | None = None) -> Mapping[str, str]:
    """slug → name in this language, in the vocabulary's order; a word without a translation keeps its original name."""
    language = language or get_language() or "ru"
    key = f"vocabulary:{kind}:{language}"
    known = cache.get(key)
    if known is None:
        known = _read(KINDS[kind], language)
        cache.set(key, known, timeout=24 * 3600)
    return known


def name(kind: str, slug: str, language: str | None = None) -> str:
    return names(kind, language).get(slug, slug)


def original_words(model: type[Word]) -> QuerySet[Word]:
    """The rows that content links to: those of the original language."""
    return model.objects.filter(locale=Locale.get_default())


def forget() -> None:
    """Called after a word was changed."""
    cache.delete_many([f"vocabulary:{kind}:{code}" for kind in KINDS for code in _languages()])
    drop("vocabulary")


def _read(model: type[Word], language: str) -> dict[str, str]:
    original = Locale.get_default().pk
    rows = model.objects.filter(locale__language_code=language) | model.objects.filter(locale=original)
    found: dict[str, str] = {}
    for slug, word, locale in rows.order_by("sort_order", "name").values_list("slug", "name", "locale_id"):
        if slug not in found or locale != original:
            found[slug] = word
    return found


def _languages() -> list[str]:
    return list(Locale.objects.values_list("language_code", flat=True))
