"""What the pages of proposals show: the list with its map, one proposal above its talk, what is like it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from math import ceil, sqrt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Locale

from common import vocabulary
from common.page_cache import depends_on, fresh_until
from common.parameters import parameter
from common.parts import Choice, Crumb, Link, Tab
from forum import queries, rules
from forum.actions import is_first
from forum.boards import KnownBoard
from forum.enums import Kind, Status
from forum.models import OfficialAnswer, Proposal, Topic
from forum.pages.topics import crumbs_to, person_of, topic_context
from forum.queries import ProposalFilter
from partners.queries import names_of

USUAL_WAY = (
    *(Status.SUBMITTED, Status.CHECKED, Status.COLLECTING),
    *(Status.REVIEW, Status.ACCEPTED, Status.DOING, Status.DONE),
)
ENDS = {Status.LAPSED, Status.DECLINED, Status.DONE, Status.MERGED}
TONES = {
    Status.ACCEPTED: "good",
    Status.DOING: "good",
    Status.DONE: "good",
    Status.DECLINED: "bad",
    Status.LAPSED: "plain",
    Status.MERGED: "plain",
}
FILTERS = ("status", "district", "tag", "board", "waiting", "sort")
MOST_TAGS = 30


@dataclass(frozen=True)
class ProposalRow:
    """A proposal in a list."""

    proposal: Proposal
    board: KnownBoard
    district: str
    tone: str


@dataclass(frozen=True)
class Tile:
    """A district on the map, which is a grid: north on top, west on the left."""

    name: str
    url: str
    count: int
    shade: int  # 0 for none, 1 to 4 by how many there are
    chosen: bool


@dataclass(frozen=True)
class Stop:
    """One point of the way that a proposal takes."""

    label: str
    css: str = ""  # now, next
    at: datetime | None = None
    note: str = ""


# --- the list ---------------------------------------------------------------------------------------------------------
def chosen_filter(request: HttpRequest) -> ProposalFilter:
    asked = {name: parameter(request, name) for name in FILTERS}
    asked["tag"] = " ".join(asked["tag"].lower().split())
    asked["status"] = asked["status"] if asked["status"] in Status.values else ""
    asked["sort"] = asked["sort"] if asked["sort"] in {"supported", "waiting"} else ""
    return ProposalFilter(**asked)


def proposals_context(request: HttpRequest) -> dict[str, Any]:
    fresh_until(request, next_midnight())
    seen, chosen = rules.readable_boards(request.user), chosen_filter(request)
    at = {name: parameter(request, name) for name in ("before", "after")}
    matching = queries.chosen_proposals(seen, chosen)
    found = queries.proposal_page(matching, chosen.sort, **at)
    tiles, counts = _map(seen, chosen)
    names = vocabulary.names("district")
    return {
        "rows": [row_of(one, seen, names) for one in found.items],
        "tiles": tiles,
        "everywhere": counts.get("", 0),
        "total": counts.get(chosen.district, 0) if chosen.district else sum(counts.values()),
        "chosen": chosen,
        "narrowed": replace(chosen, sort="") != ProposalFilter(),
        "filters": {
            "status": [Choice(one.value, str(one.label), one == chosen.status) for one in Status],
            "district": [Choice(slug, str(name), slug == chosen.district) for slug, name in names.items()],
            "board": [
                Choice(one.slug, one.title, one.slug == chosen.board) for one in seen if Kind.PROPOSAL in one.kinds
            ],
            "tag": [Choice(tag, tag, tag == chosen.tag) for tag in _tags(seen, chosen)],
        },
        "sorts": _sorts(chosen),
        "chips": _chips(chosen, seen, names),
        "newer_url": address(chosen, after=found.newer),
        "older_url": address(chosen, before=found.older),
        "canonical": address(chosen, **at) or address(chosen),
        "reset_url": address(ProposalFilter(sort=chosen.sort)),
        "csv_url": address(chosen, to="forum:proposals_csv"),
        "json_url": address(chosen, to="forum:proposals_json"),
        "new_url": reverse("forum:new_proposal") if _may_propose(request, seen) else "",
        "crumbs": crumbs_to(None, Crumb(pgettext("list", "Proposals"))),
        "ways_out": [Link(_("Show all proposals"), reverse("forum:proposals"))],
    }


def row_of(proposal: Proposal, seen: Iterable[KnownBoard], districts: Mapping[str, str]) -> ProposalRow:
    board = next(one for one in seen if one.pk == proposal.topic.board_id)
    slug = proposal.district.slug if proposal.district else ""
    return ProposalRow(proposal, board, districts.get(slug, slug), TONES.get(Status(proposal.status), ""))


def address(chosen: ProposalFilter, *, to: str = "forum:proposals", **at: str) -> str:
    """In words; what was not chosen isn't in it. Empty where a key is asked for and there is none."""
    if at and not any(at.values()):
        return ""
    asked = {name: value for name, value in (asdict(chosen) | at).items() if value}
    return reverse(to) + (f"?{urlencode(asked)}" if asked else "")


