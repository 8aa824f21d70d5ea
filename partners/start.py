"""What people find when they open the CMS. Apps above add to it by Wagtail's hooks: for a partner's team
`partner_start_buttons(request)` and `partner_start_numbers(partner)`, for those who serve the whole network
`network_start_buttons(request)` and `network_start_lists(request)`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState, WorkflowState

from partners.isolation.reach import Reach, reach_of
from partners.models import Partner, PartnerPage
from partners.rules import Somebody

MOST = 10


@dataclass(frozen=True)
class Button:
    label: str | Promise
    url: str
    icon: str


@dataclass(frozen=True)
class Number:
    label: str | Promise
    value: object


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    about: str
    since: datetime | None


@dataclass(frozen=True)
class RowList:
    """The first of what waits, how many there are, and where all of it stands."""

    title: str | Promise
    rows: Sequence[Row]
    count: int
    url: str


class NetworkPanel(Component):
    name = "network_start"
    template_name = "partners/cms/network_start.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.buttons = [button for offer in hooks.get_hooks("network_start_buttons") for button in offer(request)]
        self.lists = [found for offer in hooks.get_hooks("network_start_lists") for found in offer(request)]

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"buttons": self.buttons, "lists": self.lists}


class StartPanel(Component):
    name = "partner_start"
    template_name = "partners/cms/start.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request: HttpRequest = (parent_context or {})["request"]
        reach = reach_of(request.user) or Reach()
        return {
            "buttons": [button for offer in hooks.get_hooks("partner_start_buttons") for button in offer(request)],
            "waiting": waiting_for(request.user, reach),
            "sent_back": sent_back_to(request.user, reach),
            "drafts": drafts_of(request.user, reach),
            "partners": [(page, _numbers(page.partner)) for page in _in_language(reach)],
        }


def pages_to_work_on(user: Somebody, *, change: bool = False) -> list[PartnerPage]:
    """One page for each partner that the person works for, in the person's language if there is one.

    `change`: only pages that the person may change; else those below which the person may write.
    """
    pages = [(page, page.permissions_for_user(user)) for page in _in_language(reach_of(user) or Reach())]
    return [page for page, may in pages if (may.can_edit() if change else may.can_add_subpage())]


def waiting_for(user: Somebody, reach: Reach | None) -> list[tuple[Page, TaskState]]:
    """What the person can approve. For a team, tasks on pages that are not the own partner's any more don't count."""
    # Not Wagtail's reviewable_by: that asks once for each partner of the network.
    theirs = TaskState.objects.filter(
        task__groupapprovaltask__groups__user=user.pk, status=TaskState.STATUS_IN_PROGRESS
    )
    states = theirs.select_related("revision", "workflow_state__requested_by").order_by("started_at").distinct()
    return _with_pages(reach, [(state.revision.object_id, state) for state in states])


def sent_back_to(user: Somebody, reach: Reach) -> list[tuple[Page, WorkflowState]]:
    """What the person submitted and somebody wants changed."""
    states = WorkflowState.objects.filter(requested_by=user.pk, status=WorkflowState.STATUS_NEEDS_CHANGES)
    return _with_pages(reach, [(state.object_id, state) for state in states])


def drafts_of(user: Somebody, reach: Reach) -> list[Page]:
    """The person's own pages that have something unpublished, the last first."""
    mine = Q(owner=user.pk) | Q(latest_revision__user=user.pk)
    unfinished = Page.objects.filter(reach.own_pages(), mine, has_unpublished_changes=True)
    return list(unfinished.prefetch_related("locale").order_by("-latest_revision_created_at").specific()[:MOST])


def missing_translations(partner: Partner) -> int:
    """How many versions are missing until every published page of the partner exists in every language."""
    live = Page.objects.none()
    for page in partner.pages.all():
        live |= Page.objects.descendant_of(page, inclusive=True).live()
    families = live.values("translation_key").distinct().count()
    return families * len(settings.LANGUAGES) - live.count()


def _numbers(partner: Partner) -> list[Number]:
    counted = [number for count in hooks.get_hooks("partner_start_numbers") for number in count(partner)]
    checked = partner.pages.exclude(assured_date=None).values_list("assured_date", flat=True).first()
    return [
        *counted,
        Number(_("translations missing"), missing_translations(partner)),
        Number(_("profile checked on"), checked or _("never")),
    ]


def _in_language(reach: Reach) -> list[PartnerPage]:
    pages = PartnerPage.objects.filter(partner__in=reach.partners).select_related("partner", "locale").order_by("pk")
    chosen: dict[int, PartnerPage] = {}
    for page in pages:
        if page.partner_id not in chosen or page.locale.language_code == get_language():
            chosen[page.partner_id] = page
    return list(chosen.values())


def _with_pages(reach: Reach | None, found: list[tuple[str, Any]]) -> list[tuple[Page, Any]]:
    ids = [int(pk) for pk, _state in found]
    within = reach.own_pages() if reach else Q()
    pages = Page.objects.filter(within, pk__in=ids).specific().in_bulk()
    return [(pages[int(pk)], state) for pk, state in found if int(pk) in pages][:MOST]
