"""Partners as the lists draw them (templates/components/card_partner.html)."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest

from common import locales
from common.parts import Card
from common.vocabulary import names
from partners.enums import Access, Kind
from partners.models import DirectoryEntry, PartnerPage


def partner_cards(entries: Iterable[DirectoryEntry], request: HttpRequest | None) -> list[Card]:
    districts = names("district")
    return [_card(entry.page, districts, request) for entry in entries]


def _card(page: PartnerPage, districts: Mapping[str, str], request: HttpRequest | None) -> Card:
    return Card(
        kind="partner",
        title=page.title,
        url=page.get_url(request) or "",
        image=page.logo or page.cover,
        summary=page.tagline,
        place=districts.get(page.district.slug, page.district.name) if page.district else "",
        note=str(Kind(page.kind).label),
        accessible=Access.STEP_FREE in page.access,
        language=locales.code_of(page.locale_id),
    )