def next_midnight() -> datetime:
    """Days are counted by the calendar."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _map(seen: Sequence[KnownBoard], chosen: ProposalFilter) -> tuple[list[list[Tile]], dict[str, int]]:
    """Counts are of what the list would show if no district were chosen: list and map say the same."""
    counts = queries.count_by_district(queries.chosen_proposals(seen, replace(chosen, district="")))
    names, most = vocabulary.names("district"), max([count for slug, count in counts.items() if slug], default=0)
    rows = queries.placed_districts()
    across = ceil(sqrt(len(rows)) - 0.5) if rows else 1
    bands = [sorted(rows[at : at + across], key=lambda one: one.longitude or 0) for at in range(0, len(rows), across)]
    return [
        [
            Tile(
                name=names.get(one.slug, one.name),
                url=address(replace(chosen, district="" if one.slug == chosen.district else one.slug)),
                count=counts.get(one.slug, 0),
                shade=ceil(4 * counts.get(one.slug, 0) / most) if most else 0,
                chosen=one.slug == chosen.district,
            )
            for one in band
        ]
        for band in bands
    ], counts


def _tags(seen: Sequence[KnownBoard], chosen: ProposalFilter) -> list[str]:
    known = queries.tags_of_proposals(seen, MOST_TAGS)
    return known if not chosen.tag or chosen.tag in known else [chosen.tag, *known]


def _sorts(chosen: ProposalFilter) -> list[Tab]:
    named = (
        ("", pgettext("proposals", "Newest")),
        ("supported", pgettext("proposals", "Most supported")),
        ("waiting", pgettext("proposals", "Longest waiting for an answer")),
    )
    return [Tab(label, address(replace(chosen, sort=sort)), chosen.sort == sort) for sort, label in named]


def _chips(chosen: ProposalFilter, seen: Sequence[KnownBoard], districts: Mapping[str, str]) -> list[Link]:
    titles = {board.slug: board.title for board in seen}
    said = {
        "status": str(Status(chosen.status).label) if chosen.status else "",
        "district": districts.get(chosen.district, chosen.district),
        "tag": chosen.tag,
        "board": titles.get(chosen.board, chosen.board),
        "waiting": _("Waiting for an answer") if chosen.waiting else "",
    }
    return [Link(label, address(replace(chosen, **{name: ""}))) for name, label in said.items() if label]


def _may_propose(request: HttpRequest, seen: Iterable[KnownBoard]) -> bool:
    """Anonymous readers are led to the sign-in first."""
    open_to = [board for board in seen if Kind.PROPOSAL in board.kinds]
    return bool(open_to) and (
        not request.user.is_authenticated or any(rules.can_start(request.user, board) for board in open_to)
    )


# --- one proposal -----------------------------------------------------------------------------------------------------
def proposal_context(
    request: HttpRequest,
    topic: Topic,
    page: int,
    marks: tuple[int, str] | None = None,
    supported: bool | None = None,
) -> dict[str, Any]:
    """The topic's page with the proposal above its talk. ``supported``: by the reader, where that is known."""
    depends_on(request, "vocabulary", "partners")
    fresh_until(request, next_midnight())
    proposal = _of(topic)
    context = topic_context(request, topic, page, marks)
    person, user = person_of(request), request.user
    opening = next((one for one in context["posts"] if is_first(one.post)), None)
    slug = proposal.district.slug if proposal.district else ""
    answer = getattr(proposal, "answer", None)
    return context | {
        "proposal": proposal,
        "opening": opening,
        "posts": [one for one in context["posts"] if one is not opening],
        "tone": TONES.get(Status(proposal.status), ""),
        "district": vocabulary.name("district", slug) if slug else "",
        "district_url": address(ProposalFilter(district=slug)) if slug else "",
        "needed": proposal.threshold or context["board"].threshold,
        "percent": percent(proposal),
        "can_support": rules.can_support(user, proposal),
        "may_sign_in_to_support": not user.is_authenticated
        and proposal.status in rules.VOTED_ON
        and not (proposal.status == Status.COLLECTING and proposal.has_ended_collecting),
        "supported": bool(person) and queries.supports(person, proposal) if supported is None else supported,  # type: ignore[arg-type]
        "answer": answer,
        "responsible": responsible_name(proposal),
        "can_handle": rules.can_handle(user, topic),
        "can_answer": rules.can_amend(user, proposal) if answer else rules.can_answer(user, proposal),
        "timeline": timeline(proposal, answer),
        "similar": queries.similar_to(proposal, rules.readable_boards(user)),
        "merged": proposal.merged_into if _may_follow(request, proposal) else None,
    }


def timeline(proposal: Proposal, answer: OfficialAnswer | None) -> list[Stop]:
    """What was, what is now, and what usually comes next."""
    been = [(step.at, Stop(str(Status(step.status).label), "", step.at, step.note)) for step in proposal.steps.all()]
    if answer:
        been.append((answer.answered_at, Stop(_("Official answer"), "", answer.answered_at, answer.body)))
    past = [stop for _at, stop in sorted(been, key=lambda pair: pair[0])]
    if proposal.status in ENDS:
        return past
    past[-1] = replace(past[-1], css="now")
    ahead = USUAL_WAY[USUAL_WAY.index(Status(proposal.status)) + 1 :]
    decision = {Status.ACCEPTED: pgettext("proposal", "Decision")}
    return past + [Stop(str(decision.get(one, one.label)), "next") for one in ahead]


def percent(proposal: Proposal) -> int:
    needed = proposal.threshold or rules.board_of(proposal.topic).threshold
    return min(100, 100 * proposal.supports // max(1, needed))


def responsible_name(proposal: Proposal) -> str:
    """Of the organisation, in the reader's language; empty where the city itself answers."""
    if proposal.responsible_id is None:
        return ""
    return names_of([proposal.responsible_id], Locale.get_active()).get(proposal.responsible_id, "")


def form_crumbs(topic: Topic) -> list[Crumb]:
    return crumbs_to(rules.board_of(topic), Crumb(topic.title, topic.get_absolute_url(), topic.language))


def _of(topic: Topic) -> Proposal:
    proposal = queries.find_proposal(topic.pk)
    assert proposal is not None  # noqa: S101  made with its topic
    proposal.topic = topic  # what was asked of it already is known
    return proposal


def _may_follow(request: HttpRequest, proposal: Proposal) -> bool:
    into = proposal.merged_into
    return into is not None and rules.can_see_topic(request.user, into.topic)
