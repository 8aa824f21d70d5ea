"""Pages of proposals. Forms keep what was typed; what an action refuses stands above it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Locale

from accounts.models import User
from common import markdown
from common.city_pages import LAYOUT
from common.page_cache import depends_on
from common.parameters import parameter
from common.parts import Crumb
from forum import actions, boards, open_data, pages, queries, rules
from forum.actions import AnswerDraft, Draft, Idea
from forum.boards import KnownBoard
from forum.enums import Kind, Writing
from forum.errors import RefusedError
from forum.forms.proposals import AnswerForm, MergeForm, ProposalForm, ResponsibleForm, StepForm
from forum.forms.unsent import kept_words
from forum.models import OfficialAnswer, Post, Proposal
from forum.places import Place
from forum.views import unsent
from forum.views.doors import board_or_404, opens, topic_or_404
from forum.views.pictures import with_picture
from forum.views.writing import GET_OR_POST, _done, _person, _sent, _silent_page
from partners.queries import names_of

NOBODY = AnonymousUser()
LONGEST_WORDS = 400
CITY = "city"  # who speaks, beside the numbers of partners


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    depends_on(request, "forum", boards.TAG, "vocabulary", *LAYOUT)
    return TemplateResponse(request, "forum/proposals.html", pages.proposals_context(request))


@never_cache
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """On which board? With only one there is nothing to choose."""
    found = [one for one in rules.readable_boards(request.user) if Kind.PROPOSAL in one.kinds]
    links = [(one, reverse("forum:propose", args=[one.slug])) for one in found if rules.can_start(request.user, one)]
    if len(links) == 1:
        return redirect(links[0][1])
    shown = {"links": links, "crumbs": pages.crumbs_to(None, Crumb(_("New proposal")))}
    return TemplateResponse(request, "forum/choose.html", shown)


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    board = board_or_404(request, slug)
    place = Place(Writing.PROPOSAL, board.pk)
    if silence := pages.silence_of(_person(request)):
        unsent.rescue(request, place, ProposalForm(request.POST))
        return _silent_page(request, silence, pages.crumbs_to(board, Crumb(_("New proposal"))))
    if Kind.PROPOSAL not in board.kinds or not rules.can_start(request.user, board):
        raise Http404
    kept = unsent.kept_at(request, place)
    form = with_picture(
        request, lambda sent: ProposalForm(sent, initial=kept_words(kept)), into=ProposalForm.pictures_into
    )
    shown: dict[str, Any] = {
        "form": form,
        "place": place,
        "kept": kept,
        "board": board,
        "heading": _("New proposal"),
        "button": _("Publish"),
        "crumbs": pages.crumbs_to(board, Crumb(_("New proposal"))),
        "unconfirmed": request.method == "GET" and not rules.has_confirmed_address(_person(request)),
    }
    if "keep" in request.POST:
        return unsent.keep(request, place, form, lambda more: _form_page(request, shown | more))
    if request.method == "POST" and form.is_valid():
        draft = _draft(form, board)
        if "preview" in request.POST:
            return _form_page(request, shown | _preview(draft, by=_person(request)))
        if post := _try(form, lambda: actions.start_topic(board, draft, by=_person(request))):
            return _done(request, post, place)
    return _form_page(request, shown)


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = proposal_or_404(request, pk)
    topic = proposal.topic
    post = queries.first_post(topic)
    post.topic = topic
    if not rules.can_edit(request.user, post):
        raise Http404
    place = Place(Writing.EDIT, post.pk)
    kept = unsent.kept_at(request, place)
    form = with_picture(
        request,
        lambda sent: ProposalForm(sent, initial=_said(proposal) | kept_words(kept), trusted=True),
        into=ProposalForm.pictures_into,
    )
    shown: dict[str, Any] = {
        "form": form,
        "place": place,
        "kept": kept,
        "topic": topic,
        "heading": _("Change the proposal"),
        "button": _("Save"),
        "crumbs": pages.form_crumbs(topic),
    }
    if "keep" in request.POST:
        return unsent.keep(request, place, form, lambda more: _form_page(request, shown | more))
    if request.method == "POST" and form.is_valid():
        draft = _draft(form, rules.board_of(topic), topic.language)
        if "preview" in request.POST:
            return _form_page(request, shown | _preview(draft, by=_person(request), post=post))
        if _try(form, lambda: actions.edit(post, draft, by=_person(request))):
            return unsent.sent(redirect(topic), place)
    return _form_page(request, shown)


@never_cache
@login_required
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """What is like the words typed so far, as a piece of a page."""
    words = parameter(request, "q", longest=LONGEST_WORDS)
    but = parameter(request, "but", longest=9)
    found = _similar(words, int(but) if but.isascii() and but.isdigit() else 0)
    return TemplateResponse(request, "forum/proposal_similar.html", {"similar": found})


@login_required
@opens
@require_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    topic = proposal_or_404(request, pk).topic
    on = request.POST.get("support") != "off"
    try:
        actions.support(topic, by=_person(request), on=on)
        messages.success(request, _("You support this proposal.") if on else _("Your support is taken back."))
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect(topic)


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def handle(request: HttpRequest, pk: int) -> HttpResponse:
    """What moderators do with it: one page, three forms, told apart by the button."""
    proposal = proposal_or_404(request, pk)
    if not rules.can_handle(request.user, proposal.topic):
        raise Http404
    done = request.POST.get("do", "")
    forms: dict[str, Form] = {
        "step": StepForm(_sent(request) if done == "step" else None, proposal=proposal),
        "responsible": ResponsibleForm(
            _sent(request) if done == "responsible" else None,
            bodies=_possible_bodies(),
            initial={"partner": proposal.responsible_id or ""},
        ),
        "merge": MergeForm(_sent(request) if done == "merge" else None),
    }
    if done in forms and forms[done].is_valid():
        try:
            DEEDS[done](request, proposal, forms[done].cleaned_data)
        except RefusedError as error:
            forms[done].add_error(None, str(error))
        else:
            messages.success(request, _("Done."))
            return redirect(proposal.topic)
    shown = {
        "proposal": proposal,
        "topic": proposal.topic,
        "forms": forms,
        "can_step": bool(rules.TRANSITIONS[proposal.status]),
        "can_merge": proposal.status in rules.MERGEABLE,
        "similar": queries.similar_to(proposal, rules.readable_boards(request.user)),
        "crumbs": pages.form_crumbs(proposal.topic),
    }
    return TemplateResponse(request, "forum/proposal_handle.html", shown)


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = proposal_or_404(request, pk)
    known: OfficialAnswer | None = getattr(proposal, "answer", None)
    if not (rules.can_amend(request.user, proposal) if known else rules.can_answer(request.user, proposal)):
        raise Http404
    bodies = _bodies(request, proposal, known)
    form = AnswerForm(_sent(request), bodies=bodies, initial=_answer_said(known, bodies))
    shown: dict[str, Any] = {
        "form": form,
        "proposal": proposal,
        "topic": proposal.topic,
        "known": known,
        "crumbs": pages.form_crumbs(proposal.topic),
    }
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            shown["preview"] = markdown.render(form.cleaned_data["text"])
        elif _try(form, lambda: actions.answer(proposal.topic, _answer_draft(form, bodies), by=_person(request))):
            messages.success(request, _("The answer is published."))
            return redirect(proposal.topic)
    return TemplateResponse(request, "forum/proposal_answer.html", shown)


@never_cache
@opens
@require_safe
def answer_history(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = proposal_or_404(request, pk)
    edits = queries.answer_history(proposal)
    if not edits:
        raise Http404
    shown = {"topic": proposal.topic, "edits": edits, "crumbs": pages.form_crumbs(proposal.topic)}
    return TemplateResponse(request, "forum/proposal_answer_history.html", shown)


@never_cache
@require_safe
def export_csv(request: HttpRequest) -> StreamingHttpResponse:
    return _download(open_data.as_csv(_exported(request)), "text/csv; charset=utf-8", "csv")


@never_cache
@require_safe
def export_json(request: HttpRequest) -> StreamingHttpResponse:
    return _download(open_data.as_json(_exported(request)), "application/json", "json")


def proposal_or_404(request: HttpRequest, pk: int) -> Proposal:
    """The door is the topic's; the proposal brings what the topic has been asked already."""
    topic = topic_or_404(request, pk)
    proposal = queries.find_proposal(pk)
    if proposal is None:
        raise Http404
    proposal.topic = topic
    return proposal


