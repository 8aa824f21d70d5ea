"""Addresses of the board inside what is stored: without a language, which is the reader's (models.Post.bare_url)."""

import re

from django.conf import settings

OWN = re.compile(r'\b(href|src)="/forum/(pictures/)?')


def in_language(html: str, language: str, *, absolute: bool = False) -> str:
    """Pictures are the same in every language and keep their address."""
    base = settings.BASE_URL if absolute else ""

    def led(match: re.Match[str]) -> str:
        attribute, picture = match.groups()
        return f'{attribute}="{base}/forum/{picture}' if picture else f'{attribute}="{base}/{language}/forum/'

    return OWN.sub(led, html)
