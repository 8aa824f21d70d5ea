"""What the search index holds of a news item."""

from common.vocabulary import names
from news.models import NewsPage
from partners.models import PartnerPage
from search.page_drafts import join, page_draft, stream_text
from search.registry import EntryDraft


def news_entry(page: NewsPage) -> EntryDraft | None:
    draft = page_draft(page)
    if draft is None:
        return None
    partner_page = PartnerPage.objects.parent_of(page).live().select_related("partner", "district").first()
    return draft.with_fields(
        summary=page.lead,
        body=join([stream_text(page.body), page.author_line, page.source_name]),
        keywords=join([*_categories(page, draft.language), *page.tags.names()]),
        picture_id=page.cover_id,
        partner=partner_page.partner.slug if partner_page else "",
        partner_name=partner_page.title if partner_page else "",
        district=partner_page.district.slug if partner_page and partner_page.district else "",
    )


def _categories(page: NewsPage, language: str) -> list[str]:
    known = names("news_category", language)
    return [known.get(word.slug, word.name) for word in page.categories.all()]
