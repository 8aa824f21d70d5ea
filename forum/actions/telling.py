"""What moderators decided, told to those whom it concerns."""

from collections.abc import Iterable
from typing import Any

from forum import rules
from forum.actions.watching import is_quiet
from forum.enums import Deed
from forum.models import Case, Decision, Report, Topic
from notices.actions import Happening, tell

DECIDED, REPORTED = "decision", "report"  # kinds of notices
LONGEST_REASON = 200


def tell_of_decision(decision: Decision, *, key: str = "") -> None:
    """Whose thing it is. Their page of decisions says the rest, and takes an appeal.

    ``key``: of what would else be told them of the same, so that they hear of it once.
    """
    if decision.person_id and decision.person_id != decision.by_id and not is_quiet():
        own = f"decision:{decision.pk}"
        params = _facts(decision) | _what_came(decision)
        tell([decision.person_id], Happening(DECIDED, key or own, own, f"/forum/decisions/{decision.pk}/", params))


def tell_reporters(cases: Iterable[int], decision: Decision | None) -> None:
    """What came of it: also where the author was quicker than the moderators."""
    if is_quiet():
        return
    for case in Case.objects.filter(pk__in=cases).select_related("post__topic", "person"):
        people = list(Report.objects.filter(case=case).values_list("by", flat=True))
        topic = case.post.topic if case.post else None
        board = topic.board_id if topic and rules.is_public(rules.board_of(topic)) else None
        title = topic.title if topic else ""
        params = {"title": title, "deed": decision.deed if decision else "", "board": board}
        tell(people, Happening(REPORTED, f"case:{case.pk}", f"case:{case.pk}", "/forum/reports/", params))


def _facts(decision: Decision) -> dict[str, Any]:
    """The board only while the person may read it: a topic may have been moved out of their sight."""
    topic, person = decision.topic, decision.person
    readable = topic is not None and person is not None and rules.can_read(person, rules.board_of(topic))
    away = decision.deed == Deed.SPLIT and not readable
    return {
        "title": decision.before["title"] if away else topic.title if topic else "",
        "deed": decision.deed,
        "board": topic.board_id if topic and readable else None,
        "reason": decision.reason[:LONGEST_REASON],
    }


def _what_came(decision: Decision) -> dict[str, Any]:
    """What the sentence has to say beside: nobody should have to open the page to learn what happened."""
    after = decision.after
    if decision.deed == Deed.STATE:
        return {"state": after["state"]}
    if decision.deed == Deed.SILENCE:
        return {"until": after["until"]}
    into = Topic.objects.filter(pk=after["into"]).first() if decision.deed == Deed.MERGE else None
    if into and decision.person and rules.can_see_topic(decision.person, into):
        return {"into": into.title}
    return {}
