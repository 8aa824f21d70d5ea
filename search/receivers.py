"""Wagtail's page lifecycle feeds the index: the one place where signals are used."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search import actions


def connect() -> None:
    page_published.connect(_published, dispatch_uid="search.published")
    page_unpublished.connect(_unpublished, dispatch_uid="search.unpublished")
    page_slug_changed.connect(_moved, dispatch_uid="search.slug_changed")
    post_page_move.connect(_moved, dispatch_uid="search.moved")
    post_delete.connect(_deleted, sender=Page, dispatch_uid="search.deleted")
    for signal in (post_save, post_delete):
        signal.connect(_restricted, sender=PageViewRestriction, dispatch_uid="search.restricted")


def _published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    actions.index(instance)


def _unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    actions.remove(instance)


def _moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """The addresses of all pages below are new, and what stands above them may be private."""
    actions.index_tree(instance)


def _deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    actions.remove(instance)


def _restricted(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page:
        actions.index_tree(page)
