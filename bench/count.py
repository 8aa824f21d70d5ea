"""Prints, as JSON, the addresses that are measured, a signed-in reader's cookie, and SQL queries by address."""

import json
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.cached_db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from news.models import NewsIndexPage, NewsPage  # noqa: E402
from partners.models import PartnerIndexPage, PartnerPage  # noqa: E402

KINDS = ("anonymous, stored", "anonymous, rendered", "signed in, stored", "signed in, rendered")


def addresses() -> dict[str, str]:
    news = NewsPage.objects.filter(live=True, locale__language_code="ru").order_by("pk")
    partners = PartnerPage.objects.filter(live=True, locale__language_code="ru").order_by("pk")
    pages: dict[str, Any] = {
        "news index": NewsIndexPage.objects.filter(locale__language_code="ru").first(),
        "news item": news.first(),
        "directory": PartnerIndexPage.objects.filter(locale__language_code="ru").first(),
        "partner": partners.first(),
    }
    found = {name: page.relative_url(page.get_site()) for name, page in pages.items()}
    return {
        "home": "/ru/",
        **found,
        "search": "/ru/search/?q=%D0%BC%D0%B0%D1%81%D1%82%D0%B5%D1%80%D1%81%D0%BA%D0%B0%D1%8F",
    }


def signed_in(name: str = "reader") -> str:
    """A reader without any rights."""
    email = f"{name}@bench.example"
    reader = User.objects.filter(email=email).first() or User.objects.create_user(email)
    session = SessionStore()
    session[SESSION_KEY] = str(reader.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = reader.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def queries(path: str, cookie: str) -> int:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0], "x-forwarded-proto": "https"})
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return len(captured)


def main() -> None:
    paths, cookie = addresses(), signed_in()
    for path in paths.values():
        queries(path, cookie)  # what a process keeps is there
    counted: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    for name, path in paths.items():
        queries(path, cookie)
        counted["signed in, stored"][name] = queries(path, cookie)
        queries(path, "")
        counted["anonymous, stored"][name] = queries(path, "")
        fresh = f"{path}{'&' if '?' in path else '?'}fresh={cookie}"  # nobody has asked for this address yet
        counted["anonymous, rendered"][name] = queries(fresh, "")
        counted["signed in, rendered"][name] = queries(fresh, cookie)
    print(json.dumps({"paths": paths, "cookie": cookie, "name": settings.SESSION_COOKIE_NAME, "queries": counted}))


if __name__ == "__main__":
    main()
