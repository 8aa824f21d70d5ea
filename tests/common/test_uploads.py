"""What the CMS takes in, through the doors that editors use: single, multiple and chooser upload."""

import io
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images import get_image_model

from accounts.models import User
from common.upload_forms import PictureField

pytestmark = pytest.mark.django_db
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 200
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
MISMATCH = "The content of this file is not what its name says (.{})."


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "#3b7a57").save(written, kind, **options)
    return written.getvalue()


def picture_with_place(kind: str, **options) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera of Anna", 6  # maker; turned by a quarter
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 17.0, 0.0)})
    return picture(kind, exif=exif, **options)


def archive(entries: dict[str, bytes], *, first_stored: bool = False) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for index, (name, content) in enumerate(entries.items()):
            packed.writestr(name, content, zipfile.ZIP_STORED if first_stored and not index else zipfile.ZIP_DEFLATED)
    return written.getvalue()


def office(folder: str, **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", f"{folder}/main.xml": b"<a/>"} | more)


def open_document(kind: str) -> bytes:
    return archive(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<a/>"}, first_stored=True
    )


@pytest.fixture
def editor(client):
    editor = User.objects.create_superuser("editor@example.org", password="long enough", language="en")
    client.force_login(editor)
    return client


def upload(editor, door: str, name: str, content: bytes):
    field = "files[]" if door.endswith("add_multiple") else "file"
    prefix = {
        "wagtailimages_chooser:create": "image-chooser-upload-",
        "wagtaildocs_chooser:create": "document-chooser-upload-",
    }
    start = prefix.get(door, "")
    fields = {f"{start}{field}": SimpleUploadedFile(name, content), f"{start}title": "Hall", f"{start}collection": 1}
    return editor.post(reverse(door), fields, headers={"x-requested-with": "XMLHttpRequest"})


def said(answer) -> str:
    """Everything the answer tells the editor, as text."""
    return unescape(answer.content.decode())


IMAGE_DOORS = ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]
DOCUMENT_DOORS = ["wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:create"]


@pytest.mark.parametrize("door", IMAGE_DOORS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("program.jpg", PROGRAM),
        ("page.png", PAGE),
        ("drawing.png", DRAWING),
        ("drawing.svg", DRAWING),
        ("postscript.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        ("really-png.jpg", picture("PNG")),
        ("cut-off.jpg", picture("JPEG", (600, 400))[:-900]),
        ("sixty-megapixels.png", picture("PNG", (10_000, 6_000))),
    ],
)
def test_lying_and_oversized_pictures_are_refused(editor, door, name, content):
    answer = upload(editor, door, name, content)

    assert get_image_model().objects.count() == 0, said(answer)


@pytest.mark.parametrize("door", IMAGE_DOORS)
@pytest.mark.parametrize("name", ["hall.jpg", "hall.png", "hall.webp", "hall.gif"])
def test_honest_pictures_are_taken(editor, door, name):
    kind = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}[name.rpartition(".")[2]]

    upload(editor, door, name, picture(kind))

    stored = get_image_model().objects.get()
    assert (stored.width, stored.height) == (60, 40)


@pytest.mark.parametrize("door", IMAGE_DOORS)
@pytest.mark.parametrize(("name", "kind"), [("hall.jpg", "JPEG"), ("hall.png", "PNG"), ("hall.webp", "WEBP")])
def test_place_and_camera_are_taken_out_and_the_picture_stands_upright(editor, door, name, kind):
    content = picture_with_place(kind)
    assert dict(Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825))

    upload(editor, door, name, content)

    stored = get_image_model().objects.get()
    with stored.file.open() as file:
        kept = file.read()
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}
    assert b"Camera of Anna" not in kept
    assert (stored.width, stored.height) == (40, 60)
    assert stored.file_size == len(kept)


def test_reason_stands_at_the_field(editor):
    answer = upload(editor, "wagtailimages:add", "cut-off.jpg", picture("JPEG", (600, 400))[:-900])

    reason = gettext("This is no picture, or a damaged one. Save it anew and try again.")
    assert answer.context["form"].errors["file"] == [reason]


def test_picture_without_metadata_is_left_byte_for_byte(editor):
    content = picture("PNG")

    upload(editor, "wagtailimages:add", "hall.png", content)

    with get_image_model().objects.get().file.open() as file:
        assert file.read() == content


def test_animation_stays_one():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:], duration=100, comment=b"by Anna")

    cleaned = PictureField().clean(SimpleUploadedFile("moving.gif", written.getvalue()))

    content = cleaned.read()
    with Image.open(io.BytesIO(content)) as moving:
        assert moving.n_frames == 3
    assert b"Anna" not in content


@pytest.mark.parametrize("door", DOCUMENT_DOORS)
@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("program.pdf", PROGRAM, "This file is a program. Programs cannot be uploaded."),
        ("program.zip", b"\x7fELF" + b"\0" * 100, "This file is a program. Programs cannot be uploaded."),
        ("page.pdf", PAGE, MISMATCH.format("pdf")),
        ("page.txt", PAGE, MISMATCH.format("txt")),
        ("drawing.csv", DRAWING, MISMATCH.format("csv")),
        ("binary.txt", b"text\0text", MISMATCH.format("txt")),
        ("text.ics", b"hello", MISMATCH.format("ics")),
        ("table.docx", office("xl"), MISMATCH.format("docx")),
        ("text.odt", open_document("spreadsheet"), MISMATCH.format("odt")),
        ("text.docx", PDF, MISMATCH.format("docx")),
        ("broken.zip", b"PK\x03\x04" + b"\0" * 50, MISMATCH.format("zip")),
        ("macros.docx", office("word", **{"word/vbaProject.bin": b"x"}), "This file contains macros."),
        ("bomb.zip", archive({"zeros": b"\0" * 30_000_000}), "This archive unpacks to too much"),
        ("bomb.xlsx", office("xl", zeros=b"\0" * 30_000_000), "This archive unpacks to too much"),
        ("page.html", PAGE, "is not allowed."),
        ("program.exe", PROGRAM, "This file is a program. Programs cannot be uploaded."),
    ],
)  # fmt: skip
def test_lying_and_swelling_documents_are_refused_with_the_reason(editor, door, name, content, reason):
    answer = upload(editor, door, name, content)

    assert Document.objects.count() == 0
    assert reason in said(answer)


@pytest.mark.parametrize("door", DOCUMENT_DOORS)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", PDF),
        ("plan.PDF", PDF),
        ("list.csv", "имя;район\n".encode("cp1251")),
        ("note.txt", "Привет".encode()),
        ("week.ics", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ("text.docx", office("word")),
        ("table.xlsx", office("xl")),
        ("slides.pptx", office("ppt")),
        ("text.odt", open_document("text")),
        ("table.ods", open_document("spreadsheet")),
        ("slides.odp", open_document("presentation")),
        ("all.zip", archive({"note.txt": b"hello"})),
    ],
)
def test_honest_documents_are_taken(editor, door, name, content):
    upload(editor, door, name, content)

    with Document.objects.get().file.open() as file:
        assert file.read() == content


def test_document_over_the_limit_is_refused(editor, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1000

    answer = upload(editor, "wagtaildocs:add", "plan.pdf", PDF + b" " * 1000)

    assert Document.objects.count() == 0
    assert list(answer.context["form"].errors) == ["file"]
