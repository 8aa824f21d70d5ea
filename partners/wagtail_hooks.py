"""Where the partners' rules meet the CMS. Thin: what is decided stands in rules.py and isolation/."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from partners import queries, rules
from partners.isolation import lists
from partners.models import PartnerPage


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("partners.create", _("Partner joined"), _("Partner joined the network"))
    actions.register_action("partners.trust", _("Change trust"), _("Changed what the partner may do at once"))
    actions.register_action("partners.archive", _("Archive partner"), _("Archived the partner"))


@hooks.register("register_admin_viewset")
def register_page_views() -> PageViewSet:
    return lists.PageViews()


@hooks.register("construct_page_chooser_queryset")
def offer_pages(pages: QuerySet, request: HttpRequest) -> QuerySet:
    return lists.linkable_pages(pages, request)


@hooks.register("before_serve_document")
def serve_what_is_published(document: AbstractDocument, request: HttpRequest) -> None:
    """A document is public once something public refers to it; before that it is its partner's own."""
    if not queries.is_document_in_sight(document, request.user):
        raise Http404


@hooks.register("before_delete_page")
def keep_partner_page(request: HttpRequest, page: Page) -> None:
    if isinstance(page, PartnerPage) and not rules.can_delete(request.user, page):
        raise PermissionDenied


@hooks.register("before_unpublish_page")
def keep_partner_page_online(request: HttpRequest, page: Page) -> None:
    if isinstance(page, PartnerPage) and not rules.can_unpublish(request.user, page):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def keep_partner_pages(request: HttpRequest, action_type: str, objects: list[object], action: object) -> None:
    keep = {"delete": keep_partner_page, "unpublish": keep_partner_page_online}.get(action_type)
    for thing in objects:
        if keep and isinstance(thing, Page):
            keep(request, thing.specific)
