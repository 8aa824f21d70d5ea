"""Responsive pictures: AVIF and WebP in two sizes, one JPEG for whoever reads neither.

Renditions are read from the image's prefetched ones: ask for ``prefetch_related("cover__renditions")`` where a page
shows many, else each image costs a query.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.shortcuts import get_rendition_or_not_found

from common.covers import fingerprint
from common.covers.shapes import HEIGHT, WIDTH
from common.kinds import kind_of
from common.renditions import Renditions, renditions

FORMATS = ("avif", "webp")
FULL = "max-1920x1440|format-webp"


@dataclass(frozen=True)
class Shape:
    small: str
    large: str
    sizes: str
    css: str = "cover"
    ratio: tuple[int, int] = (WIDTH, HEIGHT)


SHAPES = {
    "card": Shape("fill-400x250", "fill-800x500", "(min-width: 64rem) 18rem, (min-width: 40rem) 45vw, 90vw"),
    "lead": Shape("fill-800x500", "fill-1280x800", "(min-width: 62rem) 38rem, 90vw"),
    "wide": Shape("fill-800x267", "fill-1600x533", "(min-width: 78rem) 73rem, 90vw", "cover cover--wide", (3, 1)),
    "square": Shape("fill-200x200", "fill-400x400", "11rem", "cover cover--square", (1, 1)),
    "mark": Shape("fill-100x100", "fill-200x200", "5.5rem", "cover cover--square", (1, 1)),
    "text": Shape("width-640", "width-1280", "(min-width: 42rem) 40rem, 90vw", "photo"),
    "gallery": Shape("fill-400x300", "fill-800x600", "(min-width: 42rem) 13rem, 45vw", "photo", (4, 3)),
    "face": Shape("fill-100x100", "fill-200x200", "3rem", "photo", (1, 1)),
}


def picture(image: AbstractImage, shape: Shape, alt: str = "", *, eager: bool = False, css: str = "") -> SafeString:
    fallback = f"{shape.large}|format-jpeg"
    made = renditions(image, specs_of(shape), at_once=fallback)
    return format_html(
        "<picture>{}{}</picture>", _sources(made, shape), _img(made[fallback], alt, css or shape.css, eager)
    )


def is_complete(image: AbstractImage, html: str) -> bool:
    """False while the worker is still making the picture's better formats."""
    return not image or html.count("<source ") == len(FORMATS)


def specs_of(shape: Shape) -> list[str]:
    return [f"{size}|format-{name}" for name in FORMATS for size in (shape.small, shape.large)]


def _sources(made: Renditions, shape: Shape) -> SafeString:
    """One for each format that is there in both sizes."""
    pairs = [
        (name, made.get(f"{shape.small}|format-{name}"), made.get(f"{shape.large}|format-{name}")) for name in FORMATS
    ]
    whole = [(name, _srcset(small, large), shape.sizes) for name, small, large in pairs if small and large]
    return format_html_join("", '<source type="image/{}" srcset="{}" sizes="{}">', whole)


def drawn_cover(title: str, kind: str, shape: Shape, *, eager: bool = False) -> SafeString:
    """A cover for what comes without a picture. Says nothing to a screen reader: the title stands beside it."""
    return format_html(
        '<img class="{}" src="{}" alt="" width="{}" height="{}"{}>',
        shape.css,
        cover_url(title, kind),
        WIDTH if shape.ratio[0] != shape.ratio[1] else HEIGHT,
        HEIGHT,
        _loading(eager),
    )


def full_url(image: AbstractImage) -> str:
    return get_rendition_or_not_found(image, FULL).url


def cover_url(title: str, kind: str) -> str:
    return reverse("cover", args=[kind_of(kind).cover, fingerprint(title)])


def _srcset(small: AbstractRendition, large: AbstractRendition) -> str:
    """An image that is smaller than asked for gives the same width twice; once is enough."""
    both = {rendition.width: rendition.url for rendition in (large, small)}
    return ", ".join(f"{url} {width}w" for width, url in sorted(both.items()))


def _img(rendition: AbstractRendition, alt: str, css: str, eager: bool) -> SafeString:
    return format_html(
        '<img class="{}" src="{}" alt="{}" width="{}" height="{}"{}>',
        css,
        rendition.url,
        alt,
        rendition.width,
        rendition.height,
        _loading(eager),
    )


def _loading(eager: bool) -> Any:
    return SafeString(' fetchpriority="high"' if eager else ' loading="lazy" decoding="async"')
