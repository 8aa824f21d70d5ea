"""Wagtail's page lifecycle feeds the feeds: the one place where signals are used."""

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.models import Page
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


def _deleted(sender: type[Page], instance: NewsPage, **kwargs: Any) -> None:
    actions.take_out_of_feeds(instance)
    drop("news")