def _exported(request: HttpRequest) -> Iterator[Proposal]:
    public = rules.readable_boards(NOBODY)
    return queries.in_batches(queries.chosen_proposals(public, pages.chosen_filter(request)))


def _download(lines: Iterator[str], content_type: str, ending: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="proposals-{timezone.localdate()}.{ending}"'
    return response


def _step(request: HttpRequest, proposal: Proposal, said: dict[str, Any]) -> None:
    actions.step(proposal.topic, said["status"], by=_person(request), note=said["note"])


def _make_responsible(request: HttpRequest, proposal: Proposal, said: dict[str, Any]) -> None:
    chosen = next((one for one in queries.possible_bodies() if str(one.pk) == said["partner"]), None)
    actions.make_responsible(proposal.topic, chosen, by=_person(request))


def _merge(request: HttpRequest, proposal: Proposal, said: dict[str, Any]) -> None:
    into = queries.find_proposal(said["into"])
    if into is None or not rules.can_see_topic(request.user, into.topic):
        raise RefusedError(_("There is no proposal with this number."))
    if not rules.can_merge(_person(request), proposal, into):
        raise RefusedError(_("These two cannot be merged: one of them is closed, or not yours to handle."))
    actions.merge_proposal(proposal.topic, into.topic, by=_person(request), note=said["note"])


DEEDS: dict[str, Callable[[HttpRequest, Proposal, dict[str, Any]], None]] = {
    "step": _step,
    "responsible": _make_responsible,
    "merge": _merge,
}


def _draft(form: ProposalForm, board: KnownBoard, language: str = "") -> Draft:
    words = form.cleaned_data
    idea = Idea(**{name: words[name] for name in ("problem", "proposal", "benefits", "district")})
    language = language or board.language or get_language() or "ru"
    return Draft(
        source=actions.compose(idea, language),
        title=words["title"],
        kind=Kind.PROPOSAL,
        language=language,
        tags=words["tags"],
        idea=idea,
        ticket=words["ticket"],
        seen=words["seen"],
        through_form=True,
    )


def _said(proposal: Proposal) -> dict[str, Any]:
    tags = ", ".join(sorted(tag.name for tag in proposal.topic.tags.all()))
    said = {name: getattr(proposal, name) for name in ("problem", "proposal", "benefits")}
    district = proposal.district.slug if proposal.district else ""
    return {**said, "title": proposal.topic.title, "district": district, "tags": tags}


def _preview(draft: Draft, *, by: User, post: Post | None = None) -> dict[str, Any]:
    """So it will look; and without scripts, this is where people see that somebody has proposed it before."""
    words = f"{draft.title} {draft.idea.problem if draft.idea else ''}"[:LONGEST_WORDS]
    html = pages.preview(draft.source, by=by, post=post)
    return {"preview": html, "title": draft.title, "similar": _similar(words, post.topic_id if post else 0)}


def _similar(words: str, but: int) -> list[Proposal]:
    language = get_language() or "ru"
    return queries.similar_to_words(words, language, rules.readable_boards(NOBODY), but=but)


def _possible_bodies() -> list[tuple[str, str]]:
    partners = queries.possible_bodies()
    names = names_of([one.pk for one in partners], Locale.get_active())
    return [(str(one.pk), names.get(one.pk, one.slug)) for one in partners]


def _bodies(request: HttpRequest, proposal: Proposal, known: OfficialAnswer | None) -> list[tuple[str, str]]:
    """For whom the person may speak; an answer that is amended stays that of its body."""
    if known:
        return [(CITY if known.partner_id is None else str(known.partner_id), known.body)]
    found = [(CITY, _("The city"))] if rules.can_answer_for_city(request.user, proposal) else []
    if rules.can_answer_for_partner(request.user, proposal):
        found.append((str(proposal.responsible_id), pages.responsible_name(proposal)))
    return found


def _answer_said(known: OfficialAnswer | None, bodies: list[tuple[str, str]]) -> dict[str, str]:
    if known:
        return {"body": known.body, "text": known.source, "document_url": known.document_url}
    code, name = bodies[-1]
    return {"speaks_for": code, "body": "" if code == CITY else name}


def _answer_draft(form: AnswerForm, bodies: list[tuple[str, str]]) -> AnswerDraft:
    said = form.cleaned_data
    code = said.get("speaks_for", bodies[0][0])
    return AnswerDraft(
        body=said["body"],
        source=said["text"],
        partner=None if code == CITY else int(code),
        document_url=said["document_url"],
    )


def _try(form: Form, action: Callable[[], Post | OfficialAnswer]) -> Any:
    try:
        return action()
    except RefusedError as error:
        form.add_error(None, str(error))
    return None


def _form_page(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, "forum/proposal_form.html", shown)
