from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from accounts.avatars import SMALL
from accounts.models import User


@hooks.register("get_avatar_url")
def avatar_url(user: User | None, size: int) -> str:
    """The picture of the profile. Wagtail draws its own stand-in where there is none, or nobody (a demo's draft)."""
    if user is None:
        return ""
    return user.small_picture_url if size <= SMALL else user.picture_url


@hooks.register("register_account_menu_item")
def my_profile(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("me"),
        "label": _("My profile"),
        "help_text": _("Name, language and picture; password, second factor and sessions."),
    }
