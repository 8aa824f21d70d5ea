"""What every Wagtail page tells the index in the same way: whether the public may see it, and what it says."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page, PageViewRestriction

from search.registry import EntryDraft
from search.text import plain

ENDS = ".!?…:;,—"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # a page made live without a revision says nothing of its age


def page_draft(page: Page) -> EntryDraft | None:
    """The beginning of a draft of a published page that anybody may open; else None.

    A synchronised copy (an alias) is no thing of its own: its original is found, marked with its language.
    """
    if not page.live or page.alias_of_id or is_private(page):
        return None
    url = page.get_url()
    if not url:
        return None
    return EntryDraft(
        language=page.locale.language_code,
        title=page.title,
        url=url,
        published=page.first_published_at or page.latest_revision_created_at or LONG_AGO,
        until=page.expire_at,
        translation_key=str(page.translation_key),
        is_original=_is_original(page),
    )


def is_private(page: Page) -> bool:
    """Whether it, or a page above it, asks for a password, a sign-in or a group."""
    return any(page.path.startswith(path) for path in private_paths())


def private_paths() -> list[str]:
    restrictions = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.NONE)
    return list(restrictions.values_list("page__path", flat=True))


def stream_text(stream: StreamValue | None) -> str:
    """What a StreamField says, as plain text: each block ends like a sentence, so that none runs into the next."""
    texts = (text for block in stream or () for text in block.block.get_searchable_content(block.value))
    return " ".join(text if text[-1] in ENDS else f"{text}." for text in filter(None, (plain(str(t)) for t in texts)))


def join(texts: Iterable[Any]) -> str:
    return " ".join(filter(None, (plain(str(text)) for text in texts)))


def _is_original(page: Page) -> bool:
    """The page that was there first: the others were translated from it."""
    translations = Page.objects.filter(translation_key=page.translation_key, alias_of=None)
    return not translations.filter(pk__lt=page.pk).exists()
