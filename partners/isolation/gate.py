"""Stands before every address of the CMS."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from wagtail.admin.auth import require_admin_access

from partners.isolation.doors import DOORS
from partners.isolation.lists import suggest_tags
from partners.isolation.reach import Reach, reach_of

STAND_INS = {"wagtailadmin_tag_autocomplete": suggest_tags, "wagtailadmin_tag_model_autocomplete": suggest_tags}


class PartnerGateMiddleware:
    """Turns a partner's team away from what is another's, whatever the view itself would say."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return None
        reach = reach_of(request.user)
        if reach is None:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not is_open(reach, name, request, kwargs):
            return _turn_away(request)
        return STAND_INS[name](request, **kwargs) if name in STAND_INS else None


def is_open(reach: Reach, name: str, request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    locks = DOORS.get(name)
    return locks is not None and all(fits(reach, request, kwargs) for fits in locks)


@require_admin_access
def _turn_away(request: HttpRequest) -> HttpResponse:
    """Answers as Wagtail does: 403 to scripts, else back to the start page with a message in the person's language."""
    raise PermissionDenied
