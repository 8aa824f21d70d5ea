"""Follow, mute, and look over what one follows. Plain forms; sent twice, they do the same."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.rules import can_see_profile
from common.parameters import parameter
from forum import boards, pages
from forum.actions import watching
from forum.enums import Mode
from forum.models import TARGETS, Watch
from forum.queries import watching as queries
from forum.views.doors import board_or_404, opens, topic_or_404


@login_required
@opens
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """``of=topic:5``, ``mode=watch``, ``mute`` or nothing. Whoever follows no more needn't be able to read it."""
    target, pk = _target(request.POST.get("of", ""))
    mode, person = request.POST.get("mode", ""), cast("User", request.user)
    if mode not in {*Mode.values, ""}:
        raise Http404
    if mode:
        _check_is_there(request, target, pk)
    watching.set_watch(person, target, pk, mode)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("forum:following")
    return HttpResponseRedirect(back)


@never_cache
@login_required
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    person, here = cast("User", request.user), reverse("forum:following")
    at = {name: parameter(request, name) for name in ("before", "after")}
    found = queries.watch_page(person, **at)
    context = {
        "section": "following",
        "followed": pages.followed(person, [watch for watch in found.items if watch.mode == Mode.WATCH]),
        "muted": pages.followed(person, [watch for watch in found.items if watch.mode == Mode.MUTE]),
        "newer_url": f"{here}?after={found.newer}" if found.newer else "",
        "older_url": f"{here}?before={found.older}" if found.older else "",
    }
    return TemplateResponse(request, "forum/following.html", context)


def _target(text: str) -> tuple[str, int]:
    target, _, number = text.partition(":")
    if target not in TARGETS or not (number.isascii() and number.isdigit() and len(number) < 16):
        raise Http404
    return target, int(number)


def _check_is_there(request: HttpRequest, target: str, pk: int) -> None:
    """For this reader: what may not be read can't be followed, and nobody learns that it is there."""
    person = cast("User", request.user)
    if target == "topic":
        topic_or_404(request, pk)
    elif target == "board":
        known = boards.all_boards().get(pk)
        board_or_404(request, known.slug if known else "")
    elif target == "tag":
        if not queries.readable_tags(person).filter(pk=pk).exists():
            raise Http404
    elif pk == person.pk or not _may_follow(person, pk):
        raise Http404


def _may_follow(person: User, pk: int) -> bool:
    """Whose page one can see; and whoever is followed already can be muted, and the other way round."""
    writer = User.objects.filter(pk=pk).first()
    if writer is None:
        return False
    return can_see_profile(person, writer) or Watch.objects.filter(person=person, writer=writer).exists()
