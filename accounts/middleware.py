"""The door of the CMS: whom it lets in, whom it asks for a second factor, which language it speaks."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import actions, rules
from accounts.models import User

AFTER_SECOND_FACTOR = "after_second_factor"
OPEN_TO_ALL = ("login/", "logout/", "password_reset/", "sprite/", "jsi18n/")


class CmsDoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        turned_away = _door(request) if _inside(request.path) else None
        return turned_away or self.get_response(request)


def _inside(path: str) -> bool:
    root = reverse("wagtailadmin_home")
    return path.startswith(root) and not path.removeprefix(root).startswith(OPEN_TO_ALL)


def _door(request: HttpRequest) -> HttpResponse | None:
    user = request.user
    if not isinstance(user, User):
        return None  # Wagtail sends them to the sign-in
    if not rules.may_enter_cms(user):
        raise PermissionDenied  # Wagtail would send them to the sign-in, which sends them back, and so on
    if settings.EDITORS_NEED_MFA and (way := _way_to_second_factor(request, user)):
        return redirect(way)
    request.session.pop(AFTER_SECOND_FACTOR, None)
    actions.keep_cms_language(user)
    return None


def _way_to_second_factor(request: HttpRequest, user: User) -> str:
    """Empty when it was shown in this session."""
    target = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    if not rules.has_second_factor(user):
        request.session[AFTER_SECOND_FACTOR] = target
        messages.warning(request, _("Editors of this site sign in with a second factor. Set one up, then go on."))
        return reverse("my_security")
    if rules.showed_second_factor(request):
        return ""
    view = "mfa_reauthenticate" if rules.has_codes(user) else "mfa_reauthenticate_webauthn"
    return f"{reverse(view)}?{urlencode({'next': target})}"
