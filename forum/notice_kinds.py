"""What the board tells people. What a notice says is read from the post when it is shown: it may have changed."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as named

from accounts.models import User
from common.typograph import inside_quotes
from forum import rules
from forum.actions import watching
from forum.enums import Mode
from forum.models import Post
from forum.said import excerpt
from notices import kinds
from notices.enums import Group
from notices.models import Notice


def register() -> None:
    shared: dict[str, Any] = {"prepare": _prepare, "may_see": _may_see, "place": _place, "mute": _mute}
    personal, followed = shared | {"group": Group.PERSONAL}, shared | {"group": Group.FOLLOWED}
    kinds.register(
        "forum.mention",
        label=named("notice", "Mention"),
        sentence=lambda params: _("%(actor)s mentions you in “%(topic)s”") % params,
        **personal,
    )
    kinds.register(
        "forum.quote",
        label=named("notice", "Reply to you"),
        sentence=lambda params: _("%(actor)s replies to you in “%(topic)s”") % params,
        **personal,
    )
    kinds.register(
        "forum.answer",
        label=named("notice", "Reply to you"),
        sentence=lambda params: _("%(actor)s replies in your topic “%(topic)s”") % params,
        **personal,
    )
    kinds.register(
        "forum.helped",
        label=named("notice", "Thank you"),
        sentence=lambda params: _("%(actor)s says that your reply in “%(topic)s” helped") % params,
        **personal,
    )
    kinds.register(
        "forum.reply",
        label=named("notice", "Reply"),
        sentence=lambda params: _("%(actor)s replies in “%(topic)s”") % params,
        **followed,
    )
    kinds.register(
        "forum.topic",
        label=named("notice", "New topic"),
        sentence=lambda params: _("%(actor)s starts the topic “%(topic)s”") % params,
        **followed,
    )
    kinds.register(
        "forum.proposal",
        label=named("notice", "New proposal"),
        sentence=lambda params: _("%(actor)s proposes “%(topic)s”") % params,
        **followed,
    )
    kinds.register(
        "forum.wrote",
        label=named("notice", "New reply"),
        sentence=lambda params: _("%(actor)s writes in “%(topic)s”") % params,
        **followed,
    )
    kinds.register(
        "forum.waiting",
        label=gettext_lazy("Waits for a moderator"),
        sentence=lambda params: _("%(actor)s wants to publish in “%(topic)s”") % params,
        prepare=_prepare,
        may_see=_may_decide,
        place=_place,
        group=Group.DUTIES,
    )


def _prepare(notices: Sequence[Notice]) -> None:
    wanted = {notice.params["post"] for notice in notices}
    posts = Post.objects.select_related("topic").in_bulk(wanted)
    for notice in notices:
        post = posts.get(notice.params["post"])
        notice.post = post  # type: ignore[attr-defined]
        if post:
            notice.params |= {
                "topic": inside_quotes(post.topic.title),
                "language": post.topic.language,
                "board": rules.board_of(post.topic).title,
                "excerpt": excerpt(post.html),
            }


def _may_see(user: User, notice: Notice) -> bool:
    post = _post_of(notice)
    return post is not None and post.is_shown and rules.can_see_post(user, post)


def _may_decide(user: User, notice: Notice) -> bool:
    post = _post_of(notice)
    return post is not None and post.is_waiting and rules.can_moderate(user, rules.board_of(post.topic))


def _post_of(notice: Notice) -> Post | None:
    if not hasattr(notice, "post"):
        notice.post = Post.objects.select_related("topic").filter(pk=notice.params["post"]).first()  # type: ignore[attr-defined]
    return notice.post  # type: ignore[attr-defined]


def _place(params: dict[str, Any]) -> str:
    return params["board"]


def _mute(person: User, thread: str) -> None:
    watching.set_watch(person, "topic", int(thread.partition(":")[2]), Mode.MUTE)
