"""{% talk_about page as talk %}: what people say of a page, for templates that know nothing of the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Page

from common.page_cache import depends_on, remember
from forum import boards, queries, rules
from forum.actions import ABOUT_PAGES
from forum.models import Post, Topic
from forum.people import name_of
from forum.said import excerpt

register = template.Library()
TAGS = (ABOUT_PAGES, boards.TAG)
SHOWN = 3
REACHED = 10  # topics among which the latest replies are looked for
EXCERPT = 140


@dataclass(frozen=True)
class TopicLink:
    pk: int
    title: str
    language: str
    replies: int
    last_posted_at: datetime


@dataclass(frozen=True)
class Reply:
    pk: int
    name: str
    text: str  # empty where nothing is said in words
    language: str
    topic: str
    posted_at: datetime


@dataclass(frozen=True)
class Talk:
    topics: Sequence[TopicLink]
    replies: Sequence[Reply]
    start_url: str  # empty while there is no board that everybody reads


@register.simple_tag(takes_context=True)
def talk_about(context: Context, page: Page) -> Talk:
    """Of all translations together; only what everybody reads, because the page is kept for everybody."""
    if request := context.get("request"):
        depends_on(request, *TAGS)
    said = remember(f"about:{page.translation_key}:{get_language()}", TAGS, lambda: _said(page)) if page.pk else None
    if said is None:
        return Talk([], [], "")
    topics, replies = said
    return Talk(topics, replies, f"{reverse('forum:choose')}?about={page.pk}")


def _said(page: Page) -> tuple[list[TopicLink], list[Reply]] | None:
    """None while there is no board that everybody reads."""
    public = rules.readable_boards(AnonymousUser())
    if not public:
        return None
    topics = queries.topics_about(page.translation_key, public, REACHED)
    replies = queries.latest_replies(topics, SHOWN)
    return [_link(topic) for topic in topics[:SHOWN]], [_reply(post) for post in replies]


def _link(topic: Topic) -> TopicLink:
    return TopicLink(topic.pk, topic.title, topic.language, topic.replies, topic.last_posted_at)


def _reply(post: Post) -> Reply:
    topic = post.topic
    text = excerpt(post.html, EXCERPT)
    return Reply(post.pk, name_of(post.author), text, topic.language, topic.title, post.posted_at)
