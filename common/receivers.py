"""Which cached pages a change of Wagtail's own things drops."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from common import locales, vocabulary
from common.city_pages import children_tag, page_tag, translation_tag
from common.models import Picture, Word
from common.page_cache import drop

# After a change of these, links anywhere may lead elsewhere, or nowhere.
SHAPE_OF_THE_SITE = (PageViewRestriction, Site)


def connect() -> None:
    pre_save.connect(_remember_whether_live, dispatch_uid="common.was_live")
    page_published.connect(_published, dispatch_uid="common.published")
    for signal in (page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_tree_changed, dispatch_uid="common.tree")
    pre_delete.connect(_deleted, dispatch_uid="common.deleted")
    post_save.connect(_saved, dispatch_uid="common.saved")
    post_delete.connect(_saved, dispatch_uid="common.gone")


def _remember_whether_live(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Whether publishing makes a page appear, or changes one that is there already."""
    if isinstance(instance, Page) and instance.pk and not raw:
        instance.was_live = Page.objects.filter(pk=instance.pk, live=True).exists()


def _published(sender: Any, instance: Page, **kwargs: Any) -> None:
    drop(page_tag(instance.pk), translation_tag(instance), "pages")
    if parent := instance.get_parent():
        drop(children_tag(parent.pk))
    if not getattr(instance, "was_live", False):
        _appeared(instance)


def _appeared(page: Page) -> None:
    """The page above may list it; where it is a translation, links anywhere lead to it from now on."""
    parent = page.get_parent()
    if parent:
        drop(page_tag(parent.pk))
    if page.get_translations().exists():
        drop("tree")


def _tree_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Addresses changed, came or went: menus, lists and links in texts may show them, anywhere."""
    drop(page_tag(instance.pk), translation_tag(instance), "tree", "pages")


def _deleted(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        _tree_changed(sender, instance)


def _saved(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Word):
        vocabulary.forget()
    elif isinstance(instance, SHAPE_OF_THE_SITE):
        drop("tree")
    elif isinstance(instance, Locale):
        locales.forget()
    elif isinstance(instance, Page) and kwargs.get("created") and instance.live:
        _appeared(instance)
    elif isinstance(instance, Picture) and not kwargs.get("created", False):
        drop("tree")  # its crop or its text may show anywhere
    elif isinstance(instance, get_document_model()) and not kwargs.get("created", False):
        drop("tree")
