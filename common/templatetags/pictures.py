"""{% cover image title kind "card" %}: the picture of a thing or a drawing. {% photo image alt %}: only the picture."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from common import pictures

register = template.Library()


@register.simple_tag
def cover(image: Any, title: str, kind: str, shape: str = "card", eager: bool = False) -> SafeString:
    wanted = pictures.SHAPES[shape]
    if image:
        return pictures.picture(image, wanted, eager=eager)
    return pictures.drawn_cover(str(title), kind, wanted, eager=eager)


@register.simple_tag
def photo(image: Any, alt: str = "", shape: str = "text", eager: bool = False, css: str = "") -> SafeString:
    return pictures.picture(image, pictures.SHAPES[shape], alt, eager=eager, css=css)


@register.simple_tag
def cover_url(title: str, kind: str) -> str:
    return pictures.cover_url(str(title), kind)


@register.simple_tag
def full_picture(image: Any) -> str:
    """The address of the whole picture, at most as large as a screen."""
    return pictures.full_url(image)
