"""What the search index holds of an organisation: its page's words, never the non-public part."""

from django.utils.translation import override

from partners.models import PartnerPage
from search.page_drafts import join, page_draft, stream_text
from search.registry import EntryDraft

UNCONFIRMED = -1.0  # nobody has said yet that all this is true: it comes after those of whom somebody has


def partner_entry(page: PartnerPage) -> EntryDraft | None:
    draft = page_draft(page)
    if draft is None:
        return None
    with override(draft.language):
        words = [page.short_name, page.get_kind_display(), *page.access_labels]
    return draft.with_fields(
        summary=page.tagline,
        body=stream_text(page.description),
        keywords=join(words),
        picture_id=page.cover_id,
        partner=page.partner.slug,
        topics=tuple(page.topics.values_list("slug", flat=True)),
        audiences=tuple(page.audiences.values_list("slug", flat=True)),
        district=page.district.slug if page.district else "",
        place=page.address,
        latitude=page.latitude,
        longitude=page.longitude,
        boost=0 if page.assured_date else UNCONFIRMED,
    )
