"""Two topics become one; posts of one become a topic of their own. Each has a page that says what will happen."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.parts import Crumb
from forum import actions, pages, queries, rules
from forum.actions.merging import MOST_SPLIT
from forum.errors import RefusedError
from forum.forms import MergeForm, SplitForm
from forum.models import Post, Topic
from forum.people import name_of
from forum.said import excerpt
from forum.views.doors import opens, topic_or_404
from forum.views.writing import GET_OR_POST, _person, _sent


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """First the other topic is named, then both are shown and it is said once more."""
    topic = topic_or_404(request, pk)
    if not rules.can_join(request.user, topic):
        raise Http404
    form = MergeForm(_sent(request), find=lambda number: _other(request, topic, number))
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into and "sure" in request.POST:
        offset = into.last_number
        try:
            actions.merge_topics(topic, into, by=_person(request), reason=form.cleaned_data["reason"])
        except RefusedError as error:
            messages.error(request, str(error))
            return redirect(topic)
        messages.success(request, _("The topics are one now. What came from the other one begins here."))
        return redirect(f"{into.page_url(offset + 1)}#post-{offset + 1}")
    shown = {
        "topic": topic,
        "form": form,
        "into": into,
        "into_board": rules.board_of(into) if into and into.board_id != topic.board_id else None,
        "crumbs": _crumbs(topic, _("Merge with another topic")),
    }
    return TemplateResponse(request, "forum/merge.html", shown)


@never_cache
@login_required
@opens
@require_http_methods(GET_OR_POST)
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """The posts are listed by page. What was chosen on other pages stays chosen."""
    topic = topic_or_404(request, pk)
    if not rules.can_split(request.user, topic) or topic.last_number < 2:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    page = _page(asked.get("page") or asked.get("shown") or "1", topic)
    chosen = _numbers(request.POST.getlist("post"))
    turns = "page" in request.POST
    possible = [board for board in rules.moderated_boards(request.user) if rules.can_split_to(request.user, board)]
    initial = {"board": rules.board_of(topic).slug}
    form = SplitForm(None if turns else _sent(request), boards=possible, initial=initial | _typed(request))
    refusal = ""
    if form.is_bound:
        refusal = _refusal(chosen)
        if form.is_valid() and not refusal:
            words = form.cleaned_data
            try:
                new = actions.split_topic(
                    topic, chosen, words["board"], words["title"], by=_person(request), reason=words["reason"]
                )
            except RefusedError:
                refusal = _(
                    "One of these posts was removed or moved just now. Nothing was changed: look at them again."
                )
            else:
                messages.success(request, _("This is the new topic."))
                return redirect(new)
    posts = queries.posts_of(topic, page)
    here = {post.number for post in posts}
    shown = {
        "topic": topic,
        "form": form,
        "refusal": refusal,
        "rows": [_row(post, chosen) for post in posts],
        "elsewhere": [number for number in chosen if number not in here],
        "page_number": page,
        "earlier": page - 1,
        "later": page + 1 if page < topic.pages else 0,
        "crumbs": _crumbs(topic, _("Split the topic")),
    }
    return TemplateResponse(request, "forum/split.html", shown)


def _other(request: HttpRequest, topic: Topic, number: int) -> Topic | None:
    """Of one that was merged itself the one that has its posts now."""
    found = queries.find_topic(number)
    if found and found.merged_into_id:
        found = queries.find_topic(found.merged_into_id)
    return found if found and rules.can_merge_topics(request.user, topic, found) else None


def _crumbs(topic: Topic, last: str) -> list[Crumb]:
    here = Crumb(topic.title, topic.get_absolute_url(), topic.language)
    return pages.crumbs_to(rules.board_of(topic), here, Crumb(last))


def _page(text: str, topic: Topic) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1
    return min(max(1, number), topic.pages)


def _numbers(sent: list[str]) -> list[int]:
    return sorted({int(text) for text in sent if text.isascii() and text.isdigit() and len(text) < 10})


def _typed(request: HttpRequest) -> dict[str, str]:
    """What stands in the other fields while somebody turns the page."""
    names = ("title", "board", "reason")
    return {name: request.POST[name] for name in names if name in request.POST}


def _refusal(chosen: list[int]) -> str:
    if not chosen:
        return _("Choose at least one post.")
    if len(chosen) > MOST_SPLIT:
        most = {"number": MOST_SPLIT}
        return ngettext("At most %(number)s post at a time.", "At most %(number)s posts at a time.", MOST_SPLIT) % most
    return ""


def _row(post: Post, chosen: list[int]) -> dict[str, Any]:
    return {
        "post": post,
        "name": name_of(post.author),
        "words": excerpt(post.html),
        "free": post.is_shown and post.number != 1,
        "chosen": post.number in chosen,
    }
