from itertools import count
from typing import Any

from partners.actions import create_partner
from partners.enums import Trust
from partners.models import Partner, PartnerIndexPage, PartnerPage

numbers = count(1)


def make_partner(
    name: str = "",
    *,
    slug: str = "",
    trust: Trust = Trust.TRUSTED,
    language: str = "ru",
    publish: bool = True,
    **page: Any,
) -> Partner:
    """A partner with its team's groups, collection and published page. Needs make_city()."""
    number = next(numbers)
    fields = {"tagline": "Учим тому, что умеем", "kind": "library", **page}
    return create_partner(
        index=PartnerIndexPage.objects.get(locale__language_code=language),
        page=PartnerPage(title=name or f"Организация {number}", **fields),
        slug=slug or f"partner-{number}",
        trust=trust,
        publish=publish,
    )
