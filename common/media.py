"""Serves uploaded files where no proxy does: pictures as pictures, all else as a download, and nothing in them runs."""

import posixpath
from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

PICTURES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
POLICY = "default-src 'none'; sandbox"
# Handed out only by views that ask who may see them: documents by Wagtail's, the board's pictures by forum.views.
CLOSED = {"documents", "forum"}


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    plain = posixpath.normpath(path).lstrip("/")  # as Django's view reads it: x/../documents is documents
    name = PurePosixPath(plain)
    if CLOSED & set(name.parts[:1]):
        raise Http404
    response = serve(request, plain, document_root=str(settings.MEDIA_ROOT))
    content_type = PICTURES.get(name.suffix.lower())
    if "Content-Type" in response:
        response["Content-Type"] = content_type or "application/octet-stream"
    response["Content-Disposition"] = "inline" if content_type else "attachment"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=604800"
    return response
