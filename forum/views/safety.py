"""What everybody may do for the peace of the board: report, appeal, block; and see what was decided about them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from common.parameters import parameter
from common.parts import Crumb
from forum import actions, pages, queries, rules
from forum.errors import RefusedError
from forum.forms import AppealForm, ReportForm
from forum.models import Decision
from forum.pages import decisions as decision_pages
from forum.views.doors import opens, post_or_404
from forum.views.writing import GET_OR_POST, _person, _sent


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def report_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    if not rules.can_report_post(request.user, post):
        raise Http404
    topic = post.topic
    shown = {
        "post": post,
        "topic": topic,
        "whole": actions.is_first(post),
        "author": post.author if post.author and rules.can_block(request.user, post.author) else None,
        "back": post.get_absolute_url(),
        "crumbs": pages.crumbs_to(rules.board_of(topic), Crumb(topic.title, topic.get_absolute_url(), topic.language)),
    }
    form = ReportForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return _reported(request, lambda: actions.report_post(post, **said, by=_person(request)), form, shown)
    return TemplateResponse(request, "forum/report.html", shown | {"form": form})


@never_cache
@login_required
@require_http_methods(GET_OR_POST)
def report_person(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(User, pk=pk)
    if not rules.can_report_person(request.user, found):
        raise Http404
    shown = {"person": found, "back": found.get_absolute_url()}
    form = ReportForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        return _reported(request, lambda: actions.report_person(found, **said, by=_person(request)), form, shown)
    return TemplateResponse(request, "forum/report.html", shown | {"form": form})


@never_cache
@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """One's own, and what came of them."""
    at = {name: parameter(request, name) for name in ("before", "after")}
    found = queries.reports_by(_person(request), **at)
    visible = [
        (report, report.case.post is not None and rules.can_see_post(request.user, report.case.post))
        for report in found.items
    ]
    return TemplateResponse(request, "forum/reports.html", _listed(found, reports=visible, section="reports"))


@never_cache
@login_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What moderators decided about one's own things."""
    at = {name: parameter(request, name) for name in ("before", "after")}
    found = queries.decisions_about(_person(request), hidden=rules.UNTOLD, **at)
    named = [(one, decision_pages.topic_for(one, request.user)) for one in found.items]
    return TemplateResponse(request, "forum/decisions.html", _listed(found, decisions=named, section="decisions"))


@never_cache
@login_required
@require_http_methods(GET_OR_POST)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, in full, with the way to appeal; also for moderators, who read the log."""
    found = queries.find_decision(pk)
    if found is None or not rules.can_see_decision(request.user, found):
        raise Http404
    can_appeal = rules.can_appeal(request.user, found)
    form = AppealForm(_sent(request)) if can_appeal else None
    if request.method == "POST":
        if form is None:
            messages.error(request, _("You have appealed already, or this cannot be appealed."))
            return redirect(found)
        if form.is_valid():
            return _appealed(request, found, form.cleaned_data["words"])
    appeal = queries.appeal_of(found)
    shown = {
        "decision": found,
        "topic": decision_pages.topic_for(found, request.user),
        "appeal": appeal,
        "form": form,
        "text": found.before.get("source", ""),
        "text_after": found.after.get("source", ""),
        "changes": decision_pages.changes(found, request.user),
        "by_hand": decision_pages.by_hand(found),
        "was_left": appeal is not None and decision_pages.was_left(appeal.outcome),
        "own": rules.is_told(request.user, found),
        "section": "decisions",
    }
    return TemplateResponse(request, "forum/decision.html", shown)


def _appealed(request: HttpRequest, found: Decision, words: str) -> HttpResponse:
    try:
        actions.appeal(found, words, by=_person(request))
        messages.success(request, _("Your appeal is on its way. You are told what came of it."))
    except RefusedError:  # the same form, sent twice at once
        messages.error(request, _("You have appealed already, or this cannot be appealed."))
    return redirect(found)


@login_required
@opens
@require_safe
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """From a removed post to the decision about it."""
    found = queries.decision_on(post_or_404(request, pk))
    if found is None or not rules.is_told(request.user, found):
        raise Http404
    return redirect(found)


@never_cache
@login_required
@require_safe
def blocked(request: HttpRequest) -> HttpResponse:
    shown = {"blocks": queries.blocked_people(_person(request)), "section": "blocked"}
    return TemplateResponse(request, "forum/blocked.html", shown)


@login_required
@require_POST
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """``off``: reads them again."""
    found = get_object_or_404(User, pk=pk)
    if "off" in request.POST:
        if actions.unblock(found, by=_person(request)):
            messages.success(request, _("You read %(name)s again.") % {"name": found.get_full_name()})
        return redirect("forum:blocked")
    if not rules.can_meet(request.user, found):
        raise Http404
    try:
        actions.block(found, by=_person(request))
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("forum:blocked")
    messages.success(
        request,
        _("Posts by %(name)s are folded away for you, and you get no notices of them.")
        % {"name": found.get_full_name()},
    )
    return redirect("forum:blocked")


def _reported(request: HttpRequest, report: Any, form: ReportForm, shown: dict[str, Any]) -> HttpResponse:
    try:
        report()
    except RefusedError as error:
        form.add_error(None, str(error))
        return TemplateResponse(request, "forum/report.html", shown | {"form": form})
    messages.success(request, _("Thank you. A moderator looks at it, and you are told what came of it."))
    return redirect(shown["back"])


def _listed(found: Any, **shown: Any) -> dict[str, Any]:
    return shown | {
        "newer_url": f"?after={found.newer}" if found.newer else "",
        "older_url": f"?before={found.older}" if found.older else "",
    }
