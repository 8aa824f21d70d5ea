"""Pictures of the board: files as cameras write them, and rows as an upload leaves them."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import User
from common.uploads import shrunk
from forum import actions
from forum.models import Picture

SECRET_PLACE = "52 deg 17 min"


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), *, colour: str = "#3b7a57", **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind, **options)
    return written.getvalue()


def photo_with_place(kind: str = "JPEG") -> bytes:
    """Lying on its side, with the place where it was taken, the camera and a comment."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera of Anna", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 17.0, 0.0), 29: SECRET_PLACE})
    return photo(kind, exif=exif, **({"comment": b"Taken by Anna"} if kind == "JPEG" else {}))


def chosen(content: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if content is None else content)


def make_photo(by: User, *, size: tuple[int, int] = (60, 40), description: str = "") -> Picture:
    """Uploaded, and shown nowhere yet."""
    small = shrunk(chosen(photo(size=size)), longest=1600, most_pixels=40_000_000)
    return actions.upload_picture(small, by=by, description=description)
