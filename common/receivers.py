"""Which cached pages a change of Wagtail's own things drops."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from common import vocabulary
from common.city_pages import page_tag, translation_tag
from common.models import Picture, Word
from common.page_cache import drop


def connect() -> None:
    page_published.connect(_page_changed, dispatch_uid="common.published")
    for signal in (page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_tree_changed, dispatch_uid="common.tree")
    pre_delete.connect(_deleted, dispatch_uid="common.deleted")
    post_save.connect(_saved, dispatch_uid="common.saved")
    post_delete.connect(_saved, dispatch_uid="common.word_deleted")


def _page_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    drop(page_tag(instance.pk), translation_tag(instance))


def _tree_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Addresses changed or went: menus, lists and links in texts may show them, anywhere."""
    drop(page_tag(instance.pk), translation_tag(instance), "tree")


def _deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        _tree_changed(sender, instance)


def _saved(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Word):
        vocabulary.forget()
    elif isinstance(instance, Picture) and not kwargs.get("created", False):
        drop("tree")  # its crop or its text may show anywhere
