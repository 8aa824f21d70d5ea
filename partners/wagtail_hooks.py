"""Where the partners' rules meet the CMS. Thin: what is decided stands in rules.py and isolation/."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.documents.models import AbstractDocument
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from partners import queries, rules
from partners.isolation import lists
from partners.isolation.reach import reach_of
from partners.models import PartnerPage
from partners.start import Button, NetworkPanel, Row, RowList, StartPanel, pages_to_work_on, waiting_for
from partners.views.team import our_page


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("partners.create", _("Partner joined"), _("Partner joined the network"))
    actions.register_action("partners.trust", _("Change trust"), _("Changed what the partner may do at once"))
    actions.register_action("partners.private", _("Change the private part"), _("Changed what the public does not see"))
    actions.register_action("partners.team", _("Change the team"), _("Changed the team"))
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


# --- the team's own start page and menu ---------------------------------------------------------------------------

MENU_OF_TEAMS = {"explorer", "images", "documents"}


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("our-page/", our_page, name="our_page"), path("partners/", include("partners.urls"))]


class PartnersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_coordinate(request.user)


@hooks.register("register_admin_menu_item")
def register_partners() -> MenuItem:
    return PartnersMenuItem(_("Partners"), reverse("coordination:index"), name="partners", icon_name="group", order=60)


@hooks.register("construct_homepage_panels", order=1000)
def show_start(request: HttpRequest, panels: list[Any]) -> None:
    if reach_of(request.user) is not None:
        panels[:] = [StartPanel()]
        return
    # Wagtail's list of what can be approved asks once for each workflow: there is one for every partner.
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    network = NetworkPanel(request)
    if network.buttons or network.lists:
        panels.insert(0, network)


@hooks.register("construct_homepage_summary_items", order=1000)
def leave_summary_out(request: HttpRequest, items: list[Any]) -> None:
    if reach_of(request.user) is not None:
        items.clear()


@hooks.register("construct_main_menu", order=1000)
def show_what_they_can_use(request: HttpRequest, items: list[MenuItem]) -> None:
    if reach_of(request.user) is not None:
        items[:] = [item for item in items if item.name in MENU_OF_TEAMS]


@hooks.register("network_start_buttons", order=20)
def offer_partners(request: HttpRequest) -> Iterator[Button]:
    if rules.can_coordinate(request.user):
        yield Button(_("New partner"), reverse("coordination:new"), "plus")
        yield Button(_("Partners"), reverse("coordination:index"), "group")


@hooks.register("network_start_lists", order=200)
def list_what_can_be_approved(request: HttpRequest) -> Iterator[RowList]:
    waiting = waiting_for(request.user, None)
    rows = [
        Row(
            page.get_admin_display_title(),
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            str(state.workflow_state.requested_by or ""),
            state.started_at,
        )
        for page, state in waiting
    ]
    if rows:
        yield RowList(_("Waits for your approval"), rows, len(rows), reverse("wagtailadmin_reports:workflow_tasks"))


@hooks.register("partner_start_buttons", order=10)
def offer_own_things(request: HttpRequest) -> Iterator[Button]:
    if pages_to_work_on(request.user, change=True):
        yield Button(_("Edit our page"), reverse("our_page"), "home")
    yield Button(_("Add a picture"), reverse("wagtailimages:add_multiple"), "image")


@hooks.register("insert_global_admin_css")
def style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


@hooks.register("insert_editor_js")
def open_preview() -> str:
    return format_html('<script src="{}"></script>', static("js/cms.js"))
