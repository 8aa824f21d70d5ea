"""Taking a decision back after an appeal: each within the transaction of its caller, who has locked the topic.

Only what still stands as the decision left it is undone. A merge of topics and a split never are: what was said since
belongs to both. The moderator who judges does the contrary by hand, and the author is told so (pages.decisions).
"""

from collections.abc import Callable
from dataclasses import fields

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from forum import boards, rules
from forum.actions import people, proposals
from forum.actions.moderating import put_on, restore, set_state
from forum.actions.steps import Draft, Idea, changed, moderated, reindex_topics
from forum.actions.writing import edit, words_of
from forum.enums import Deed, Kind, State, Status
from forum.models import Decision, Post, Proposal, Sanction, Support

Undo = Callable[[Decision, User], bool]


def undo(decision: Decision, *, by: User) -> bool:
    """Whether everything is again as it was before the decision."""
    found = UNDOING.get(Deed(decision.deed))
    return found is not None and found(decision, by)


def _removal(decision: Decision, by: User) -> bool:
    post = decision.post
    if post and rules.can_restore(by, post):
        post = restore(post, by=by, told=False)
    return post is not None and post.is_shown


def _edit(decision: Decision, by: User) -> bool:
    post = decision.post
    if post is None or not rules.can_edit(by, post) or not _stands(decision, words_of(post, post.topic)):
        return False
    edit(post, _words_before(decision, post), by=by, told=False)
    return True


def _state(decision: Decision, by: User) -> bool:
    topic = decision.topic
    if topic is None or topic.merged_into_id or not _stands(decision, {"state": topic.state}):
        return False
    set_state(topic, State(decision.before["state"]), by=by, told=False)
    return True


def _move(decision: Decision, by: User) -> bool:
    """Also to a board that whoever judges doesn't moderate: there it stood."""
    before = boards.all_boards().get(decision.before["board"])
    if decision.topic is None or before is None or not _stands(decision, {"board": decision.topic.board_id}):
        return False
    put_on(moderated(decision.topic, by), before, by=by)
    return True


def _acceptance(decision: Decision, by: User) -> bool:
    """An answer that is gone meanwhile is not chosen again."""
    if decision.topic is None or not _stands(decision, {"post": decision.topic.accepted_id}):
        return False
    topic = moderated(decision.topic, by)
    before = topic.posts.filter(pk=decision.before["post"]).first() if decision.before["post"] else None
    topic.accepted = before if before and before.is_shown else None
    topic.save(update_fields=["accepted"])
    changed(topic)
    return topic.accepted_id == decision.before["post"]


def _step(decision: Decision, by: User) -> bool:
    proposal = _proposal_of(decision)
    if proposal is None or not _stands(decision, {"status": proposal.status}):
        return False
    lost = timezone.now() - decision.at
    proposals.set_back(proposal, Status(decision.before["status"]), by=by, lost=lost)
    return True


def _merge(decision: Decision, by: User) -> bool:
    """Proposals only. Their votes are their own again, and those that were carried over leave the other one."""
    proposal = _proposal_of(decision)
    if proposal is None or proposal.merged_into_id != decision.after["into"]:
        return False
    target = Proposal.objects.select_related("topic").get(pk=proposal.merged_into_id)
    same = Support.objects.filter(proposal=proposal, person=OuterRef("person"), at=OuterRef("at"))
    proposals.count(target, -Support.objects.filter(Exists(same), proposal=target).delete()[0])
    proposal.topic.state = decision.before.get("state", State.OPEN)
    proposal.topic.save(update_fields=["state"])
    lost = timezone.now() - decision.at
    proposals.set_back(proposal, Status(decision.before["status"]), by=by, lost=lost)
    reindex_topics([proposal.topic])
    changed(target.topic)
    return True


def _hiding(decision: Decision, by: User) -> bool:
    if decision.person and decision.person.profile_held_at:
        people.release_profile(decision.person)
    return True


def _sanction(decision: Decision, by: User) -> bool:
    for found in Sanction.objects.filter(decision=decision).select_related("person"):
        people.take_back(found)
    return True


UNDOING: dict[Deed, Undo] = {
    Deed.REMOVE: _removal,
    Deed.EDIT: _edit,
    Deed.STATE: _state,
    Deed.MOVE: _move,
    Deed.ACCEPT: _acceptance,
    Deed.STATUS: _step,
    Deed.MERGE: _merge,
    Deed.HIDE_PROFILE: _hiding,
    Deed.WARN: _sanction,
    Deed.SILENCE: _sanction,
    Deed.BAN: _sanction,
}


def topics_of(decision: Decision) -> set[int]:
    """Which topics have to be locked before it may be undone."""
    posts = Post.objects.filter(pk=decision.post_id).values_list("topic", flat=True) if decision.post_id else ()
    into = decision.after.get("into") if decision.deed == Deed.MERGE else None
    return {pk for pk in (*posts, decision.topic_id, into) if pk}


def _stands(decision: Decision, now: dict[str, object]) -> bool:
    return all(now.get(name) == value for name, value in decision.after.items())


def _proposal_of(decision: Decision) -> Proposal | None:
    topic = decision.topic
    if topic is None or topic.kind != Kind.PROPOSAL:
        return None
    proposal = Proposal.objects.get(topic=topic)
    proposal.topic = topic
    return proposal


def _words_before(decision: Decision, post: Post) -> Draft:
    """Decisions of earlier days know nothing of a proposal's fields: then all of it stands in one."""
    before, names = decision.before, {one.name for one in fields(Idea)}
    idea = {name: value for name, value in before.get("idea", {}).items() if name in names}
    return Draft(
        source=before["source"],
        title=before.get("title", ""),
        tags=tuple(before.get("tags", ())),
        idea=Idea(**idea) if idea else None,
    )
