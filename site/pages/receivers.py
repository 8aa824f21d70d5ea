"""Which cached pages a change of the city's settings, words and menus drops."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published

from common.page_cache import drop
from pages.models import CitySettings, CityWords, Menu, MenuItem

TAGS: dict[type[Model], str] = {CitySettings: "settings", CityWords: "settings", Menu: "menu", MenuItem: "menu"}


def connect() -> None:
    for model in TAGS:
        post_save.connect(_changed, sender=model, dispatch_uid=f"pages.saved.{model.__name__}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"pages.deleted.{model.__name__}")
    page_published.connect(_published, dispatch_uid="pages.published")


def _changed(sender: type[Model], **kwargs: Any) -> None:
    drop(TAGS[sender])


def _published(sender: Any, instance: Page, **kwargs: Any) -> None:
    """A menu that names this page, or the page it translates, may have to lead here now."""
    if MenuItem.objects.filter(page__translation_key=instance.translation_key).exists():
        drop("menu")
