from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.city_pages import LAYOUT
from common.markdown import pictures_as_links
from common.page_cache import depends_on
from forum import actions, boards, pages, queries, rules
from forum.forms import PostForm
from forum.models import Post, Topic
from forum.views.doors import board_or_404, opens, post_or_404, topic_or_404
from forum.views.topic_pages import avatar, glance_at, open_topic, page_for_many, topic_page, topic_template
from notices.requests import opened


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    depends_on(request, "forum", boards.TAG, *LAYOUT)
    return TemplateResponse(request, "forum/topics.html", pages.list_context(request))


@opens
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    depends_on(request, "forum", boards.TAG, *LAYOUT)
    return TemplateResponse(request, "forum/topics.html", pages.list_context(request, board_or_404(request, slug)))


@opens
@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    seen = glance_at(request, pk)
    return page_for_many(request, pk, seen) if seen and not seen.is_own else _page_for_one(request, pk, seen)


def _page_for_one(request: HttpRequest, pk: int, seen: queries.Glance | None) -> HttpResponse:
    found = open_topic(request, pk)
    page = _page_number(request, found)
    context = topic_page(request, found, page, seen)
    person = pages.person_of(request)
    if context["can_reply"] and person:
        context |= {
            "form": PostForm(auto_id="reply_%s", initial=_quoted(request, found)),
            "own_picture": avatar(person),
        }
    response = TemplateResponse(request, topic_template(found), context)
    if person:
        opened(request, *pages.threads_on(found, moderates=context["moderates"]))
        last = max((one.post.number or 0 for one in context["posts"]), default=0)
        if last > context["read"]:
            actions.mark_read(person, found, last)
    return response


@opens
@require_safe
def topic_json(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of a topic for programs: what the reader may read there, in the terms of schema.org."""
    depends_on(request, actions.topic_tag(pk), boards.TAG)
    found = topic_or_404(request, pk, named=True)
    return JsonResponse(pages.topic_as_json(request, found, _page_number(request, found)))


@never_cache
@opens
@require_safe
def unread(request: HttpRequest, pk: int) -> HttpResponse:
    """To the first post that the reader hasn't seen; to the last one where there is nothing new."""
    found = topic_or_404(request, pk)
    person = pages.person_of(request)
    read = queries.read_numbers(person, [found]).get(found.pk, 0) if person else 0
    number = min(read + 1, found.last_number)
    return HttpResponseRedirect(_place(found, number))


@never_cache
@opens
@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    found = post_or_404(request, pk)
    if found.number is None:
        return HttpResponseRedirect(f"{pages.page_url(found.topic, found.topic.pages)}#{found.anchor}")
    return HttpResponseRedirect(_place(found.topic, found.number))


@never_cache
@opens
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    found = post_or_404(request, pk)
    if not rules.can_see_history(request.user, found):
        raise Http404
    shown = {
        "post": found,
        "topic": found.topic,
        "edits": queries.history_of(found),
        "crumbs": pages.crumbs_to(rules.board_of(found.topic)),
    }
    return TemplateResponse(request, "forum/history.html", shown)


def _page_number(request: HttpRequest, found: Topic) -> int:
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not 1 <= int(text) <= found.pages:
        raise Http404
    return int(text)


def _place(found: Topic, number: int) -> str:
    return f"{found.page_url(number)}#post-{max(1, number)}"


def _quoted(request: HttpRequest, found: Topic) -> dict[str, str]:
    """The post that is answered, as a quotation that leads back to it."""
    asked = request.GET.get("quote", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return {}
    said = found.posts.filter(number=int(asked)).select_related("author").first()
    if said is None:
        return {}
    said.topic = found
    return {"text": quotation(said)} if rules.can_see_post(request.user, said) and said.is_shown else {}


def quotation(said: "Post") -> str:
    name = said.author.get_full_name() if said.author else ""
    head = f"[{name}, № {said.number}]({said.bare_url})"
    lines = pictures_as_links(said.source).splitlines()[:40]
    return "\n".join([f"> {head}", ">", *(f"> {line}".rstrip() for line in lines if not line.startswith(">"))]) + "\n\n"
