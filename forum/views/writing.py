"""Forms keep what was typed, whatever goes wrong: the session, the rules, the words."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from accounts.models import User
from common.parameters import parameter
from common.parts import Crumb
from forum import actions, pages, queries, rules
from forum.actions import Draft
from forum.enums import Kind, Liking, Writing
from forum.errors import AddressNotConfirmedError, RefusedError
from forum.forms import PostForm, RemoveForm, TopicForm
from forum.forms.posts import LONGEST_TITLE
from forum.forms.unsent import kept_words
from forum.models import Post, Unsent
from forum.places import Place
from forum.views import unsent
from forum.views.doors import board_or_404, opens, post_or_404, topic_or_404
from forum.views.pictures import with_picture

GET_OR_POST = ["GET", "HEAD", "POST"]


@never_cache
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """On which board? With only one there is nothing to choose."""
    if silence := pages.silence_of(_person(request)):
        return _silent_page(request, silence, pages.crumbs_to(None, Crumb(_("New topic"))))
    about = _about(request)
    found = [one for one in rules.readable_boards(request.user) if rules.can_start(request.user, one)]
    said = urlencode({"about": about.pk} if about else _title(request))
    links = [(one, reverse("forum:start", args=[one.slug]) + (f"?{said}" if said else "")) for one in found]
    if len(links) == 1:
        return redirect(links[0][1])
    shown = {"links": links, "about": about, "crumbs": pages.crumbs_to(None, Crumb(_("New topic")))}
    return TemplateResponse(request, "forum/choose.html", shown)


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    board, about = board_or_404(request, slug), _about(request)
    place = Place(Writing.TOPIC, board.pk, about.pk if about else 0)
    if silence := pages.silence_of(_person(request)):
        unsent.rescue(request, place, TopicForm(request.POST))
        return _silent_page(request, silence, pages.crumbs_to(board, Crumb(_("New topic"))))
    if not rules.can_start(request.user, board):
        raise Http404
    kinds = tuple(kind for kind in board.kinds if kind != Kind.PROPOSAL)
    propose_url = reverse("forum:propose", args=[board.slug]) if Kind.PROPOSAL in board.kinds else ""
    if not kinds:
        return redirect(propose_url)
    kept = unsent.kept_at(request, place)
    said = {"kind": kinds[0]} | _title(request) | kept_words(kept)
    form = with_picture(request, lambda sent: TopicForm(sent, kinds=kinds, initial=said))
    shown: dict[str, Any] = {
        "form": form,
        "place": place,
        "kept": kept,
        "board": board,
        "about": about,
        "propose_url": propose_url,
        "heading": _("New topic"),
        "button": _("Publish"),
        "crumbs": pages.crumbs_to(board, Crumb(_("New topic"))),
    }
    if "keep" in request.POST:
        return unsent.keep(request, place, form, lambda more: _form_page(request, shown | more))
    if request.method == "POST" and form.is_valid():
        draft = _draft(form, kind=kinds[0], page=about)
        if "preview" in request.POST:
            return _form_page(request, shown | {"preview": pages.preview(draft.source, by=_person(request))})
        if post := _try(form, lambda: actions.start_topic(board, draft, by=_person(request))):
            return _done(request, post, place)
    elif request.method == "GET" and not rules.has_confirmed_address(_person(request)):
        shown["unconfirmed"] = True
    return _form_page(request, shown)


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Also to a topic that was merged while somebody wrote: the words go where its posts are."""
    topic, place = topic_or_404(request, pk, follow=True), Place(Writing.REPLY, pk)
    kept = unsent.kept_at(request, place)
    if request.method != "POST" and unsent.asks_for_json(request):
        return JsonResponse(unsent.as_json(kept))
    if request.method != "POST" and not kept:
        return HttpResponseRedirect(f"{pages.page_url(topic, topic.pages)}#reply")
    form = with_picture(request, lambda sent: PostForm(sent, initial=kept_words(kept)))
    shown: dict[str, Any] = {
        "form": form,
        "place": place,
        "kept": kept,
        "topic": topic,
        "heading": topic.title,
        "button": _("Reply"),
        "crumbs": pages.crumbs_to(rules.board_of(topic), Crumb(topic.title, topic.get_absolute_url(), topic.language)),
    }
    if "keep" in request.POST:
        return unsent.keep(request, place, form, lambda more: _form_page(request, shown | more))
    if form.is_valid():
        draft = _draft(form)
        if "preview" in request.POST:
            html = pages.preview(draft.source, by=_person(request), topic=topic)
            return _form_page(request, shown | {"preview": html})
        if post := _try(form, lambda: actions.reply(topic, draft, by=_person(request))):
            return _done(request, post, place)
    return _form_page(request, shown)


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    if not rules.can_edit(request.user, post):
        raise Http404
    if post.topic.kind == Kind.PROPOSAL and actions.is_first(post):
        return redirect("forum:edit_proposal", post.topic_id)
    place = Place(Writing.EDIT, post.pk)
    kept = unsent.kept_at(request, place)
    form = _edit_form(request, post, kept)
    shown: dict[str, Any] = {
        "form": form,
        "place": place,
        "kept": kept,
        "topic": post.topic,
        "heading": _("Change your words") if post.author_id == _person(request).pk else _("Change the post"),
        "button": _("Save"),
        "crumbs": pages.crumbs_to(
            rules.board_of(post.topic), Crumb(post.topic.title, post.topic.get_absolute_url(), post.topic.language)
        ),
    }
    if "keep" in request.POST:
        return unsent.keep(request, place, form, lambda more: _form_page(request, shown | more))
    if request.method == "POST" and form.is_valid():
        draft = _draft(form)
        if "preview" in request.POST:
            html = pages.preview(draft.source, by=_person(request), topic=post.topic, post=post)
            return _form_page(request, shown | {"preview": html})
        if changed := _try(form, lambda: actions.edit(post, draft, by=_person(request))):
            return unsent.sent(redirect(changed), place)
    return _form_page(request, shown)


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    if not rules.can_remove(request.user, post):
        raise Http404
    form = RemoveForm(_sent(request), moderated=post.author_id != _person(request).pk)
    whole = actions.is_first(post)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove(post, by=_person(request), **form.cleaned_data)
        except RefusedError as error:
            messages.error(request, str(error))
            return redirect(post.topic)
        messages.success(request, _("The topic is removed.") if whole else _("The post is removed."))
        return redirect(rules.board_of(post.topic).url if whole else post)
    topic = post.topic
    shown = {"post": post, "topic": topic, "form": form, "whole": whole}
    shown["crumbs"] = pages.crumbs_to(
        rules.board_of(topic), Crumb(topic.title, topic.get_absolute_url(), topic.language)
    )
    return TemplateResponse(request, "forum/remove.html", shown)


