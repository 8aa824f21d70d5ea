"""Uploaded files as a browser gets them: nothing in them can run."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.documents.models import Document

pytestmark = pytest.mark.django_db  # closing an answer looks at the connection


def store(name: str, content: bytes) -> str:
    return default_storage.url(default_storage.save(name, ContentFile(content)))


def test_picture_is_shown_as_a_picture(client):
    answer = client.get(store("pictures/hall.png", b"\x89PNG"))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Content-Disposition"] == "inline"
    answer.close()
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.js", "page.xhtml", "page.png.html", "noname"])
def test_anything_else_is_a_download(client, name):
    answer = client.get(store(f"files/{name}", b"<script>alert(1)</script>"))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/octet-stream")
    assert answer["Content-Disposition"] == "attachment"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()


def test_known_file_is_not_sent_again(client):
    address = store("pictures/known.png", b"\x89PNG")
    first = client.get(address)
    first.close()

    assert client.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "documents/plan.pdf",
        "/documents/plan.pdf",
        "pictures/../documents/plan.pdf",
        "./documents/plan.pdf",
        "forum/secret.webp",
        "pictures/../forum/secret.webp",
        "pictures/none.png",
        "../city.sqlite3",
        "%2e%2e/city.sqlite3",
    ],
)
def test_documents_folders_and_what_lies_outside_are_not_served(client, path):
    store("documents/plan.pdf", b"%PDF-1.7")
    store("forum/secret.webp", b"RIFF")

    assert client.get(f"/media/{path}").status_code in {400, 404}


def test_document_is_a_download_from_wagtails_view(client):
    document = Document.objects.create(title="Plan", file=ContentFile(b"%PDF-1.7", name="plan.pdf"))

    answer = client.get(document.url)

    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    answer.close()
