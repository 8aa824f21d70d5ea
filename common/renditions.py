"""The sizes and formats of a picture. A reader waits for one of them at most; the worker makes the rest.

AVIF takes about as long as all else on a page together. So the first page with a new picture shows its JPEG, and is
made anew (tag ``renditions``) when the others are there.
"""

from collections.abc import Sequence

from django.core.cache import cache
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.images.shortcuts import get_rendition_or_not_found

from common.models import Picture
from common.page_cache import drop

TAG = "renditions"
ASKED_AGAIN_AFTER = 600  # seconds; a task may get lost
Renditions = dict[str, AbstractRendition]


def renditions(image: AbstractImage, specs: Sequence[str], *, at_once: str) -> Renditions:
    """What there is of these, `at_once` in any case; the worker is asked for what is missing."""
    found = _existing(image, [*specs, at_once])
    if not all(spec in found for spec in specs) and _ask_for(image, specs):
        found = _existing(Picture(pk=image.pk, **_focus(image)), [*specs, at_once])
    if at_once not in found:
        found[at_once] = get_rendition_or_not_found(image, at_once)
        _close(found[at_once])
    return found


def make(picture_id: int, specs: Sequence[str]) -> None:
    """Safe to repeat: what is there already is left alone."""
    image = Picture.objects.filter(pk=picture_id).first()
    if image is None:
        return
    for spec in specs:
        _close(get_rendition_or_not_found(image, spec))
    drop(TAG)


def rendition_or_none(image: AbstractImage | None, spec: str) -> AbstractRendition | None:
    """None where there is no picture, or its file is lost."""
    if image is None:
        return None
    found = get_rendition_or_not_found(image, spec)
    _close(found)
    return found if found.pk else None


def _ask_for(image: AbstractImage, specs: Sequence[str]) -> bool:
    """True where tasks run at once, so that they are there now."""
    from common.tasks import make_renditions

    if not cache.add(f"renditions:{image.pk}:{Filter(specs[0]).get_cache_key(image)}:{specs[0]}", 1, ASKED_AGAIN_AFTER):
        return False
    return make_renditions.enqueue(image.pk, list(specs)).is_finished


def _existing(image: AbstractImage, specs: Sequence[str]) -> Renditions:
    return {wanted.spec: one for wanted, one in image.find_existing_renditions(*map(Filter, specs)).items()}


def _focus(image: AbstractImage) -> dict[str, int | None]:
    """What a rendition's key is made of."""
    names = ("width", "height", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
    return {name: getattr(image, name) for name in names}


def _close(rendition: AbstractRendition) -> None:
    rendition.file.close()  # Wagtail leaves the files of new renditions open
