"""The moderators' desk, and their page of a person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from common.parts import Crumb
from forum import actions, pages, queries, rules
from forum.actions.watching import waiting_thread_of
from forum.boards import KnownBoard
from forum.enums import Deed, Penalty
from forum.errors import RefusedError
from forum.forms import NoteForm, SanctionForm
from forum.models import Case, Post, Sanction
from forum.pages import decisions as decision_pages
from forum.pages import desk as desk_pages
from forum.views.writing import GET_OR_POST, _person
from notices.requests import opened

View = Callable[..., HttpResponse]


def for_moderators(view: View) -> View:
    """For others there is no such page."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.moderates_anything(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@for_moderators
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    opened(request, *(waiting_thread_of(board.pk) for board in rules.moderated_boards(request.user)))
    return TemplateResponse(request, "forum/desk.html", desk_pages.desk_context(request))


@for_moderators
@require_http_methods(GET_OR_POST)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing alone; here it is decided."""
    found = _case_or_404(request, pk)
    form = None
    if request.method == "POST":
        form = desk_pages.decision_form(request.POST, found, queries.answers(get_language() or "ru"))
        if form.is_valid():
            return _decide(request, found, form.cleaned_data)
    (item,) = desk_pages.items(request, [found], form)
    crumbs = pages.crumbs_to(None, Crumb(_("Moderators’ desk"), desk_pages.address()), Crumb(str(found)))
    shown = {"item": item, "crumbs": crumbs} | _about_appealed(request, found)
    return TemplateResponse(request, "forum/case.html", shown)


@for_moderators
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Who decided what: of the moderator's boards, or of the whole network."""
    return TemplateResponse(request, "forum/log.html", decision_pages.log_context(request))


@for_moderators
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    found = _case_or_404(request, pk)
    try:
        if "back" in request.POST:
            actions.put_back(found, by=_person(request))
        else:
            actions.take(found, by=_person(request))
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect(f"{desk_pages.address()}#case-{pk}")


@for_moderators
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _person_page(request, _person_or_404(request, pk))


@for_moderators
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person_or_404(request, pk)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _person_page(request, found, note_form=form)
    actions.write_note(found, form.cleaned_data["text"], by=_person(request), board=_board_of_note(request, found))
    messages.success(request, _("Written down. Only moderators see it."))
    return redirect("forum:desk_person", pk)


@for_moderators
@require_POST
def sanction(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person_or_404(request, pk)
    post = _post_of(request, found)
    form = _sanction_form(request, found, post, request.POST)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _person_page(request, found, sanction_form=form)
    said = form.cleaned_data
    words = {name: said[name] for name in ("ground", "reason")}
    try:
        actions.sanction(
            found, Penalty(said["penalty"]), by=_person(request), days=said.get("days") or 0, post=post, **words
        )
        messages.success(request, _("Done. The person is told, with your words."))
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect("forum:desk_person", pk)


@for_moderators
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    found = Sanction.objects.filter(pk=pk).select_related("person").first()
    if found is None or not rules.can_lift(request.user, found):
        raise Http404
    try:
        actions.lift(found, by=_person(request))
        messages.success(request, _("Lifted. The person is told."))
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect("forum:desk_person", found.person_id)


def _about_appealed(request: HttpRequest, found: Case) -> dict[str, Any]:
    """What was before, what came, and what has to be done by hand: for who judges an appeal."""
    if found.appealed is None:
        return {}
    return {
        "changes": decision_pages.changes(found.appealed, request.user),
        "by_hand": decision_pages.by_hand(found.appealed),
        "by_hand_url": decision_pages.by_hand_url(found.appealed, request.user),
    }


def _decide(request: HttpRequest, found: Case, said: dict[str, Any]) -> HttpResponse:
    """To the next one, whatever came of it."""
    try:
        decision = actions.decide(
            found, Deed(said["deed"]), by=_person(request), ground=said["ground"], reason=said["reason"]
        )
        messages.success(request, _("Decided: %(deed)s.") % {"deed": decision.get_deed_display()})
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect("forum:desk")


def _case_or_404(request: HttpRequest, pk: int) -> Case:
    found = queries.find_case(pk)
    if found is None or not rules.can_see_case(request.user, found):
        raise Http404
    return found


def _person_or_404(request: HttpRequest, pk: int) -> User:
    found = User.objects.filter(pk=pk).first()
    if found is None or not rules.can_see_person(request.user, found):
        raise Http404
    return found


def _person_page(request: HttpRequest, found: User, **forms: Any) -> HttpResponse:
    post = _post_of(request, found)
    shown = desk_pages.person_context(request, found) | {
        "note_form": NoteForm(auto_id="note_%s"),
        "note_boards": _boards_here(request, found),
        "sanction_form": _sanction_form(request, found, post, None),
        "post": post,
    }
    return TemplateResponse(request, "forum/desk_person.html", shown | forms)


def _sanction_form(request: HttpRequest, found: User, post: Post | None, sent: Any) -> SanctionForm | None:
    may = [penalty for penalty in Penalty.values if rules.can_sanction(request.user, found, penalty, post)]
    answers = queries.answers(get_language() or "ru")
    return SanctionForm(sent, penalties=may, answers=answers, auto_id="sanction_%s") if may else None


def _post_of(request: HttpRequest, found: User) -> Post | None:
    """The post that it is about, while it is this person's and the moderator's to see."""
    asked = request.POST.get("post") or request.GET.get("post", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        return None
    post = queries.find_post(int(asked))
    if post is None or post.author_id != found.pk or not rules.can_moderate(request.user, rules.board_of(post.topic)):
        return None
    return post


def _boards_here(request: HttpRequest, found: User) -> list[KnownBoard]:
    """Notes of the network's moderators belong to no board."""
    if rules.moderates_network(request.user):
        return []
    written = set(Post.objects.filter(author=found).values_list("topic__board", flat=True).distinct())
    return [board for board in rules.moderated_boards(request.user) if board.pk in written]


def _board_of_note(request: HttpRequest, found: User) -> KnownBoard | None:
    here = _boards_here(request, found)
    return next((board for board in here if board.slug == request.POST.get("board")), here[0] if here else None)
