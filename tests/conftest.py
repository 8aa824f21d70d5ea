"""Shared by all tests: three languages, a clean cache."""

import pytest
from django.core.cache import cache
from django.utils.translation.reloader import translation_file_changed
from wagtail.models import Locale

from common import locales as known_locales
from common.catalogues import compile_catalogues
from tests.factories import make_city

pytest_plugins = ["tests.database"]


def pytest_configure(config: pytest.Config) -> None:
    """Once, before the processes that share the work start: what a test reads does not hang on what ran before."""
    if not hasattr(config, "workerinput"):
        for written in compile_catalogues():
            translation_file_changed(None, written)  # this process has read the old one already


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first, so that no process is left alone with them in the end."""
    items.sort(key=lambda item: not {"browser", "services"} & set(item.path.parts))


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()
    known_locales.forget()
    yield
    cache.clear()


@pytest.fixture
def locales(db) -> dict[str, Locale]:
    """The three languages of the site by code."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("ru", "en", "be")}


@pytest.fixture
def city(db):
    """A laid out city: the Russian home page."""
    return make_city()
