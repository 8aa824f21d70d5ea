"""The directory for programs."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router
from pydantic import Field

from common import locales
from common.api.cursors import next_address, seal, unseal
from common.api.schemas import REFUSALS, Asked, NotSaid, Page, Place, Slug, Term, Thing, terms
from common.vocabulary import names
from partners import queries
from partners.enums import Access, Kind
from partners.models import DirectoryEntry
from partners.structured_data import organization

router = Router(tags=["partners"])


class PartnersAsked(Asked):
    kind: Annotated[Kind | None, NotSaid] = Field(None, description=_("What kind of organisation."))
    topic: Slug = Field("", description=_("Short name of a topic they teach."))
    audience: Slug = Field("", description=_("Short name of those they teach."))
    district: Slug = Field("", description=_("Short name of the district they are in."))
    access: Annotated[Access | None, NotSaid] = Field(
        None, description=_("What makes the place usable for more people.")
    )


class PartnerItem(Thing):
    type: str = Field(alias="@type")
    id: str = Field(alias="@id", description=_("Its page here."))
    identifier: str = Field(description=_("The organisation's short name, as other questions take it."))
    kind: str
    name: str
    alternate_name: str | None = None
    description: str | None = None
    in_language: str
    url: str = Field(description=_("Its own site, else its page here."))
    telephone: list[str] | None = None
    email: str | None = None
    same_as: list[str] | None = None
    logo: str | None = None
    image: str | None = None
    location: Place | None = None
    knows_about: list[Term]
    audience: list[Term]
    knows_language: list[str]
    area_served: Term | None = Field(None, description=_("The district it is in."))
    assured_date: date | None = Field(None, description=_("When somebody last confirmed that all this is true."))


class PartnerList(Page):
    items: list[PartnerItem]


@router.get(
    "",
    response={200: PartnerList, **REFUSALS},
    by_alias=True,
    exclude_none=True,
    operation_id="listPartners",
    summary=_("The organisations of the network, by name"),
)
def list_partners(request: HttpRequest, response: HttpResponse, asked: Query[PartnersAsked]) -> PartnerList:
    after = unseal(asked.cursor, asked.question) or ""
    entries = queries.directory(locales.current(), _filter(asked)).select_related("page__partner")
    found = queries.directory_page(entries.prefetch_related("page__topics", "page__audiences"), after, asked.size)
    cursor = seal(found.next_key, asked.question) if found.next_key else None
    if cursor:
        response["Link"] = f'<{next_address(request, cursor)}>; rel="next"'
    return PartnerList(items=[_item(entry, request) for entry in found.entries], next_cursor=cursor)


def _filter(asked: PartnersAsked) -> queries.DirectoryFilter:
    return queries.DirectoryFilter(asked.kind or "", asked.topic, asked.district, asked.audience, asked.access or "")


def _item(entry: DirectoryEntry, request: HttpRequest) -> PartnerItem:
    page, district = entry.page, entry.page.district
    said: dict[str, Any] = {
        "telephone": page.phones or None,
        "identifier": page.partner.slug,
        "kind": page.kind,
        "inLanguage": locales.code_of(entry.locale_id),
        "knowsAbout": terms((word.slug for word in page.topics.all()), names("topic")),
        "audience": terms((word.slug for word in page.audiences.all()), names("audience")),
        "knowsLanguage": page.teaching_languages,
        "areaServed": terms([district.slug], names("district"))[0] if district else None,
        "assuredDate": page.assured_date,
    }
    where = names("district").get(district.slug, "") if district else ""
    return PartnerItem.model_validate(organization(page, request, where) | said)
