from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedIn
from common.keyset import KeyPage
from common.parameters import parameter
from notices import actions, queries, showing, tokens
from notices.forms import PreferencesForm
from notices.models import Notice

EARLIER = "earlier"
GET_OR_POST = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_safe
def centre(request: SignedIn) -> HttpResponse:
    """What is new, and once that is on one page, what was read before."""
    at = {name: parameter(request, name) for name in ("before", "after")}
    earlier_only = parameter(request, "show") == EARLIER
    new = None if earlier_only else queries.unread_page(request.user, **at)
    earlier = queries.read_page(request.user, **at) if earlier_only else None
    if new and not new.older and not any(at.values()):
        earlier = queries.read_page(request.user)
    context: dict[str, Any] = {
        "section": "centre",
        "new": _readable(request.user, new),
        "earlier": _readable(request.user, earlier),
        "earlier_only": earlier_only,
        "until": max((notice.pk for notice in new.items), default=0) if new else 0,
    }
    return TemplateResponse(request, "notices/centre.html", context | _links(new, earlier, earlier_only))


@never_cache
@login_required
@require_safe
def open_notice(request: SignedIn, pk: int) -> HttpResponse:
    """To the thing itself; whoever goes there has read all about it."""
    notice = queries.find(request.user, pk)
    if notice is None:
        raise Http404
    actions.mark_read(request.user, notice.thread)
    return HttpResponseRedirect(f"/{get_language()}{notice.path}")


@login_required
@require_POST
def read_all(request: SignedIn) -> HttpResponse:
    until = request.POST.get("until", "")
    if not (until.isascii() and until.isdigit() and len(until) < 19):
        raise Http404
    actions.mark_all_read(request.user, int(until))
    return redirect("notices:centre")


@never_cache
@login_required
@require_http_methods(GET_OR_POST)
def settings(request: SignedIn) -> HttpResponse:
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        instance=queries.preferences_of(request.user),
        duties=queries.has_duties(request.user),
    )
    if request.method == "POST" and form.is_valid():
        actions.save_preferences(form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect("notices:settings")
    return TemplateResponse(request, "notices/settings.html", {"section": "settings", "form": form})


@csrf_exempt  # a mail program asks without a page of ours before it; the signed token says who and what
@never_cache
@require_http_methods(GET_OR_POST)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in a letter: looking changes nothing, one POST does it (RFC 8058)."""
    found = tokens.read_unsubscribe(token)
    person = User.objects.filter(pk=found[0], is_active=True).first() if found else None
    if found is None or person is None:
        raise Http404
    if request.method == "POST":
        actions.unsubscribe(person, found[1])
    context = {"groups": [group.label for group in found[1]], "done": request.method == "POST"}
    return TemplateResponse(request, "notices/unsubscribe.html", context)


@csrf_exempt  # as above: the link works in a browser that knows nothing of the reader
@never_cache
@require_http_methods(GET_OR_POST)
def mute(request: HttpRequest, token: str) -> HttpResponse:
    pk = tokens.read_mute(token)
    notice = queries.find_thread(pk) if pk is not None else None
    if notice is None:
        raise Http404
    if request.method == "POST":
        actions.mute(notice)
    told, _hidden = showing.for_reader(notice.person, [notice])
    context = {"place": told[0].place if told else "", "done": request.method == "POST"}
    return TemplateResponse(request, "notices/mute.html", context)


def _readable(person: User, page: KeyPage[Notice] | None) -> list[showing.Shown]:
    """What may not be seen any more counts as read: the number in the menu shall not wait for it for ever."""
    if page is None:
        return []
    told, hidden = showing.for_reader(person, page.items)
    actions.settle(hidden)
    return told


def _links(new: KeyPage[Notice] | None, earlier: KeyPage[Notice] | None, earlier_only: bool) -> dict[str, str]:
    here, shown = reverse("notices:centre"), earlier if earlier_only else new
    assert shown is not None  # noqa: S101  one of the two is always asked for
    kind = f"show={EARLIER}&" if earlier_only else ""
    links = {
        "newer_url": f"{here}?{kind}after={shown.newer}" if shown.newer else "",
        "older_url": f"{here}?{kind}before={shown.older}" if shown.older else "",
    }
    if earlier and not earlier_only:
        links["older_url"] = f"{here}?show={EARLIER}&before={earlier.older}" if earlier.older else ""
    return links
