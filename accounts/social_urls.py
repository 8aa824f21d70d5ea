"""The way to other sites and back. Without a language: such a site is told one address for the way back.

Only sites that are configured have addresses at all.
"""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


def by_a_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Leave by a page that goes on by itself instead of by a redirect.

    Our Content-Security-Policy lets no form lead to another site, and browsers hold that against redirects too.
    """

    @wraps(view)
    def leave(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 302 and response["Location"].startswith("https://"):
            return render(request, "socialaccount/leave.html", {"address": response["Location"]})
        return response

    return leave


def _addresses(provider: str) -> list[Any]:
    views = import_module(f"allauth.socialaccount.providers.{provider}.views")
    return [
        path(f"{provider}/login/", by_a_page(views.oauth2_login), name=f"{provider}_login"),
        path(f"{provider}/login/callback/", views.oauth2_callback, name=f"{provider}_callback"),
    ]


urlpatterns = [address for provider in settings.SOCIALACCOUNT_PROVIDERS for address in _addresses(provider)]
