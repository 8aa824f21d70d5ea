from typing import Any

from wagtail.models import Locale

from common.models import District, Topic
from pages.actions import lay_out_city
from pages.models import HomePage


def make_city() -> HomePage:
    """Three languages, each with its home page, news feed and directory; returns the Russian home page."""
    return lay_out_city(hostname="testserver")


def make_district(slug: str = "oktyabrsky", name: str = "Октябрьский", **fields: Any) -> District:
    known = {"name": name, **fields}
    return District.objects.get_or_create(slug=slug, locale=Locale.get_default(), defaults=known)[0]


def make_topic(slug: str = "crafts", name: str = "Ремёсла") -> Topic:
    return Topic.objects.get_or_create(slug=slug, locale=Locale.get_default(), defaults={"name": name})[0]
