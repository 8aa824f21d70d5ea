"""Addresses of the board inside what is stored: without a language, which is the reader's (models.Post.bare_url)."""

from django.conf import settings

OWN_LINK = 'href="/forum/'


def in_language(html: str, language: str, *, absolute: bool = False) -> str:
    base = settings.BASE_URL if absolute else ""
    return html.replace(OWN_LINK, f'href="{base}/{language}/forum/')
