"""The CMS has no sign-in, no password and no profile of its own: it leads to the site's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, NotificationsSettingsPanel, ThemeSettingsPanel
from wagtail.users.models import UserProfile


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


@never_cache
def new_password(request: HttpRequest, rest: str = "") -> HttpResponse:
    return redirect("account_reset_password")


class CmsAccountView(AccountView):
    """What concerns the CMS alone. Name, picture, language and password have their place on the site."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        profile = UserProfile.get_for_user(self.request.user)
        panels = [
            panel(self.request, self.request.user, profile)
            for panel in (NotificationsSettingsPanel, ThemeSettingsPanel)
        ]
        return [panel for panel in panels if panel.is_active()]


account = never_cache(require_admin_access(CmsAccountView.as_view()))
