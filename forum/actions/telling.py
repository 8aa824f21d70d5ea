"""What moderators decided, told to those whom it concerns."""

from collections.abc import Iterable

from forum.actions.watching import is_quiet
from forum.models import Case, Decision, Report
from notices.actions import Happening, tell

DECIDED, REPORTED = "decision", "report"  # kinds of notices


def tell_of_decision(decision: Decision) -> None:
    """Whose thing it is. Their page of decisions says the rest, and takes an appeal."""
    if decision.person_id and decision.person_id != decision.by_id and not is_quiet():
        tell([decision.person_id], _happening(DECIDED, decision, f"/forum/decisions/{decision.pk}/"))


def tell_reporters(cases: Iterable[int], decision: Decision | None) -> None:
    """What came of it: also where the author was quicker than the moderators."""
    if is_quiet():
        return
    for case in Case.objects.filter(pk__in=cases).select_related("post__topic", "person"):
        people = list(Report.objects.filter(case=case).values_list("by", flat=True))
        title = case.post.topic.title if case.post else ""
        params = {"title": title, "deed": decision.deed if decision else ""}
        tell(people, Happening(REPORTED, f"case:{case.pk}", f"case:{case.pk}", "/forum/reports/", params))


def _happening(kind: str, decision: Decision, path: str) -> Happening:
    title = decision.topic.title if decision.topic else ""
    board = decision.topic.board_id if decision.topic else None
    params = {"title": title, "deed": decision.deed, "board": board, "reason": decision.reason[:200]}
    return Happening(kind, f"decision:{decision.pk}", f"decision:{decision.pk}", path, params)
