"""Wagtail's page lifecycle keeps the directory and the team's rights in step: the one place where signals are used."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import copy_for_translation_done, page_published, page_unpublished

from partners import actions
from partners.models import PartnerPage
from search.actions import index_partner_later


def connect() -> None:
    page_published.connect(_published, sender=PartnerPage, dispatch_uid="partners.published")
    page_unpublished.connect(_unpublished, sender=PartnerPage, dispatch_uid="partners.unpublished")
    pre_delete.connect(_unpublished, sender=PartnerPage, dispatch_uid="partners.deleted")
    post_save.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="partners.closed")
    post_delete.connect(_privacy_changed, sender=PageViewRestriction, dispatch_uid="partners.opened")
    copy_for_translation_done.connect(_translated, dispatch_uid="partners.translated")
    post_save.connect(_saved, sender=PartnerPage, dispatch_uid="partners.saved")
    post_save.connect(_saved, sender=Page, dispatch_uid="partners.saved_as_page")


def _published(sender: type[Page], instance: PartnerPage, **kwargs: Any) -> None:
    actions.list_in_directory(instance)
    actions.carry_facts_over(instance)
    index_partner_later(instance.partner.slug)


def _unpublished(sender: type[Page], instance: PartnerPage, **kwargs: Any) -> None:
    actions.unlist(instance)


def _translated(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    if isinstance(target_obj, PartnerPage):
        actions.open_page(target_obj.partner, target_obj)


def _saved(sender: type[Page], instance: Page, update_fields: Any = None, **kwargs: Any) -> None:
    """A synchronised copy became a page of its own, or the other way round."""
    if update_fields and "alias_of_id" in update_fields:
        page = instance.specific
        if isinstance(page, PartnerPage):
            actions.list_in_directory(page)


def _privacy_changed(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    """The directory is for everybody: it names only pages that everybody may open."""
    for page in PartnerPage.objects.descendant_of(instance.page, inclusive=True).filter(live=True):
        actions.list_in_directory(page)
