"""The search for programs: the questions of the results page, the same answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query as Parameters
from ninja import Router
from pydantic import Field, StringConstraints

from common import vocabulary
from common.api.cursors import next_address, seal, unseal
from common.api.problems import ProblemError
from common.api.schemas import REFUSALS, Asked, NotSaid, Page, Place, Publisher, Term, Thing, terms
from common.renditions import rendition_or_none
from search import listing, queries
from search.choosing import spans_in_words
from search.days import FIRST, named_spans
from search.enums import Kind
from search.models import Entry
from search.positions import position_of
from search.queries import Hit, Results
from search.query import FACETS, Query
from search.views import read_query
from search.wanted import NEAREST, ORDERS, WHEN

router = Router(tags=["search"])

PICTURE = "max-1200x1200|format-jpeg"
TYPES = {
    Kind.NEWS: "NewsArticle",
    Kind.PARTNER: "Organization",
    Kind.TOPIC: "DiscussionForumPosting",
    Kind.PROPOSAL: "DiscussionForumPosting",
    Kind.PAGE: "WebPage",
}
RENAMED = {"language": "inLanguage"}  # a facet whose name here says who reads
ABOUT_FACETS = gettext_noop(
    "Only these, by short name; may stand several times. The answer's facets say which there are."
)


When = Enum("When", {name.upper(): name for name in named_spans(FIRST)}, type=str)  # type: ignore[misc]
Sort = Enum("Sort", {name.upper(): name for name in ORDERS}, type=str)  # type: ignore[misc]


class SearchAsked(Asked):
    q: str = Field("", description=gettext_noop("What somebody looks for, in their own words. Nothing: everything."))
    exact: Annotated[str, StringConstraints(pattern="^1?$")] = Field(
        "", description=gettext_noop("1: nothing is guessed, neither letters nor keyboards nor meanings.")
    )
    when: Annotated[When | None, NotSaid] = Field(
        None, description=gettext_noop("When it takes place; what has no date of its own did when it was published.")
    )
    from_: Annotated[date | None, NotSaid] = Field(
        None, alias="from", description=gettext_noop("From this day on: 2027-03-15.")
    )
    to: Annotated[date | None, NotSaid] = Field(None, description=gettext_noop("Until this day, and on it."))
    sort: Annotated[Sort | None, NotSaid] = Field(None, description=gettext_noop("What comes first."))
    near: str = Field(
        "", description=gettext_noop("With sort=near: a district's short name, or degrees as 52.28,104.28.")
    )
    limit: Annotated[int | None, NotSaid] = Field(
        queries.PAGE_SIZE, ge=1, le=queries.PAGE_SIZE, description=gettext_noop("How many at once, at most.")
    )


class FoundItem(Thing):
    type: str = Field(alias="@type")
    id: str = Field(alias="@id", description=gettext_noop("Its page."))
    identifier: str = Field(description=gettext_noop("Of the thing itself, the same in all its languages."))
    kind: str
    name: str
    description: str | None = None
    highlight: str | None = Field(
        None, description=gettext_noop("HTML: the piece of its text that answers best, the words marked by <mark>.")
    )
    in_language: str
    date_published: datetime
    start_date: datetime | None = None
    end_date: datetime | None = None
    image: str | None = None
    publisher: Publisher | None = None
    location: Place | None = None
    about: list[Term]
    audience: list[Term]
    area_served: Term | None = None


class Choice(Term):
    count: int
    chosen: bool


class FacetCounts(Thing):
    name: str = Field(description=gettext_noop("The parameter that chooses in it."))
    choices: list[Choice]


class SearchResults(Page):
    searched_for: str | None = Field(
        None, description=gettext_noop("What was looked for in place of q, where nobody says what it says.")
    )
    did_you_mean: str | None = Field(
        None, description=gettext_noop("What q may have meant, where hardly anybody says it.")
    )
    number_of_items: int = Field(description=gettext_noop("How many things answer, each counted once."))
    more: bool = Field(description=gettext_noop("There are more than were counted."))
    items: list[FoundItem]
    facets: list[FacetCounts] = Field(description=gettext_noop("Each counts as if nothing were chosen in it."))


@router.get(
    "",
    response={200: SearchResults, **REFUSALS},
    by_alias=True,
    exclude_none=True,
    operation_id="search",
    summary=gettext_noop("Search the whole network"),
    openapi_extra={
        "parameters": [
            {
                "in": "query",
                "name": RENAMED.get(name, name),
                "schema": {"type": "array", "items": {"type": "string"}},
                "required": False,
                "description": ABOUT_FACETS,
            }
            for name in FACETS
        ]
    },
)
def search(request: HttpRequest, response: HttpResponse, asked: Parameters[SearchAsked]) -> SearchResults:
    query = _understood(request)
    question = f"{asked.question}:{sorted(query.chosen.items())}"
    start = unseal(asked.cursor, question) or 0
    page, skipped = divmod(start, queries.PAGE_SIZE)
    results = queries.find(replace(query, page=page + 1))
    shown = results.hits[skipped : skipped + asked.size]
    place = _goes_on_at(results, start, skipped + len(shown))
    cursor = seal(place, question) if place else None
    if cursor:
        response["Link"] = f'<{next_address(request, cursor)}>; rel="next"'
    return SearchResults(
        searched_for=results.instead or None,
        did_you_mean=results.maybe or None,
        number_of_items=results.total,
        more=results.more,
        items=[_item(hit, results, request) for hit in shown],
        facets=_facets(results),
        next_cursor=cursor,
    )


def _understood(request: HttpRequest) -> Query:
    """As the results page reads it; but where that page passes over what makes no sense, a program is told."""
    said = request.GET.copy()
    said.pop("author", None)
    for name, here in RENAMED.items():
        said.setlist(name, request.GET.getlist(here))
    query = read_query(said)
    faults = [
        {"parameter": RENAMED.get(name, name), "detail": _("This value cannot be used.")}
        for name in FACETS
        if len(query.chosen.get(name, ())) < len({value for value in said.getlist(name) if value})
    ]
    if query.order == NEAREST and not position_of(query.near):
        faults.append({"parameter": "near", "detail": _("This value cannot be used.")})
    if faults:
        raise ProblemError(422, "bad-parameter", ", ".join(fault["parameter"] for fault in faults), faults)
    return query


def _goes_on_at(results: Results, start: int, done: int) -> int:
    """How many to pass over next time; 0 at the end. What is asked for at once never reaches over the end of a page."""
    if done < len(results.hits):
        return start - start % queries.PAGE_SIZE + done
    return results.query.page * queries.PAGE_SIZE if results.query.page < results.pages else 0


def _item(hit: Hit, results: Results, request: HttpRequest) -> FoundItem:
    entry, language = hit.entry, results.query.language
    words = {kind: vocabulary.names(kind, language) for kind in ("topic", "audience", "district")}
    return FoundItem.model_validate(
        {
            "@type": TYPES.get(Kind(entry.kind), "CreativeWork"),
            "@id": request.build_absolute_uri(entry.url),
            "identifier": entry.translation_key,
            "kind": entry.kind,
            "name": entry.title,
            "description": entry.summary or None,
            "highlight": str(hit.fragment) if results.query.text else None,
            "inLanguage": entry.language,
            "datePublished": entry.published,
            "startDate": entry.starts,
            "endDate": entry.ends,
            "image": _picture(entry, request),
            "publisher": {"identifier": entry.partner, "name": entry.partner_name} if entry.partner_name else None,
            "location": _place(entry),
            "about": terms(entry.topics.split(), words["topic"]),
            "audience": terms(entry.audiences.split(), words["audience"]),
            "areaServed": terms([entry.district], words["district"])[0] if entry.district else None,
        }
    )


def _picture(entry: Entry, request: HttpRequest) -> str | None:
    picture = rendition_or_none(entry.picture, PICTURE)
    return request.build_absolute_uri(picture.url) if picture else None


def _place(entry: Entry) -> dict[str, Any] | None:
    known = entry.latitude is not None and entry.longitude is not None
    geo = {"latitude": entry.latitude, "longitude": entry.longitude} if known else None
    address = {"streetAddress": entry.place} if entry.place else None
    return {"address": address, "geo": geo} if address or geo else None


def _facets(results: Results) -> list[FacetCounts]:
    names = listing.choice_names(results)
    names[WHEN] = spans_in_words()
    return [
        FacetCounts(name=RENAMED.get(name, name), choices=_choices(name, results, names.get(name, {})))
        for name in (*FACETS, WHEN)
    ]


def _choices(name: str, results: Results, names: Mapping[str, str]) -> list[Choice]:
    """Those that were chosen are named also where they leave nothing."""
    counts, query = results.facets.get(name, {}), results.query
    chosen = ([query.when] if query.when else []) if name == WHEN else query.chosen.get(name, ())
    values: Sequence[str] = sorted({*counts, *chosen}, key=lambda value: (-counts.get(value, 0), value))
    return [
        Choice(identifier=value, name=str(names.get(value, value)), count=counts.get(value, 0), chosen=value in chosen)
        for value in values
    ]
