from csp.constants import HEADER
from django.urls import reverse

from common.security import CMS


def policy(answer) -> dict[str, str]:
    return {part.split()[0]: " ".join(part.split()[1:]) for part in answer[HEADER].split(";")}


def test_public_pages_run_no_inline_scripts_and_ask_no_other_host(client, db):
    answer = client.get("/ru/accounts/login/")

    assert policy(answer) == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "frame-src": "'self' https://www.youtube-nocookie.com https://rutube.ru https://vk.com https://vkvideo.ru",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }


def test_cms_alone_has_the_looser_policy(client, db):
    assert reverse("wagtailadmin_home") == CMS

    loose = policy(client.get(CMS))

    assert loose["script-src"] == "'self' 'unsafe-inline'"
    assert loose["default-src"] == "'self'"
    assert policy(client.get("/ru/no-such-page/"))["script-src"] == "'self'"


def test_other_headers_are_set(client, db):
    answer = client.get("/ru/accounts/login/")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "geolocation=(self)" in answer["Permissions-Policy"]
    assert "camera=()" in answer["Permissions-Policy"]
