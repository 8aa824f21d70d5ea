"""What the search field asks for while somebody types (static/js/suggest.js)."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.kinds import kind_of
from search.suggestions import DISTRICT, SEARCH, SUBJECT, Suggested, suggest

LIVES = 10  # seconds: somebody who takes a letter back need not ask again


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    found = suggest(request.GET.get("q", ""), get_language() or "ru")
    count = ngettext("%(count)d suggestion", "%(count)d suggestions", len(found)) % {"count": len(found)}
    response = JsonResponse({"items": [_shown(one) for one in found], "count": count if found else _("No suggestions")})
    patch_cache_control(response, public=True, max_age=LIVES)
    return response


def _shown(one: Suggested) -> dict[str, Any]:
    css, icon, label = _look(one.kind)
    said = {"title": one.title, "url": one.url, "kind": label, "css": css, "icon": icon}
    words = {"words": one.title} if one.kind == SEARCH else {}
    return said | words | ({"language": one.language} if one.language != get_language() else {})


def _look(kind: str) -> tuple[str, str, str]:
    ours = {
        SEARCH: ("", "search", pgettext("suggestion", "Search")),
        SUBJECT: ("", "bookmark", _("Topic")),
        DISTRICT: ("", "map-pin", _("District")),
    }
    look = kind_of(kind)
    return ours.get(kind) or (look.css, look.icon, str(look.label))
