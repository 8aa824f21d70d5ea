"""Wagtail's page lifecycle feeds the feeds: the one place where signals are used."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from common.page_cache import drop
from common.vocabulary import KINDS
from news import actions
from news.models import NewsCategory, NewsPage


def connect() -> None:
    page_published.connect(_published, sender=NewsPage, dispatch_uid="news.published")
    page_unpublished.connect(_unpublished, sender=NewsPage, dispatch_uid="news.unpublished")
    post_page_move.connect(_moved, dispatch_uid="news.moved")
    pre_delete.connect(_deleted, sender=NewsPage, dispatch_uid="news.deleted")
    post_save.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="news.closed")
    post_delete.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="news.opened")
    post_save.connect(_saved, sender=NewsPage, dispatch_uid="news.saved")
    post_save.connect(_saved, sender=Page, dispatch_uid="news.saved_as_page")
    KINDS["news_category"] = NewsCategory


def _published(sender: type[Page], instance: NewsPage, **kwargs: Any) -> None:
    actions.list_in_feeds(instance)


def _unpublished(sender: type[Page], instance: NewsPage, **kwargs: Any) -> None:
    actions.take_out_of_feeds(instance)


def _moved(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if isinstance(instance.specific_deferred, NewsPage):
        page = NewsPage.objects.get(pk=instance.pk)
        if page.live:
            actions.list_in_feeds(page)


def _saved(sender: type[Page], instance: Page, update_fields: Any = None, **kwargs: Any) -> None:
    """A synchronised copy became a page of its own, or the other way round."""
    if update_fields and "alias_of_id" in update_fields:
        page = instance.specific
        if isinstance(page, NewsPage):
            actions.list_in_feeds(page)


def _deleted(sender: type[Page], instance: NewsPage, **kwargs: Any) -> None:
    actions.take_out_of_feeds(instance)
    drop("news")


def _privacy_changed(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    """What only some may open must not stand in a feed that everybody reads."""
    for page in NewsPage.objects.descendant_of(instance.page, inclusive=True).filter(live=True):
        actions.list_in_feeds(page)
