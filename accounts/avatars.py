"""A person's picture: read with suspicion, cut square, written anew. Nothing of the uploaded file is kept."""

import io
import uuid
import warnings
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

LARGE, SMALL = 384, 96
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


class Refused(ValueError):  # noqa: N818
    """The message is meant for the person who uploaded."""


def square_pictures(upload: Any, size: int) -> dict[int, bytes]:
    """WebP files by length of their side, without any metadata."""
    if size > MOST_BYTES:
        raise Refused(_("This file is too big. Choose a picture of at most 8 MB."))
    picture = _read(upload)
    return {side: _square(picture, side) for side in (LARGE, SMALL)}


def store(pictures: Mapping[int, bytes]) -> str:
    """The name of the large one; the small one lies beside it."""
    folder = f"avatars/{uuid.uuid4().hex}"
    for side, content in pictures.items():
        default_storage.save(f"{folder}/{side}.webp", ContentFile(content))
    return f"{folder}/{LARGE}.webp"


def forget(name: str) -> None:
    for side in (LARGE, SMALL):
        default_storage.delete(beside(name, side))


def beside(name: str, side: int) -> str:
    return name.replace(f"/{LARGE}.webp", f"/{side}.webp")


def _read(upload: Any) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is lower
            picture: Image.Image = Image.open(upload, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(_("This picture has too many pixels. Choose one of at most 40 megapixels."))
            picture.draft("RGB", (LARGE, LARGE))
            picture.load()
            return ImageOps.exif_transpose(picture)
    except Refused:
        raise
    except Exception as error:  # broken files make Pillow raise nearly anything
        raise Refused(_("This file can’t be read as a picture. Choose a JPEG, PNG or WebP file.")) from error


def _square(picture: Image.Image, side: int) -> bytes:
    square = ImageOps.fit(picture.convert("RGBA"), (side, side), Image.Resampling.LANCZOS)
    ground = Image.new("RGB", square.size, "white")
    ground.paste(square, mask=square.getchannel("A"))
    file = io.BytesIO()
    ground.save(file, "WEBP", quality=82, method=4)
    return file.getvalue()