@login_required
@opens
@require_POST
def react(request: HttpRequest, pk: int) -> HttpResponse:
    """``useful`` reacts, ``-useful`` takes it back: sent twice, it is done once."""
    post = post_or_404(request, pk)
    word = request.POST.get("reaction", "")
    kind = word.removeprefix("-")
    if kind not in Liking.values or not rules.can_react(request.user, post):
        raise Http404
    actions.react(post, kind, by=_person(request), on=not word.startswith("-"))
    if request.headers.get("Accept", "").startswith("application/json"):
        likes = queries.likes_of([post], _person(request))[post.pk]
        return JsonResponse({one.kind: {"count": one.count, "mine": one.mine} for one in likes})
    return redirect(post)


@login_required
@opens
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    return _do(request, post, lambda: actions.accept_answer(post, by=_person(request), on="off" not in request.POST))


def _do(request: HttpRequest, post: Post, action: Callable[[], object]) -> HttpResponse:
    try:
        action()
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect(post)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _draft(form: PostForm, kind: str = Kind.DISCUSSION, page: Page | None = None) -> Draft:
    words = form.cleaned_data
    return Draft(
        source=words["text"],
        title=words.get("title", ""),
        kind=words.get("kind") or kind,
        language=get_language() or "ru",
        tags=words.get("tags", ()),
        page=page,
        ticket=words.get("ticket"),
        seen=words.get("seen"),
        through_form=True,
    )


def _edit_form(request: HttpRequest, post: Post, kept: Unsent | None) -> PostForm:
    said: dict[str, Any] = {"text": post.source}
    if not actions.is_first(post):
        said |= kept_words(kept)
        return with_picture(request, lambda sent: PostForm(sent, initial=said, trusted=True))
    tags = ", ".join(post.topic.tags.order_by("name").values_list("name", flat=True))
    said |= {"title": post.topic.title, "tags": tags} | kept_words(kept)
    return with_picture(request, lambda sent: TopicForm(sent, initial=said, trusted=True))


def _try(form: PostForm, action: Callable[[], Post]) -> Post | None:
    """What is refused stands in the form, above the words that were typed."""
    try:
        return action()
    except AddressNotConfirmedError as error:
        form.add_error(None, str(error))
    except RefusedError as error:
        form.add_error(None, str(error))
    return None


def _done(request: HttpRequest, post: Post, place: Place) -> HttpResponse:
    if post.is_waiting:
        case = queries.open_case_about(post)
        told = _("Thank you. A moderator looks at it first; then everybody sees it.")
        messages.success(request, f"{told} {case.get_cause_display()}" if case and case.cause else told)
    return unsent.sent(redirect(post), place)


def _silent_page(request: HttpRequest, silence: dict[str, Any], crumbs: list[Crumb]) -> HttpResponse:
    shown = {"silence": silence, "crumbs": crumbs}
    return TemplateResponse(request, "forum/silent.html", shown, status=403)


def _form_page(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, "forum/write.html", shown)


def _title(request: HttpRequest) -> dict[str, str]:
    """What the topic is to be called, as whoever leads here suggests."""
    asked = " ".join(parameter(request, "title", longest=LONGEST_TITLE).split())
    return {"title": asked} if asked else {}


def _about(request: HttpRequest) -> Page | None:
    """The page that the topic is to be about, while everybody may read that."""
    asked = request.GET.get("about", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        return None
    return Page.objects.live().public().filter(pk=asked, depth__gt=1).first()
