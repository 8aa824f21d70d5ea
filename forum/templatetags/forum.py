"""How posts are put into a page."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from forum.enums import Kind
from forum.models import Post

register = template.Library()
OWN_LINK = 'href="/forum/'  # as quotations lead back: models.Post.bare_url


@register.filter
def said(post: Post) -> SafeString:
    """What the post says. It passed the allow-list when it was written."""
    return mark_safe(in_language(post.html, get_language() or settings.LANGUAGE_CODE))


@register.filter
def name_of(person: User | None) -> str:
    """Never empty: who has left is still somebody."""
    return person.get_full_name() if person and person.is_active else _("Former member")


@register.filter
def picture_of(person: User | None) -> str:
    """Only of those who show it on a page of their own."""
    return (
        person.small_picture_url if person and person.is_active and person.show_profile and person.show_avatar else ""
    )


@register.filter
def kind_name(kind: str) -> str:
    return str(Kind(kind).label)


def in_language(html: str, language: str, *, absolute: bool = False) -> str:
    base = settings.BASE_URL if absolute else ""
    return html.replace(OWN_LINK, f'href="{base}/{language}/forum/')
