"""Wagtail's page lifecycle feeds the index, and what editors change in the CMS shows at once."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from common.models import Word
from search import actions, editing
from search.models import Pick, PickedPlace, SynonymGroup


def connect() -> None:
    page_published.connect(_published, dispatch_uid="search.published")
    page_unpublished.connect(_unpublished, dispatch_uid="search.unpublished")
    page_slug_changed.connect(_moved, dispatch_uid="search.slug_changed")
    post_page_move.connect(_moved, dispatch_uid="search.moved")
    post_delete.connect(_deleted, sender=Page, dispatch_uid="search.deleted")
    for signal in (post_save, post_delete):
        signal.connect(_restricted, sender=PageViewRestriction, dispatch_uid="search.restricted")
        signal.connect(_word_changed, dispatch_uid="search.word_changed")
    pre_save.connect(_remember_word, dispatch_uid="search.remember_word")
    post_save.connect(_saved, dispatch_uid="search.saved")
    for signal, what in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(_synonyms_changed, sender=SynonymGroup, dispatch_uid=f"search.synonyms_{what}")
        for model in (Pick, PickedPlace):
            signal.connect(_picks_changed, sender=model, dispatch_uid=f"search.{model.__name__}_{what}")


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


def _saved(sender: type, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """A synchronised copy became a page of its own, or the other way round: Wagtail tells nobody else."""
    if isinstance(instance, Page) and update_fields and "alias_of_id" in update_fields:
        actions.index(instance.specific)


def _remember_word(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if isinstance(instance, Word) and instance.pk and not raw:
        instance.before = type(instance).objects.filter(pk=instance.pk).values_list("slug", "name").first()


def _word_changed(sender: type, instance: Any, created: bool = False, **kwargs: Any) -> None:
    if not isinstance(instance, Word) or created:
        return
    before = getattr(instance, "before", None)
    if before != (instance.slug, instance.name):
        said = [before, (instance.slug, instance.name)] if before else [(instance.slug, instance.name)]
        actions.index_word_later(*(sorted(set(column)) for column in zip(*said, strict=True)))


def _synonyms_changed(sender: type, **kwargs: Any) -> None:
    editing.forget_synonyms()


def _picks_changed(sender: type, **kwargs: Any) -> None:
    editing.forget_picks()
