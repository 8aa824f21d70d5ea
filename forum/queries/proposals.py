"""Reads of proposals: lists by key, the districts' counts, what is like what, and all of them for export."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Prefetch, Q, QuerySet
from wagtail.models import Locale

from accounts.models import User
from common.keyset import KeyPage, page_by_key
from common.models import District
from forum.boards import KnownBoard
from forum.enums import Standing, Status
from forum.models import AnswerEdit, Proposal, ProposalStep, Support, Tag
from partners.models import Partner
from search.enums import Kind as EntryKind
from search.queries import find
from search.query import Query

PROPOSALS_ON_A_PAGE = 20
MOST_SIMILAR = 4
SIMILAR_LIVES = 600  # seconds
LIKE_ENOUGH = 0.35  # of the score of the best one: what is below shares a common word and nothing else
WORTH_SHOWING = 3.0  # a fifth of what search.ranking gives to a thing that says all of it
EXPORT_BATCH = 200
SORTS = {"newest": "submitted_at", "supported": "supports", "waiting": "waiting_since"}


@dataclass(frozen=True)
class ProposalFilter:
    """What a reader chose; an empty text means no choice."""

    status: str = ""
    district: str = ""
    tag: str = ""
    board: str = ""
    waiting: str = ""
    sort: str = ""


def proposals_on(boards: Iterable[KnownBoard]) -> QuerySet[Proposal]:
    """What everybody who reads these boards sees there."""
    return Proposal.objects.filter(topic__board__in=[board.pk for board in boards], topic__standing=Standing.SHOWN)


def chosen_proposals(boards: Sequence[KnownBoard], chosen: ProposalFilter) -> QuerySet[Proposal]:
    """Those that were merged are shown only to whoever asks for them."""
    here = [board for board in boards if board.slug == chosen.board] if chosen.board else boards
    found = proposals_on(here)
    found = found.filter(status=chosen.status) if chosen.status else found.exclude(status=Status.MERGED)
    if chosen.district:
        found = found.filter(district__slug=chosen.district)
    if chosen.tag:
        found = found.filter(topic__tags__name=chosen.tag)
    if chosen.waiting or chosen.sort == "waiting":
        found = found.filter(waiting_since__isnull=False)
    return found


def proposal_page(found: QuerySet[Proposal], sort: str = "", *, before: str = "", after: str = "") -> KeyPage[Proposal]:
    return page_by_key(
        found.select_related("topic__author", "district"),
        SORTS.get(sort, "submitted_at"),
        size=PROPOSALS_ON_A_PAGE,
        before=before,
        after=after,
        lowest_first=sort == "waiting",
    )


def count_by_district(found: QuerySet[Proposal]) -> dict[str, int]:
    """slug → how many; under the empty slug those for the whole city."""
    rows = found.order_by().values_list("district__slug").annotate(Count("pk", distinct=True))
    return {slug or "": count for slug, count in rows}


def count_to_check(boards: Iterable[KnownBoard]) -> int:
    """Proposals that wait for a moderator's first look."""
    return proposals_on(boards).filter(status=Status.SUBMITTED).count()


def placed_districts() -> list[District]:
    """Those that can stand on a map, from north to south."""
    rows = District.objects.filter(locale=Locale.get_default(), latitude__isnull=False, longitude__isnull=False)
    return list(rows.order_by("-latitude", "pk"))


def tags_of_proposals(boards: Iterable[KnownBoard], most: int) -> list[str]:
    """The most used first."""
    on = Q(topics__proposal__in=proposals_on(boards).values("pk"))
    rows = Tag.objects.filter(on).annotate(n=Count("topics", filter=on)).order_by("-n", "name")
    return list(rows.values_list("name", flat=True)[:most])


# --- one proposal -----------------------------------------------------------------------------------------------------
def find_proposal(pk: int) -> Proposal | None:
    """With all that its page shows, in two queries."""
    found = Proposal.objects.select_related(
        "topic__author", "district", "responsible", "answer__partner", "merged_into__topic"
    )
    steps = Prefetch("steps", ProposalStep.objects.select_related("by"))
    return found.prefetch_related(steps).filter(pk=pk).first()


def supports(person: User, proposal: Proposal) -> bool:
    return Support.objects.filter(proposal=proposal, person=person).exists()


def answer_history(proposal: Proposal) -> list[AnswerEdit]:
    return list(AnswerEdit.objects.filter(answer__proposal=proposal).select_related("by")[:100])


def possible_bodies() -> list[Partner]:
    return list(Partner.objects.filter(archived_at=None).order_by("slug"))


# --- what is like what ------------------------------------------------------------------------------------------------
def similar_to_words(words: str, language: str, boards: Iterable[KnownBoard], *, but: int = 0) -> list[Proposal]:
    """The index says which; who may read them is asked here again, of the boards as they are now."""
    return _in_order([pk for pk in _like(words, language) if pk != but][:MOST_SIMILAR], boards)


def similar_to(proposal: Proposal, boards: Iterable[KnownBoard]) -> list[Proposal]:
    """Which ones is remembered for some minutes; what they are is read each time."""
    topic = proposal.topic
    pks = cache.get_or_set(f"forum:similar:{topic.pk}", lambda: _like(topic.title, topic.language), SIMILAR_LIVES)
    return _in_order([pk for pk in pks or [] if pk != topic.pk][:MOST_SIMILAR], boards)


def _like(words: str, language: str) -> list[int]:
    results = find(Query(words, language, {"kind": (EntryKind.PROPOSAL,)})) if words.strip() else None
    if results is None or not results.hits or not results.terms:
        return []
    least = max(WORTH_SHOWING, LIKE_ENOUGH * max(hit.score for hit in results.hits))
    keys = [hit.entry.key for hit in results.hits if hit.score >= least][: MOST_SIMILAR * 3]
    posts = [int(key.rsplit(":", 1)[1]) for key in keys]
    topics = dict(Proposal.objects.filter(topic__posts__in=posts).values_list("topic__posts", "pk"))
    return [topics[post] for post in posts if post in topics]


def _in_order(pks: Sequence[int], boards: Iterable[KnownBoard]) -> list[Proposal]:
    if not pks:
        return []
    shown = proposals_on(boards).filter(pk__in=pks).exclude(status=Status.MERGED).select_related("topic")
    found = {one.pk: one for one in shown}
    return [found[pk] for pk in pks if pk in found]


# --- export -----------------------------------------------------------------------------------------------------------
def in_batches(found: QuerySet[Proposal]) -> Iterator[Proposal]:
    """All of them, the oldest first, without holding a cursor open while somebody downloads slowly."""
    last = 0
    whole = found.select_related("topic", "district", "answer").prefetch_related("steps", "topic__tags").distinct()
    while batch := list(whole.filter(pk__gt=last).order_by("pk")[:EXPORT_BATCH]):
        yield from batch
        last = batch[-1].pk
