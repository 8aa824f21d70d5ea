"""{% talk_about page as talk %}: what people say of a page, for templates that know nothing of the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.urls import reverse
from wagtail.models import Page

from common.page_cache import depends_on, remember
from forum import boards, queries, rules
from forum.actions import ABOUT_PAGES

register = template.Library()
TAGS = (ABOUT_PAGES, boards.TAG)
SHOWN = 3


@dataclass(frozen=True)
class TopicLink:
    pk: int
    title: str
    language: str
    replies: int
    last_posted_at: datetime


@dataclass(frozen=True)
class Talk:
    topics: Sequence[TopicLink]
    start_url: str  # empty while there is no board that everybody reads


@register.simple_tag(takes_context=True)
def talk_about(context: Context, page: Page) -> Talk:
    """Of all translations together; only what everybody reads, because the page is kept for everybody."""
    if request := context.get("request"):
        depends_on(request, *TAGS)
    topics = remember(f"about:{page.translation_key}", TAGS, lambda: _topics(page)) if page.pk else None
    start_url = f"{reverse('forum:choose')}?about={page.pk}" if topics is not None else ""
    return Talk(topics or [], start_url)


def _topics(page: Page) -> list[TopicLink] | None:
    public = rules.readable_boards(AnonymousUser())
    if not public:
        return None
    return [
        TopicLink(topic.pk, topic.title, topic.language, topic.replies, topic.last_posted_at)
        for topic in queries.topics_about(page.translation_key, public, SHOWN)
    ]
