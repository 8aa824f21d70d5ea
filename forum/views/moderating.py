from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forum import actions, boards, rules
from forum.enums import Pin, State
from forum.errors import RefusedError
from forum.forms.safety import LONGEST_REASON
from forum.views.doors import opens, post_or_404, topic_or_404
from forum.views.writing import _person


@login_required
@opens
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    if not rules.can_moderate(request.user, rules.board_of(post.topic)):
        raise Http404
    try:
        post = actions.approve(post, by=_person(request))
        messages.success(request, _("Everybody sees it now."))
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect(post)


@login_required
@opens
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    if not rules.can_restore(request.user, post):
        raise Http404
    try:
        post = actions.restore(post, by=_person(request))
        messages.success(request, _("Everybody sees it again."))
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect(post)


@login_required
@opens
@require_POST
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin, lock, archive or move the topic: one button, one word."""
    topic, reason = topic_or_404(request, pk), request.POST.get("reason", "").strip()[:LONGEST_REASON]
    if not rules.can_moderate(request.user, rules.board_of(topic)):
        raise Http404
    if (pin := request.POST.get("pin", "")) in Pin.values:
        actions.pin_topic(topic, Pin(pin), by=_person(request))
    elif (state := request.POST.get("state", "")) in State.values:
        actions.set_state(topic, State(state), by=_person(request), reason=reason)
    elif (board := boards.by_slug(request.POST.get("board", ""))) and rules.can_moderate(request.user, board):
        actions.move_topic(topic, board, by=_person(request), reason=reason)
    else:
        raise Http404
    messages.success(request, _("Done."))
    return redirect(topic)
