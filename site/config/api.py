"""The public API: what each app answers, under one roof, with its description for programs and for people."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import get_language, override
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from common.api import problems, reference
from news.api import router as news
from partners.api import router as partners
from search.api import router as search
from search.suggest_api import router as suggest


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


api = NinjaAPI(
    title="Learning City",
    version="1",
    description=_(
        "News, organisations, discussions and pages of the network, as everybody may read them. Free to use from "
        "anywhere, without a key. Names are those of schema.org; what is not known is left out."
    ),
    urls_namespace="api",
    renderer=Renderer(),
    openapi_url=None,  # both are ours, below: in the reader's language, and without scripts
    docs_url=None,
)
api.add_router("/search", search)
api.add_router("/suggest", suggest)
api.add_router("/partners", partners)
api.add_router("/news", news)


def _reraised(request: HttpRequest, error: Exception) -> HttpResponse:
    """Whatever broke is told and logged as everywhere (common.errors); ninja would show it in development."""
    raise error


REFUSALS: dict[type[Exception], Any] = {
    problems.ProblemError: problems.refused,
    ValidationError: problems.misunderstood,
    HttpError: problems.plain_error,
    Http404: lambda request, error: problems.problem(request, 404),
    Exception: _reraised,
}
for kind, refuse in REFUSALS.items():
    api.add_exception_handler(kind, refuse)


def document() -> dict[str, Any]:
    """OpenAPI 3.1, in the active language."""
    plain = api.get_openapi_schema() | {"servers": [{"url": settings.BASE_URL}]}
    for methods in plain["paths"].values():
        for operation in methods.values():
            _tell_refusals(operation["responses"])
    return reference.translated(plain)


def _tell_refusals(responses: dict[int, Any]) -> None:
    """ninja says of all answers that they are plain JSON."""
    for status, said in responses.items():
        if status >= 400:
            said["content"] = {problems.MEDIA_TYPE: said["content"].popitem()[1]}


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """A page of the site, without a script: each question is a form that asks it."""
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else get_language()
    with override(language):
        said = document()
        shown = {
            "api": said["info"],
            "operations": reference.operations(said),
            "objects": reference.objects(said),
            "problems": problems.KINDS.items(),
            "a_minute": settings.API_A_MINUTE,
        }
        response = render(request, "api/reference.html", shown)
    response["Content-Language"] = language
    return response


urlpatterns = [
    path("docs", docs, name="api_reference"),
    path("openapi.json", openapi, name="api_openapi"),
    path("", api.urls),
]
