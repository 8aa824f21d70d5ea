"""Suggestions for programs: what the search field shows while somebody types."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query as Parameters
from ninja import Router
from pydantic import Field

from common.api.schemas import REFUSALS, NotSaid, Spoken, Thing
from search.api import TYPES
from search.suggestions import DISTRICT, MOST, SEARCH, SUBJECT, Suggested, suggest

router = Router(tags=["search"])

OWN_TYPES = {SEARCH: "SearchAction", SUBJECT: "DefinedTerm", DISTRICT: "Place"}
ALL_TYPES = {str(kind): name for kind, name in TYPES.items()} | OWN_TYPES


class SuggestAsked(Spoken):
    q: str = Field("", description=gettext_noop("What has been typed; its last word may lack its end."))
    limit: Annotated[int | None, NotSaid] = Field(
        MOST, ge=1, le=MOST, description=gettext_noop("How many at once, at most.")
    )


class SuggestedItem(Thing):
    type: str = Field(alias="@type")
    id: str = Field(alias="@id", description=gettext_noop("Where it leads."))
    kind: str = Field(
        description=gettext_noop(
            "search for these words, subject or district for all there is of it, else the kind of what it names."
        )
    )
    name: str
    in_language: str


class Suggestions(Thing):
    items: list[SuggestedItem] = Field(description=gettext_noop("The likeliest first."))


@router.get(
    "",
    response={200: Suggestions, **REFUSALS},
    by_alias=True,
    operation_id="suggest",
    summary=gettext_noop("Complete what is being typed"),
)
def suggestions(request: HttpRequest, asked: Parameters[SuggestAsked]) -> Suggestions:
    found = suggest(asked.q, asked.language.value, asked.limit or MOST)
    return Suggestions(items=[_item(one, request) for one in found])


def _item(one: Suggested, request: HttpRequest) -> SuggestedItem:
    return SuggestedItem.model_validate(
        {
            "@type": ALL_TYPES.get(one.kind, "CreativeWork"),
            "@id": request.build_absolute_uri(one.url),
            "kind": one.kind,
            "name": one.title,
            "inLanguage": one.language,
        }
    )
