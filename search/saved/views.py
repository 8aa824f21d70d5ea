"""Following a search by letter, and what one follows: signed in, or by the links of the letters."""

from dataclasses import dataclass
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedIn
from search import listing
from search.enums import Pace
from search.models import SavedSearch, Subscriber
from search.query import Query
from search.saved import actions, naming, queries, tokens
from search.saved.asking import LONGEST, asked, query_of, unordered
from search.saved.forms import FollowForm, PaceForm
from search.views import read_query

GET_OR_POST = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Row:
    search: SavedSearch
    title: str
    url: str


@never_cache
@require_http_methods(GET_OR_POST)
def follow(request: HttpRequest) -> HttpResponse:
    query = unordered(read_query(request.GET))
    known = request.user.is_authenticated
    saved = queries.saved_by(request.user, query) if request.user.is_authenticated else None
    initial = {"pace": saved.pace} if saved else None
    form = FollowForm(request.POST if request.method == "POST" else None, known=known, initial=initial)
    if request.method == "POST" and form.is_valid() and _follow(request, form, query):
        return redirect("search:mine" if known else "search:follow_sent")
    context = {
        "title": naming.title(query),
        "form": form,
        "saved": saved,
        "action": listing.address(query, "follow"),
        "results_url": listing.address(query),
    }
    return TemplateResponse(request, "search/follow.html", context)


def _follow(request: HttpRequest, form: FollowForm, query: Query) -> bool:
    if len(asked(query)) > LONGEST:
        form.add_error(None, _("This search is too long to be kept. Take fewer words or filters."))
    elif request.user.is_authenticated:
        _save(request, form, query)
    elif not _may_ask(request, "follow"):
        form.add_error(None, _("Too many such requests came from your network. Try again in an hour."))
    elif _may_ask(request, "letter", form.cleaned_data["email"]):
        actions.ask_to_confirm(form.cleaned_data["email"], query, form.chosen)
    return not form.errors


def _save(request: HttpRequest, form: FollowForm, query: Query) -> None:
    try:
        actions.save(request.user, query, form.chosen)  # type: ignore[arg-type]
    except actions.TooManyError:
        form.add_error(None, _too_many())
    else:
        messages.success(request, _("You follow this search. We write when there is something new."))


def _may_ask(request: HttpRequest, what: str, key: str = "") -> bool:
    rates = settings.SEARCH_FOLLOW_RATES
    return ratelimit.consume(request, app="search", action=what, config=rates, key=key or None) is not None


def _too_many() -> str:
    return _("You follow %(count)s searches, and that is as many as one can. Remove one first.") % {
        "count": actions.MOST
    }


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same whoever asked, and whether there is such an address or not."""
    return TemplateResponse(request, "search/follow_sent.html")


@never_cache
@require_http_methods(GET_OR_POST)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Mail programs look at links before people do: looking changes nothing."""
    said = tokens.read_confirm(token)
    search = queries.to_confirm(said[0]) if said else None
    if said is None or search is None:
        return TemplateResponse(request, "search/follow_gone.html", status=410)
    context = {"title": naming.title(query_of(search)), "done": False, "pace": said[1].label, "problem": ""}
    if request.method == "POST":
        try:
            search = actions.confirm(*said)
            context["done"] = True
        except actions.TooManyError:
            context["problem"] = _too_many()
    if search is None:
        return TemplateResponse(request, "search/follow_gone.html", status=410)
    context["manage_token"] = tokens.manage_token(search.subscriber_id)
    return TemplateResponse(request, "search/follow_confirm.html", context)


@never_cache
@require_http_methods(GET_OR_POST)
def agree(request: HttpRequest, token: str) -> HttpResponse:
    pk = tokens.read_agree(token)
    subscriber = queries.subscriber_without_account(pk) if pk is not None else None
    if subscriber is None:
        return TemplateResponse(request, "search/follow_gone.html", status=410)
    if request.method == "POST":
        actions.agree(subscriber.pk)
    context = {"done": request.method == "POST", "rows": _rows(subscriber)}
    return TemplateResponse(request, "search/follow_agree.html", context)


@csrf_exempt  # a mail program asks without a page of ours before it; the signed token says whose and which
@never_cache
@require_http_methods(GET_OR_POST)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in a letter: looking changes nothing, one POST does it (RFC 8058), again it finds nothing to do."""
    said = tokens.read_stop(token)
    if said is None:
        raise Http404
    subscriber = Subscriber.objects.filter(pk=said[0]).first()
    rows = [row for row in _rows(subscriber) if row.search.pk in said[1]]
    if request.method == "POST" and subscriber:
        actions.remove(subscriber, said[1])
    context = {"rows": rows, "done": request.method == "POST" or not rows}
    return TemplateResponse(request, "search/follow_stop.html", context)


@never_cache
@login_required
@require_http_methods(GET_OR_POST)
def mine(request: SignedIn) -> HttpResponse:
    subscriber = queries.subscriber_of(request.user)
    if request.method == "POST":
        _change(request, subscriber)
        return redirect("search:mine")
    return TemplateResponse(request, "search/mine.html", {"section": "searches", **_list(subscriber)})


@never_cache
@require_http_methods(GET_OR_POST)
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """As ``mine``, for an address without an account."""
    pk = tokens.read_manage(token)
    if pk is None:
        return TemplateResponse(request, "search/follow_gone.html", status=410)
    subscriber = queries.subscriber_without_account(pk)
    if request.method == "POST":
        _change(request, subscriber)
        return redirect("search:manage", token)
    return TemplateResponse(request, "search/manage.html", {"subscriber": subscriber, **_list(subscriber)})


def _change(request: HttpRequest, subscriber: Subscriber | None) -> None:
    """One's own alone: what was removed meanwhile, or is another's, is not there."""
    search = next((one for one in queries.searches_of(subscriber) if str(one.pk) == request.POST.get("search")), None)
    if subscriber is None or search is None:
        raise Http404
    if "remove" in request.POST:
        actions.remove(subscriber, [search.pk])
        messages.success(request, _("Removed. We don’t write about it any more."))
        return
    form = PaceForm(request.POST)
    if form.is_valid():
        actions.change_pace(search, form.chosen)
        messages.success(request, _("Saved."))


def _list(subscriber: Subscriber | None) -> dict[str, Any]:
    return {"rows": _rows(subscriber), "paces": Pace.choices, "most": actions.MOST}


def _rows(subscriber: Subscriber | None) -> list[Row]:
    searches = queries.searches_of(subscriber)
    asked_for = [query_of(search) for search in searches]
    named = zip(searches, asked_for, naming.titles(asked_for), strict=True)
    return [Row(search, title, listing.address(query)) for search, query, title in named]
