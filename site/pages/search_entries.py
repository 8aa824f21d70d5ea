"""What the search index holds of a standard page."""

from pages.models import StandardPage
from search.page_drafts import page_draft, stream_text
from search.registry import EntryDraft


def page_entry(page: StandardPage) -> EntryDraft | None:
    draft = page_draft(page)
    return draft and draft.with_fields(summary=page.lead, body=stream_text(page.body), picture_id=page.picture_id)
