"""Districts, topics, audiences and news categories in three languages."""

from typing import Any

from wagtail.models import Locale

from common.models import Audience, District, Topic, Word
from common.vocabulary import forget
from news.models import NewsCategory
from pages.demo.reading import LANGUAGES, content

MODELS: dict[str, type[Word]] = {
    "district": District,
    "topic": Topic,
    "audience": Audience,
    "category": NewsCategory,
}


def load() -> None:
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    for kind, model in MODELS.items():
        for order, entry in enumerate(content("vocabulary")[kind]):
            _load_word(model, entry, order, locales)
    forget()


def words(kind: str) -> dict[str, Word]:
    """slug → row of the original language: what content links to."""
    return {word.slug: word for word in MODELS[kind].objects.filter(locale=Locale.get_default())}


def _load_word(model: type[Word], entry: dict[str, Any], order: int, locales: dict[str, Locale]) -> None:
    place = {"latitude": entry["lat"], "longitude": entry["lon"]} if "lat" in entry else {}
    original = model.objects.filter(slug=entry["slug"], locale=locales["ru"]).first()
    for language in LANGUAGES:
        if model.objects.filter(slug=entry["slug"], locale=locales[language]).exists():
            continue
        word = model(slug=entry["slug"], name=entry[language], sort_order=order, locale=locales[language], **place)
        if original:
            word.translation_key = original.translation_key
        word.save()
        original = original or word
