"""Reads for moderators and for those whom their decisions concern."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from common.keyset import KeyPage, page_by_key
from forum.boards import KnownBoard
from forum.enums import Deed, Matter, Penalty, Standing
from forum.models import Answer, Appeal, Block, Case, Decision, Note, Post, Report, Sanction

ON_THE_DESK = 10
ON_A_LIST = 20
RELATED = (
    "post__topic",
    "post__author",
    "person",
    "taken_by",
    "appealed__by",
    "appealed__topic",
    "appealed__person",
    "appealed__appeal",
    "decision__by",
)


@dataclass(frozen=True)
class Standings:
    """What moderators know of somebody, in numbers."""

    posts: int = 0
    removed: int = 0
    sanctions: int = 0
    notes: int = 0


def open_cases(boards: Sequence[KnownBoard] | None) -> QuerySet[Case]:
    """Of these boards; None: of the whole network, with what belongs to no board."""
    cases = Case.objects.filter(closed_at=None)
    return cases if boards is None else cases.filter(_on_boards([board.pk for board in boards]))


def cases_by(cases: QuerySet[Case], matter: str = "", board: int | None = None) -> QuerySet[Case]:
    cases = cases.filter(matter=matter) if matter in Matter.values else cases
    return cases.filter(_on_boards([board])) if board else cases


def case_page(cases: QuerySet[Case], *, before: str = "", after: str = "") -> KeyPage[Case]:
    return page_by_key(cases.select_related(*RELATED), "opened_at", size=ON_THE_DESK, before=before, after=after)


def find_case(pk: int) -> Case | None:
    return Case.objects.filter(pk=pk).select_related(*RELATED).first()


def open_case_about(post: Post) -> Case | None:
    return Case.objects.filter(post=post, closed_at=None).exclude(matter=Matter.APPEAL).order_by("pk").first()


def count_by_matter(cases: QuerySet[Case]) -> dict[str, int]:
    return dict(cases.order_by().values_list("matter").annotate(Count("pk")))


def reports_of(cases: Iterable[Case]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = defaultdict(list)
    wanted = [case.pk for case in cases if case.matter == Matter.REPORT]
    for report in Report.objects.filter(case__in=wanted).select_related("by").order_by("pk") if wanted else ():
        found[report.case_id].append(report)
    return found


def posts_before(posts: Sequence[Post]) -> dict[int, Post]:
    """What stands right before each of them: pk → post."""
    wanted = {post.pk: (post.topic_id, (post.number or post.topic.last_number + 1) - 1) for post in posts}
    places = [place for place in wanted.values() if place[1] > 0]
    if not places:
        return {}
    here = Q()
    for topic, number in places:
        here |= Q(topic=topic, number=number)
    found = {(post.topic_id, post.number): post for post in Post.objects.filter(here).select_related("author", "topic")}
    return {pk: found[place] for pk, place in wanted.items() if place in found}


def standings_of(people: Iterable[int], boards: Sequence[KnownBoard] | None) -> dict[int, Standings]:
    """Three questions, however many people. A board's moderator counts what happened on the board."""
    pks = list(set(people))
    posts = Post.objects.filter(author__in=pks)
    notes = visible_notes(boards).filter(person__in=pks)
    if boards is not None:
        posts = posts.filter(topic__board__in=[board.pk for board in boards])
    counts = posts.order_by().values_list("author")
    shown, gone = (Count("pk", filter=Q(standing=standing)) for standing in (Standing.SHOWN, Standing.REMOVED))
    counted = {pk: (many, removed) for pk, many, removed in counts.annotate(shown=shown, gone=gone)}
    sanctions = dict(Sanction.objects.filter(person__in=pks).order_by().values_list("person").annotate(Count("pk")))
    noted = dict(notes.order_by().values_list("person").annotate(Count("pk")))
    return {pk: Standings(*counted.get(pk, (0, 0)), sanctions.get(pk, 0), noted.get(pk, 0)) for pk in pks}


def earlier_decisions(cases: Iterable[Case], boards: Sequence[KnownBoard] | None) -> dict[int, list[Decision]]:
    """About the same people, the newest first: three for each."""
    people = {pk for pk in (concerned(case) for case in cases) if pk}
    found: dict[int, list[Decision]] = defaultdict(list)
    if not people:
        return found
    newest = visible_decisions(boards).filter(person__in=people).exclude(deed=Deed.NOTE)
    for decision in newest.select_related("by", "topic").order_by("-at", "-pk")[: 20 * len(people)]:
        if decision.person_id and len(found[decision.person_id]) < 3:
            found[decision.person_id].append(decision)
    return found


def concerned(case: Case) -> int | None:
    """Whose words or page it is."""
    return case.person_id or (case.post.author_id if case.post else None)


def visible_decisions(boards: Sequence[KnownBoard] | None) -> QuerySet[Decision]:
    return Decision.objects.all() if boards is None else Decision.objects.filter(board__in=[one.pk for one in boards])


