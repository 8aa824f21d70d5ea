"""How posts are put into a page."""

from django import template
from django.conf import settings
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from common.fragments import fragment
from forum import people
from forum.addresses import in_language
from forum.enums import Kind, Liking
from forum.models import AnswerEdit, OfficialAnswer, Post
from forum.pages import Row, Shown

register = template.Library()
LIKING = [(kind.value, kind.label, {Liking.USEFUL: "thumbs-up", Liking.THANKS: "heart"}[kind]) for kind in Liking]


@register.filter
def said(post: Post | OfficialAnswer | AnswerEdit) -> SafeString:
    """What the post or the answer says. It passed the allow-list when it was written."""
    return mark_safe(in_language(post.html, get_language() or settings.LANGUAGE_CODE))


register.filter(people.name_of)
register.filter(people.picture_of)


@register.simple_tag(takes_context=True)
def post_article(context: Context, shown: Shown) -> SafeString:
    """A post with its buttons. Kept for all to whom it looks the same: pages.Shown says what that is."""
    values = {"shown": shown, "post": shown.post, "liking": LIKING}
    return fragment("forum/post.html", shown.facts, values, lambda: str(context["csrf_token"]))


@register.simple_tag
def topic_card(row: Row) -> SafeString:
    """A topic in a list, kept for all to whom it looks the same."""
    return fragment("components/card_topic.html", row, {"row": row})


@register.filter
def kind_name(kind: str) -> str:
    return str(Kind(kind).label)
