"""Names of districts, topics and audiences in the reader's language, without a query per row."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import get_language
from wagtail.models import Locale

from common.models import Audience, District, Topic, Word
from common.page_cache import drop, remember

KINDS: dict[str, type[Word]] = {"district": District, "topic": Topic, "audience": Audience}


def names(kind: str, language: str | None = None) -> Mapping[str, str]:
    """slug → name in this language, in the vocabulary's order; a word without a translation keeps its original name."""
    code = language or get_language() or "ru"
    return remember(f"vocabulary:{code}", ("vocabulary",), lambda: _read_all(code), near=True)[kind]


def name(kind: str, slug: str, language: str | None = None) -> str:
    return names(kind, language).get(slug, slug)


def original_words(model: type[Word]) -> QuerySet[Word]:
    """The rows that content links to: those of the original language."""
    return model.objects.filter(locale=Locale.get_default())


def forget() -> None:
    """Called after a word was changed."""
    drop("vocabulary")


def _read_all(language: str) -> dict[str, dict[str, str]]:
    return {kind: _read(model, language) for kind, model in KINDS.items()}


def _read(model: type[Word], language: str) -> dict[str, str]:
    original = Locale.get_default().pk
    rows = model.objects.filter(locale__language_code=language) | model.objects.filter(locale=original)
    found: dict[str, str] = {}
    for slug, word, locale in rows.order_by("sort_order", "name").values_list("slug", "name", "locale_id"):
        if slug not in found or locale != original:
            found[slug] = word
    return found
