"""The moderators' desk: what lies there, with what one has to know to decide it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.models import User
from common.page_cache import remember
from common.parameters import parameter
from common.parts import Crumb, Tab
from forum import actions, boards, queries, rules
from forum.actions.desk import HELD_FOR
from forum.boards import KnownBoard
from forum.enums import Deed, Matter, Status
from forum.forms import DecisionForm
from forum.models import Answer, Case, Decision, Post, Report
from forum.pages.proposals import address as proposals_address
from forum.pages.topics import crumbs_to, person_of
from forum.queries import ProposalFilter, Standings

KEYS = {Deed.APPROVE: "a", Deed.KEEP: "a", Deed.SHOW_PROFILE: "a", Deed.REMOVE: "r", Deed.HIDE_PROFILE: "r"}


@dataclass(frozen=True)
class Item:
    """One case. ``easy``: decided by one button; ``hard``: with a rule and words."""

    case: Case
    board: KnownBoard | None
    person: User | None
    form: DecisionForm
    easy: Sequence[tuple[Deed, str]]
    hard: Sequence[tuple[Deed, str]]
    reports: Sequence[Report]
    before: Post | None
    standings: Standings
    earlier: Sequence[Decision]
    can_decide: bool
    mine: bool
    taken: bool  # by somebody else, who is still at it

    @property
    def post(self) -> Post | None:
        return self.case.post


def scope_of(user: Any) -> list[KnownBoard] | None:
    """The boards that somebody moderates; None: the whole network."""
    return None if rules.moderates_network(user) else rules.moderated_boards(user)


def count_for(user: User) -> int | None:
    """How much lies there; None for those who don't moderate. Every page asks, so the answer is kept."""
    tags = (actions.DESK, boards.TAG, f"person:{user.pk}")
    return remember(f"desk:{user.pk}", tags, lambda: _count(user))


def desk_context(request: HttpRequest) -> dict[str, Any]:
    scope = scope_of(request.user)
    matter, slug = parameter(request, "matter", longest=20), parameter(request, "board")
    board = next((one for one in rules.moderated_boards(request.user) if one.slug == slug), None)
    cases = queries.open_cases(scope)
    at = {name: parameter(request, name) for name in ("before", "after")}
    found = queries.case_page(queries.cases_by(cases, matter, board.pk if board else None), **at)
    chosen = {"matter": matter, "board": board.slug if board else ""}
    return {
        "items": items(request, found.items),
        "tabs": _tabs(queries.cases_by(cases, board=board.pk if board else None), chosen),
        "boards": rules.moderated_boards(request.user),
        "board": board,
        "matter": matter,
        "to_check": queries.count_to_check([board] if board else rules.moderated_boards(request.user)),
        "to_check_url": proposals_address(ProposalFilter(status=Status.SUBMITTED, board=chosen["board"])),
        "newer_url": _address(**chosen, after=found.newer) if found.newer else "",
        "older_url": _address(**chosen, before=found.older) if found.older else "",
        "crumbs": crumbs_to(None, Crumb(_("Moderators’ desk"))),
    }


def items(request: HttpRequest, cases: Sequence[Case], form: DecisionForm | None = None) -> list[Item]:
    """The same number of questions for one and for many. ``form``: the one that was sent, where there is one case."""
    scope, user = scope_of(request.user), person_of(request)
    reports = queries.reports_of(cases)
    before = queries.posts_before([case.post for case in cases if case.post])
    people = {pk for pk in map(queries.concerned, cases) if pk}
    standings = queries.standings_of(people, scope) if people else {}
    earlier = queries.earlier_decisions(cases, scope)
    answers = queries.answers(get_language() or "ru") if cases else []
    now = timezone.now()
    made = []
    for case in cases:
        deeds = rules.deeds_for(case)
        held = case.taken_by_id is not None and case.taken_at is not None and case.taken_at > now - HELD_FOR
        concerned = queries.concerned(case)
        made.append(
            Item(
                case=case,
                board=rules.case_board(case),
                person=case.post.author if case.post else case.person,
                form=form or decision_form(None, case, answers),
                easy=[(deed, deed_button(deed)) for deed in deeds if KEYS.get(deed) == "a"],
                hard=[(deed, deed_button(deed)) for deed in deeds if KEYS.get(deed) != "a"],
                reports=reports.get(case.pk, []),
                before=before.get(case.post_id) if case.post_id else None,
                standings=standings.get(concerned, Standings()) if concerned else Standings(),
                earlier=earlier.get(concerned, []) if concerned else [],
                can_decide=case.closed_at is None and rules.can_decide(request.user, case),
                mine=held and user is not None and case.taken_by_id == user.pk,
                taken=held and user is not None and case.taken_by_id != user.pk,
            )
        )
    return made


def decision_form(sent: Any, case: Case, answers: Sequence[Answer]) -> DecisionForm:
    return DecisionForm(sent, deeds=rules.deeds_for(case), answers=answers, auto_id=f"case{case.pk}_%s")


def deed_button(deed: Deed) -> str:
    return {
        Deed.APPROVE: _("Show it to everybody"),
        Deed.REMOVE: pgettext("post", "Remove"),
        Deed.KEEP: _("Leave it as it is"),
        Deed.SHOW_PROFILE: _("Show the page"),
        Deed.HIDE_PROFILE: _("Hide the page"),
        Deed.UPHOLD: _("The decision stands"),
        Deed.OVERTURN: _("Take the decision back"),
    }[deed]


def address() -> str:
    return reverse("forum:desk")


def person_context(request: HttpRequest, person: User) -> dict[str, Any]:
    """All that moderators know of somebody, as far as their boards go."""
    scope = scope_of(request.user)
    return {
        "person": person,
        "standings": queries.standings_of([person.pk], scope)[person.pk],
        "posts": queries.newest_of_person(person, scope),
        "reports": queries.reports_about(person, scope),
        "decisions": queries.decisions_on_person(person, scope),
        "sanctions": [(one, rules.can_lift(request.user, one)) for one in queries.sanctions_of(person, scope)],
        "notes": queries.notes_about(person, scope),
        "crumbs": crumbs_to(None, Crumb(_("Moderators’ desk"), reverse("forum:desk")), Crumb(person.get_full_name())),
    }


def _count(user: User) -> int | None:
    if not rules.moderates_anything(user):
        return None
    return queries.open_cases(scope_of(user)).count()


def _tabs(cases: QuerySet[Case], chosen: dict[str, str]) -> list[Tab]:
    counts = queries.count_by_matter(cases)
    all_of_it = Tab(
        pgettext("desk", "Everything"),
        _address(board=chosen["board"]),
        chosen["matter"] not in Matter.values,
        sum(counts.values()),
    )
    others = [
        Tab(str(one.label), _address(matter=one, board=chosen["board"]), chosen["matter"] == one, counts.get(one, 0))
        for one in Matter
        if counts.get(one) or chosen["matter"] == one
    ]
    return [all_of_it, *others]


def _address(**asked: str) -> str:
    here = reverse("forum:desk")
    named = {name: str(value) for name, value in asked.items() if value}
    return f"{here}?{urlencode(named)}" if named else here
