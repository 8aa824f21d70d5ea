"""{% cover image title kind "card" %}: the picture of a thing or a drawing. {% photo image alt %}: only the picture."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from common import pictures
from common.page_cache import depends_on
from common.renditions import TAG

register = template.Library()


@register.simple_tag(takes_context=True)
def cover(context: Context, image: Any, title: str, kind: str, shape: str = "card", eager: bool = False) -> SafeString:
    if image:
        return _picture(context, image, shape, "", eager=eager)
    return pictures.drawn_cover(str(title), kind, pictures.SHAPES[shape], eager=eager)


@register.simple_tag(takes_context=True)
def photo(
    context: Context, image: Any, alt: str = "", shape: str = "text", eager: bool = False, css: str = ""
) -> SafeString:
    return _picture(context, image, shape, alt, eager=eager, css=css)


def _picture(context: Context, image: Any, shape: str, alt: str, **look: Any) -> SafeString:
    """A page that shows a picture before all its formats are there is made anew when they are."""
    html = pictures.picture(image, pictures.SHAPES[shape], alt, **look)
    request = getattr(context, "request", None) or context.get("request")
    if request and not pictures.is_complete(image, html):
        depends_on(request, TAG)
    return html


@register.simple_tag
def cover_url(title: str, kind: str) -> str:
    return pictures.cover_url(str(title), kind)


@register.simple_tag
def full_picture(image: Any) -> str:
    """The address of the whole picture, at most as large as a screen."""
    return pictures.full_url(image)