def visible_notes(boards: Sequence[KnownBoard] | None) -> QuerySet[Note]:
    return Note.objects.all() if boards is None else Note.objects.filter(board__in=[one.pk for one in boards])


def decisions_about(
    person: User, *, before: str = "", after: str = "", hidden: Iterable[str] = ()
) -> KeyPage[Decision]:
    """Those that the person is told."""
    told = Decision.objects.filter(person=person).exclude(deed__in=list(hidden)).exclude(by=person)
    return page_by_key(
        told.select_related("topic", "appeal__outcome"), "at", size=ON_A_LIST, before=before, after=after
    )


def decision_log(
    reader: User, boards: Sequence[KnownBoard] | None, *, before: str = "", after: str = ""
) -> KeyPage[Decision]:
    """All of these boards, or of the network, without what moderators say of the reader among themselves."""
    found = visible_decisions(boards).exclude(person=reader, deed__in=(Deed.NOTE, Deed.KEEP))
    return page_by_key(found.select_related("by", "person", "topic"), "at", size=ON_A_LIST, before=before, after=after)


def find_decision(pk: int) -> Decision | None:
    related = ("by", "person", "topic", "post__topic", "appeal__outcome", "sanction__person")
    return Decision.objects.filter(pk=pk).select_related(*related).first()


def decision_on(post: Post) -> Decision | None:
    """The last one by which it was removed."""
    return Decision.objects.filter(post=post, deed=Deed.REMOVE).order_by("-pk").first()


def reports_by(person: User, *, before: str = "", after: str = "") -> KeyPage[Report]:
    found = Report.objects.filter(by=person).select_related("case__post__topic", "case__person", "case__decision")
    return page_by_key(found, "at", size=ON_A_LIST, before=before, after=after)


def sanctions_of(person: User, boards: Sequence[KnownBoard] | None) -> list[Sanction]:
    """Who may not write may not write anywhere; what somebody was warned of elsewhere stays there."""
    found = Sanction.objects.filter(person=person)
    if boards is not None:
        here = Q(decision__board=None) | Q(decision__board__in=[board.pk for board in boards])
        found = found.filter(here | ~Q(penalty=Penalty.WARNING))
    return list(found.select_related("decision__by").order_by("-pk")[:50])


def sanction_in_force(person: User) -> Sanction | None:
    """The one that ends last."""
    found = Sanction.objects.filter(person=person, lifted_at=None).exclude(penalty="warning")
    return max(
        found.select_related("decision"),
        key=lambda one: one.until.timestamp() if one.until else float("inf"),
        default=None,
    )


def notes_about(person: User, boards: Sequence[KnownBoard] | None) -> list[Note]:
    return list(visible_notes(boards).filter(person=person).select_related("by").order_by("-pk")[:50])


def newest_of_person(person: User, boards: Sequence[KnownBoard] | None) -> list[Post]:
    posts = Post.objects.filter(author=person)
    if boards is not None:
        posts = posts.filter(topic__board__in=[board.pk for board in boards])
    return list(posts.select_related("topic").order_by("-posted_at", "-pk")[:ON_A_LIST])


def decisions_on_person(person: User, boards: Sequence[KnownBoard] | None) -> list[Decision]:
    found = visible_decisions(boards).filter(person=person).exclude(deed=Deed.NOTE)
    return list(found.select_related("by", "topic").order_by("-at", "-pk")[:ON_A_LIST])


def reports_about(person: User, boards: Sequence[KnownBoard] | None) -> list[Report]:
    cases = (
        Q(case__post__author=person) if boards is not None else Q(case__post__author=person) | Q(case__person=person)
    )
    found = Report.objects.filter(cases, case__matter=Matter.REPORT)
    if boards is not None:
        found = found.filter(case__post__topic__board__in=[board.pk for board in boards])
    related = ("by", "case__post__topic", "case__decision")
    return list(found.select_related(*related).order_by("-pk")[:ON_A_LIST])


def answers(language: str) -> list[Answer]:
    """In the reader's language; where there are none, all."""
    return list(Answer.objects.filter(language=language)) or list(Answer.objects.all())


def blocked_people(person: User) -> list[Block]:
    return list(Block.objects.filter(person=person).select_related("blocked").order_by("-pk"))


def blocked_by(person: User) -> frozenset[int]:
    return frozenset(Block.objects.filter(person=person).values_list("blocked", flat=True))


def appeal_of(decision: Decision) -> Appeal | None:
    return Appeal.objects.filter(decision=decision).select_related("outcome__by").first()


def _on_boards(pks: Sequence[int]) -> Q:
    """Where the thing stands now: as rules.case_board says."""
    of_topic = Q(post=None, appealed__topic__board__in=pks)
    return Q(post__topic__board__in=pks) | of_topic | Q(post=None, appealed__topic=None, appealed__board_id__in=pks)
