"""Pictures come in by themselves or with the form whose text shows them, and go out to those who may see them."""

from collections.abc import Callable
from typing import Any, TypeVar, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from common.media import POLICY
from forum import actions, queries, rules
from forum.errors import RefusedError
from forum.forms import PictureForm, PostForm
from forum.models import Picture

NOBODY = AnonymousUser()
# What stands at an address never changes, but who may see it does: an hour after a removal nobody has it any more.
FOR_ALL = "public, max-age=3600, immutable"
FOR_ONE = "private, no-cache"
F = TypeVar("F", bound=PostForm)


@require_safe
def show(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Asked as nobody first: what everybody may see is the same answer for all."""
    picture = queries.find_picture(key)
    if picture is None:
        raise Http404
    open_to_all = rules.can_see_picture(NOBODY, picture)
    if not open_to_all and not rules.can_see_picture(request.user, picture):
        raise Http404
    etag = quote_etag(picture.key.hex)
    response = get_conditional_response(request, etag=etag) or _answer(picture)
    response["ETag"] = etag
    response["Cache-Control"] = FOR_ALL if open_to_all else FOR_ONE
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """For the script beside a text: what to write into it, or what is wrong."""
    if not request.user.is_authenticated:
        return JsonResponse(
            {"error": _("You are signed out. Sign in in another tab; your words stay here.")}, status=403
        )
    try:
        picture = take(request)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    return JsonResponse({"markdown": picture.source}, status=201)


def take(request: HttpRequest) -> Picture:
    """Whatever is wrong with it, in a ValidationError: the person, the file, the number of them."""
    person = cast("User", request.user)
    try:
        actions.check_upload(person)
        form = PictureForm(request.POST, request.FILES)
        if not form.is_valid():
            raise ValidationError([message for messages in form.errors.values() for message in messages])
        said = form.cleaned_data
        return actions.upload_picture(said["picture"], by=person, description=said["picture_shows"])
    except RefusedError as error:
        raise ValidationError(str(error)) from error


def with_picture(request: HttpRequest, make: Callable[[QueryDict | None], F], *, into: str = "text") -> F:
    """The form as it was sent. A picture that was chosen in it stands in its text from now on, whatever is wrong."""
    if request.method != "POST":
        return make(None)
    if "picture" not in request.FILES:
        return make(request.POST)
    try:
        return make(_sent_with(take(request), request.POST, into))
    except ValidationError as error:
        form = make(request.POST)
        if "picture" in form.fields:
            form.errors  # noqa: B018 - reads the form; an error is added to what it found itself
            form.add_error("picture", error)
        return form


def _sent_with(picture: Picture, sent: Any, into: str) -> QueryDict:
    words = sent.copy()
    words[into] = f"{words.get(into, '').rstrip()}\n\n{picture.source}".lstrip()
    words["picture_shows"] = ""
    return words


def _answer(picture: Picture) -> HttpResponse:
    """Through us, wherever it lies; none is larger than a page can hold."""
    try:
        with picture.file.open("rb") as file:
            return HttpResponse(file.read(), content_type="image/webp", headers={"Content-Disposition": "inline"})
    except FileNotFoundError as error:
        raise Http404 from error
