"""What may be uploaded: the content decides, not the name; and what a picture tells about its author is taken out."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

SNIFFED = 4096
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ENTRIES = 5_000
HIGHEST_RATIO = 200
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
)
MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?xml|\?php)", re.IGNORECASE)
OFFICE = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
OPEN_DOCUMENT = {
    "odp": b"application/vnd.oasis.opendocument.presentation",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odt": b"application/vnd.oasis.opendocument.text",
}
FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")  # no others are decoded: one calls Ghostscript
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, struct.error)
# Where cameras and programs leave places, names and comments.
QUALITY = {"JPEG": {"quality": 92}, "WEBP": {"quality": 90}, "AVIF": {"quality": 80}}
TELLTALES = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment", "mp"}


# --- documents ----------------------------------------------------------------------------------------------------
def check_document(upload: File) -> None:
    """Raises a ValidationError that says what is wrong when the content is not what the name promises."""
    extension = PurePosixPath(upload.name or "").suffix.lower().lstrip(".")
    upload.seek(0)
    beginning = upload.read(SNIFFED)
    if beginning.startswith(PROGRAMS):
        raise ValidationError(_("This file is a program. Programs cannot be uploaded."), code="program")
    look = CHECKS.get(extension)
    if look and not look(upload, beginning, extension):  # an extension that is not allowed is Wagtail's to refuse
        raise ValidationError(
            _("The content of this file is not what its name says (.%(extension)s)."),
            code="lying",
            params={"extension": extension},
        )
    upload.seek(0)


def _is_pdf(upload: File, beginning: bytes, extension: str) -> bool:
    return beginning.startswith(b"%PDF-")


def _is_text(upload: File, beginning: bytes, extension: str) -> bool:
    if b"\0" in beginning or MARKUP.search(beginning):
        return False
    return extension != "ics" or beginning.removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR")


def _is_office(upload: File, beginning: bytes, extension: str) -> bool:
    names = _entries(upload)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(_("This file contains macros. Save it without them."), code="macros")
    return "[Content_Types].xml" in names and any(name.startswith(OFFICE[extension]) for name in names)


def _is_open_document(upload: File, beginning: bytes, extension: str) -> bool:
    """The format asks for the type as the archive's first entry, uncompressed: it stands in the file's beginning."""
    return bool(_entries(upload)) and OPEN_DOCUMENT[extension] in beginning[:200]


def _is_archive(upload: File, beginning: bytes, extension: str) -> bool:
    return beginning.startswith(b"PK") and bool(_entries(upload))


def _entries(upload: File) -> list[str]:
    """The names inside. Refuses what would fill a disk when somebody unpacks it; unpacks nothing itself."""
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload.file or upload) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []
    unpacked = sum(entry.file_size for entry in listed)
    packed = sum(entry.compress_size for entry in listed)
    if len(listed) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > HIGHEST_RATIO * max(packed, 10_000):
        raise ValidationError(
            _("This archive unpacks to too much (%(size)s)."), code="bomb", params={"size": filesizeformat(unpacked)}
        )
    return [entry.filename for entry in listed]


Look = Callable[[File, bytes, str], bool]
CHECKS: dict[str, Look] = {
    "pdf": _is_pdf,
    "zip": _is_archive,
    **dict.fromkeys(("csv", "ics", "txt"), _is_text),
    **dict.fromkeys(OFFICE, _is_office),
    **dict.fromkeys(OPEN_DOCUMENT, _is_open_document),
}


# --- pictures -----------------------------------------------------------------------------------------------------
def check_picture(upload: File, *, most_pixels: int) -> None:
    """Reads no more than the header: what is huge is refused before anybody unpacks it. Then whether it is whole."""
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as picture:
            pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
            if pixels > most_pixels:
                raise _too_many_pixels(most_pixels)
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(most_pixels) from error
    except UNREADABLE as error:
        raise _damaged() from error
    finally:
        upload.seek(0)


def without_metadata(upload: File) -> File:
    """The same picture, upright, without place, camera, names and comments. Unchanged when it has none of them.

    Its size in pixels has been checked before: this decodes it.
    """
    try:
        upload.seek(0)
        with Image.open(upload, formats=FORMATS) as picture:
            picture.load()
            cleaned = _saved_again(picture) if _tells_something(picture) else None
            content_type = Image.MIME.get(picture.format or "", "application/octet-stream")
    except UNREADABLE as error:
        raise _damaged() from error
    upload.seek(0)
    return SimpleUploadedFile(str(upload.name), cleaned, content_type) if cleaned else upload


@dataclass(frozen=True)
class Shrunk:
    """A picture written anew, as WebP."""

    content: bytes
    width: int
    height: int


def shrunk(upload: File, *, longest: int, most_pixels: int) -> Shrunk:
    """Upright, no side longer than ``longest``, in the colours of every screen; of a moving picture the first frame.

    Nothing else of the file is kept: no place, camera, names, comments, and nothing that hides behind the picture.
    """
    check_picture(upload, most_pixels=most_pixels)
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            picture.draft("RGB", (longest, longest))
            plain = _in_usual_colours(ImageOps.exif_transpose(picture))
    except Exception as error:  # broken files make Pillow raise nearly anything
        raise _damaged() from error
    plain.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    plain.info.clear()
    written = io.BytesIO()
    plain.save(written, "WEBP", quality=82, method=4)
    return Shrunk(written.getvalue(), *plain.size)


def _in_usual_colours(picture: Image.Image) -> Image.Image:
    """sRGB: without its profile a picture from a phone would look pale, and a profile may name the device."""
    plain = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    profile = picture.info.get("icc_profile")
    return _through(profile, plain) if profile and picture.mode in {"RGB", "RGBA"} else plain


def _through(profile: bytes, picture: Image.Image) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB")) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):  # a damaged profile: the colours stay as they are
        return picture


def _too_many_pixels(most: int) -> ValidationError:
    return ValidationError(
        _("This picture is too large: at most %(most)s megapixels."), code="pixels", params={"most": most // 1_000_000}
    )


def _damaged() -> ValidationError:
    return ValidationError(_("This is no picture, or a damaged one. Save it anew and try again."), code="damaged")


def _tells_something(picture: Image.Image) -> bool:
    return bool(TELLTALES & picture.info.keys() or picture.getexif() or getattr(picture, "text", None))


def _saved_again(picture: Image.Image) -> bytes:
    kind = "JPEG" if picture.format == "MPO" else picture.format
    options: dict[str, Any] = dict(QUALITY.get(kind or "", {}))
    if getattr(picture, "n_frames", 1) > 1 and kind != "JPEG":
        upright, options = picture, options | {"save_all": True}
    else:
        upright = ImageOps.exif_transpose(picture)
    for name in list(upright.info):
        if name not in {"icc_profile", "transparency", "duration", "loop", "background", "gamma"}:
            del upright.info[name]
    written = io.BytesIO()
    upright.save(written, kind, icc_profile=upright.info.get("icc_profile"), **options)
    return written.getvalue()
