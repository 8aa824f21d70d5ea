"""A decision as its author and moderators read it: what was before, what came, what is done if it was wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.parameters import parameter
from common.parts import Crumb
from forum import boards, queries, rules
from forum.enums import Deed, Kind, Pin, State, Status
from forum.models import Decision, Post, Topic, page_of
from forum.pages.desk import scope_of
from forum.pages.topics import crumbs_to, person_of
from forum.rules import Somebody


@dataclass(frozen=True)
class Change:
    """``url``: of what came, where the reader may open it."""

    label: str
    before: str
    after: str
    url: str = ""


def changes(decision: Decision, reader: Somebody) -> list[Change]:
    """Nothing of what the reader may not see."""
    found = CHANGES.get(Deed(decision.deed))
    return found(decision, reader) if found else []


def by_hand(decision: Decision) -> str:
    """What a moderator does if the author is right, where one press can't undo it; empty where it can."""
    if decision.deed == Deed.SPLIT:
        return _(
            "A topic that was split cannot be put together by itself: others may have replied in both. If the author "
            "is right, a moderator merges the new topic with the old one; its posts then stand at the end."
        )
    if decision.deed == Deed.MERGE and (decision.topic is None or decision.topic.kind != Kind.PROPOSAL):
        return _(
            "Topics that were merged cannot be parted by themselves: others may have replied since. If the author is "
            "right, a moderator splits the posts off into a topic of their own again."
        )
    return ""


def by_hand_url(decision: Decision, reader: Somebody) -> str:
    """Where a moderator does so."""
    if decision.deed == Deed.SPLIT and decision.topic and rules.can_join(reader, decision.topic):
        return reverse("forum:merge_topics", args=[decision.topic.pk])
    into = queries.find_topic(decision.after["into"]) if decision.deed == Deed.MERGE else None
    first = decision.after.get("first_number")
    if into is None or first is None or not rules.can_split(reader, into):
        return ""
    return f"{reverse('forum:split_topic', args=[into.pk])}?page={page_of(first)}"


def log_context(request: HttpRequest) -> dict[str, Any]:
    person, at = person_of(request), {name: parameter(request, name) for name in ("before", "after")}
    assert person is not None  # noqa: S101  who moderates has signed in
    found = queries.decision_log(person, scope_of(person), **at)
    return {
        "decisions": [(one, topic_for(one, person)) for one in found.items],
        "newer_url": f"?after={found.newer}" if found.newer else "",
        "older_url": f"?before={found.older}" if found.older else "",
        "crumbs": crumbs_to(None, Crumb(_("Moderators’ desk"), reverse("forum:desk")), Crumb(_("All decisions"))),
    }


def topic_for(decision: Decision, reader: Somebody) -> Topic | None:
    """Whose title may be named: it may have been moved to where the reader can't follow. One's own title one knows."""
    topic = decision.topic
    own = decision.person_id == reader.pk and decision.deed != Deed.SPLIT
    return topic if topic is not None and (own or rules.can_see_topic(reader, topic)) else None


def was_left(outcome: Decision | None) -> bool:
    """Taken back in words only: something has changed since, or it can't be undone by a press."""
    return outcome is not None and outcome.deed == Deed.OVERTURN and outcome.after.get("undone") is False


def _state(decision: Decision, reader: Somebody) -> list[Change]:
    before, after = (str(State(said["state"]).label) for said in (decision.before, decision.after))
    return [Change(_("Topic"), before, after)]


def _pin(decision: Decision, reader: Somebody) -> list[Change]:
    before, after = (str(Pin(said["pin"]).label) for said in (decision.before, decision.after))
    return [Change(pgettext("topic", "Where it is pinned"), before, after)]


def _status(decision: Decision, reader: Somebody) -> list[Change]:
    if "status" not in decision.after:
        return []
    before, after = (str(Status(said["status"]).label) for said in (decision.before, decision.after))
    return [Change(_("Status"), before, after)]


def _move(decision: Decision, reader: Somebody) -> list[Change]:
    before, after = (_board(said["board"], reader) for said in (decision.before, decision.after))
    return [Change(pgettext("forum", "Board"), before, after)]


def _merge(decision: Decision, reader: Somebody) -> list[Change]:
    into = queries.find_topic(decision.after["into"])
    if into is None or not rules.can_see_topic(reader, into):
        return [Change(_("Topic"), "", _("A topic that you can’t read any more"))]
    return [Change(_("Topic"), decision.topic.title if decision.topic else "", into.title, into.get_absolute_url())]


def _split(decision: Decision, reader: Somebody) -> list[Change]:
    new = decision.topic
    if new is None or not rules.can_see_topic(reader, new):
        return [Change(_("Topic"), decision.before["title"], _("A topic that you can’t read any more"))]
    return [Change(_("Topic"), decision.before["title"], new.title, new.get_absolute_url())]


def _edit(decision: Decision, reader: Somebody) -> list[Change]:
    """The text has a place of its own on the page."""
    before, after = decision.before, decision.after
    named = {"title": _("Title"), "tags": _("Tags")}
    return [
        Change(label, _in_words(before[name]), _in_words(after.get(name, "")))
        for name, label in named.items()
        if name in before and before[name] != after.get(name)
    ]


def _acceptance(decision: Decision, reader: Somebody) -> list[Change]:
    posts = Post.objects.in_bulk(pk for pk in (decision.before["post"], decision.after["post"]) if pk)
    before, after = (posts.get(said["post"]) for said in (decision.before, decision.after))
    url = after.get_absolute_url() if after else ""
    return [Change(pgettext("question", "Answer"), _number(before), _number(after), url)]


CHANGES: dict[Deed, Callable[[Decision, Somebody], list[Change]]] = {
    Deed.STATE: _state,
    Deed.PIN: _pin,
    Deed.STATUS: _status,
    Deed.MOVE: _move,
    Deed.MERGE: _merge,
    Deed.SPLIT: _split,
    Deed.EDIT: _edit,
    Deed.ACCEPT: _acceptance,
}


def _board(pk: int, reader: Somebody) -> str:
    board = boards.all_boards().get(pk)
    return board.title if board and rules.can_read(reader, board) else _("A board that you can’t read any more")


def _number(post: Post | None) -> str:
    return f"№ {post.number}" if post and post.number else "—"


def _in_words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
