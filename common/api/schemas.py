"""What several answers are made of, by the names of schema.org. What is not known is left out of an answer."""

from enum import Enum
from typing import Annotated, Any

from django.conf import settings
from django.utils.translation import gettext_noop as _
from pydantic import AliasGenerator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

AT_ONCE, MOST_AT_ONCE = 20, 100
Language = Enum("Language", {code.upper(): code for code, _name in settings.LANGUAGES}, type=str)  # type: ignore[misc]


def _or_none(value: Any) -> Any:
    """An empty field of a form counts as not said."""
    return value or None


NotSaid = BeforeValidator(_or_none)
Slug = Annotated[str, StringConstraints(pattern=r"^[\w-]{0,80}$")]


class Thing(BaseModel):
    """Written in Python's manner, read in JSON's: ``date_published`` is ``datePublished``."""

    model_config = ConfigDict(alias_generator=AliasGenerator(alias=to_camel), populate_by_name=True)


class Spoken(BaseModel):
    """What every question says."""

    language: Annotated[Language, BeforeValidator(lambda said: said or settings.LANGUAGE_CODE)] = Field(
        Language(settings.LANGUAGE_CODE),
        description=_("The reader's language. What is not translated comes in its own, as inLanguage says."),
    )


class Asked(Spoken):
    """What every list can be asked for."""

    limit: Annotated[int | None, NotSaid] = Field(
        AT_ONCE, ge=1, le=MOST_AT_ONCE, description=_("How many at once, at most.")
    )
    cursor: str = Field("", description=_("Where to go on: nextCursor of the answer before."))

    @property
    def size(self) -> int:
        return self.limit or AT_ONCE

    @property
    def question(self) -> str:
        """What a cursor is good for: all but where in the list one stands."""
        return f"{type(self).__name__}:{self.model_dump_json(exclude={'limit', 'cursor'})}"


class Page(Thing):
    next_cursor: str | None = Field(None, description=_("Where the list goes on; missing at its end."))


class Term(Thing):
    identifier: str = Field(description=_("The short name to ask with."))
    name: str


class Author(Thing):
    type: str = Field("Person", alias="@type")
    name: str


class Publisher(Thing):
    type: str = Field("Organization", alias="@type")
    identifier: str = Field(description=_("The organisation's short name, as other questions take it."))
    name: str


class Geo(Thing):
    type: str = Field("GeoCoordinates", alias="@type")
    latitude: float
    longitude: float


class Address(Thing):
    type: str = Field("PostalAddress", alias="@type")
    street_address: str
    address_region: str | None = None


class Hours(Thing):
    type: str = Field("OpeningHoursSpecification", alias="@type")
    day_of_week: str
    opens: str
    closes: str


class Feature(Thing):
    type: str = Field("LocationFeatureSpecification", alias="@type")
    name: str
    value: bool


class Place(Thing):
    type: str = Field("Place", alias="@type")
    name: str | None = None
    address: Address | None = None
    geo: Geo | None = None
    opening_hours_specification: list[Hours] | None = None
    amenity_feature: list[Feature] | None = None


class Problem(Thing):
    """RFC 9457."""

    type: str = Field(description=_("Which kind of problem: an address in the reference, or about:blank."))
    title: str
    status: int
    detail: str | None = None
    instance: str | None = None
    request_id: str | None = Field(None, description=_("Tell it to us when you ask what went wrong."))
    errors: list["Fault"] | None = None


class Fault(Thing):
    parameter: str
    detail: str


REFUSALS = {400: Problem, 422: Problem, 429: Problem, 503: Problem}


def terms(slugs: Any, names: Any) -> list[dict[str, str]]:
    """As answers name districts, topics and the like."""
    return [{"identifier": slug, "name": names.get(slug, slug)} for slug in slugs]
