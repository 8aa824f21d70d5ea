from urllib.parse import quote

from allauth.account.utils import get_next_redirect_url
from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

register = template.Library()

# The first that is found counts: Edge and Yandex call themselves Chrome too, Chrome calls itself Safari.
BROWSERS = {
    "YaBrowser": "Яндекс Браузер",
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
OTHER_SITES = {"google": "Google", "vk": "VK", "yandex": gettext_lazy("Yandex")}
SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """What a person would call it."""
    names = (_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))
    return ", ".join(name for name in names if name) or _("unknown browser")


@register.filter
def other_site(provider: str) -> str:
    """What people here call the site that allauth knows by this name."""
    return str(OTHER_SITES.get(provider, provider.title()))


@register.simple_tag(takes_context=True)
def way_back(context: Context, process: str) -> str:
    """Where another site's answer leads in the end. Never empty: its language is the language of the way back."""
    if process == "connect":
        return quote(reverse("socialaccount_connections"))
    return quote(get_next_redirect_url(context["request"]) or f"/{get_language()}/")


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
