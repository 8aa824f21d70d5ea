"""Drafts: what is typed into the forms of the board is kept until it is sent. By a button, or by a script by itself."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from forum import pages, rules
from forum.actions import unsent as actions
from forum.errors import OtherWordsError
from forum.forms import PostForm
from forum.forms.unsent import refused_picture, say_only, too_long, words_of
from forum.models import Unsent
from forum.places import Place, place_of
from forum.queries import unsent as queries

SENT = "posted"  # a cookie for static/js/drafts.js: the place that its copy need not be kept of any more
SENT_FOR = 600
ShowForm = Callable[[dict[str, Any]], HttpResponse]


@never_cache
@login_required
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    person = cast("User", request.user)
    own = [one for one in queries.own_unsent(person) if rules.can_see_unsent(person, one)]
    return TemplateResponse(request, "forum/drafts.html", {"drafts": pages.begun(person, own), "section": "drafts"})


@never_cache
@login_required
@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    place = place_of(request.POST.get("place", ""))
    if place is None:
        raise Http404
    actions.throw_away(cast("User", request.user), place)
    if asks_for_json(request):
        return JsonResponse({})
    messages.success(request, _("Thrown away."))
    back = place.url if "back" in request.POST else ""
    return HttpResponseRedirect(back or reverse("forum:drafts"))


def kept_at(request: HttpRequest, place: Place) -> Unsent | None:
    """What a form begins with. Where one comes back, what was just typed stands in it."""
    if request.method == "POST":
        return None
    found = queries.unsent_at(cast("User", request.user), str(place))
    return found if found and rules.can_see_unsent(request.user, found) else None


def keep(request: HttpRequest, place: Place, form: PostForm, show: ShowForm) -> HttpResponse:
    """Nothing is posted. ``show``: the form's own page, which gets what it has to say beside it."""
    words, script = words_of(form), asks_for_json(request)
    wrong = too_long(form, words) or refused_picture(form)
    if wrong:
        say_only(form, wrong)
        return JsonResponse({}) if script else show({})
    try:
        kept = _keep(request, place, form, words)
    except OtherWordsError as error:
        return JsonResponse({"other": as_json(error.kept)}) if script else show(_instead(form, error.kept))
    if script:
        return JsonResponse({"mark": kept.mark if kept else "", "said": _said(kept) if kept else ""})
    if kept:
        messages.success(request, _("Saved for later, here and among your drafts."))
    return redirect(place.url)


def rescue(request: HttpRequest, place: Place, form: PostForm) -> None:
    """What was typed where nothing may be posted any more."""
    words = words_of(form)
    if not words or too_long(form, words):
        return
    try:
        _keep(request, place, form, words)
    except OtherWordsError:
        return
    messages.success(request, _("What you have written is saved among your drafts."))


def as_json(unsent: Unsent | None) -> dict[str, Any]:
    if unsent is None:
        return {}
    return {"mark": unsent.mark, "words": unsent.words, "began": began(unsent)}


def began(unsent: Unsent) -> str:
    return _("You began to write this on %(moment)s.") % {"moment": pages.moment_of(unsent)}


def sent(response: HttpResponse, place: Place) -> HttpResponse:
    """Tells the browser that its own copy is done with."""
    response.set_cookie(SENT, str(place), max_age=SENT_FOR, secure=settings.CSRF_COOKIE_SECURE, samesite="Lax")
    return response


def asks_for_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _keep(request: HttpRequest, place: Place, form: PostForm, words: dict[str, str]) -> Unsent | None:
    ticket, seen = (_uuid(form.data.get(name, "")) for name in ("ticket", "seen"))
    return actions.keep(cast("User", request.user), place, words, ticket=ticket, seen=seen)


def _instead(form: PostForm, kept: Unsent) -> dict[str, Any]:
    """Shown beside what was typed; the next time that takes their place."""
    form.errors.clear()
    form.see(kept.mark)
    return {"other": pages.plain_words(kept), "other_began": began(kept)}


def _said(kept: Unsent) -> str:
    return _("Saved %(time)s") % {"time": formats.time_format(timezone.localtime(kept.saved_at), "H:i")}


def _uuid(text: str) -> UUID | None:
    try:
        return forms.UUIDField(required=False).clean(text)
    except ValidationError:
        return None
