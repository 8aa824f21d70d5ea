"""Atom of all boards, of one, of a topic: only of what everybody may read, whoever asks."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from common import city
from common.feeds import AtomWithText, without_control_characters
from common.page_cache import depends_on
from forum import actions, boards, queries, rules
from forum.addresses import in_language
from forum.boards import KnownBoard
from forum.models import Post, Topic

NOBODY = AnonymousUser()


class TalkFeed(Feed):
    feed_type = AtomWithText

    def author_name(self, thing: Any) -> str:
        return city.name()

    def item_author_name(self, item: Topic | Post) -> str:
        return item.author.get_full_name() if item.author else ""


class ForumFeed(TalkFeed):
    """Topics of all boards, the one with the newest reply first."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[KnownBoard]:
        depends_on(request, "forum", boards.TAG, "settings")
        return rules.readable_boards(NOBODY)

    def title(self, chosen: list[KnownBoard]) -> str:
        return _("Discussions")

    def link(self, chosen: list[KnownBoard]) -> str:
        return reverse("forum:index")

    def items(self, chosen: list[KnownBoard]) -> list[Topic]:
        return queries.newest_topics(chosen) if chosen else []

    def item_title(self, item: Topic) -> str:
        return item.title

    def item_description(self, item: Topic) -> str:
        return ""

    def item_link(self, item: Topic) -> str:
        return item.own_url()

    def item_pubdate(self, item: Topic) -> datetime:
        return item.started_at

    def item_updateddate(self, item: Topic) -> datetime:
        return item.last_posted_at

    def item_extra_kwargs(self, item: Topic) -> dict[str, Any]:
        return {"content": "", "language": item.language}


class BoardFeed(ForumFeed):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[KnownBoard]:
        chosen = [board for board in super().get_object(request) if board.slug == kwargs["slug"]]
        if not chosen:
            raise Http404
        return chosen

    def title(self, chosen: list[KnownBoard]) -> str:
        return without_control_characters(chosen[0].title)

    def subtitle(self, chosen: list[KnownBoard]) -> str:
        return without_control_characters(chosen[0].description)

    def link(self, chosen: list[KnownBoard]) -> str:
        return chosen[0].url


class TopicFeed(TalkFeed):
    """What was said, the newest first."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Topic:
        pk = kwargs["pk"]
        depends_on(request, actions.topic_tag(pk), boards.TAG, "settings")
        topic = queries.find_topic(pk, named=True)
        if topic and topic.merged_into_id:  # whoever has subscribed to the one goes on with the other
            depends_on(request, actions.topic_tag(topic.merged_into_id))
            topic = queries.find_topic(topic.merged_into_id, named=True)
        if topic is None or not topic.is_shown or not rules.can_see_topic(NOBODY, topic):
            raise Http404
        return topic

    def title(self, topic: Topic) -> str:
        return without_control_characters(topic.title)

    def link(self, topic: Topic) -> str:
        return topic.own_url()

    def items(self, topic: Topic) -> list[Post]:
        return queries.newest_posts(topic)

    def item_title(self, item: Post) -> str:
        return f"{item.topic.title}, № {item.number}"

    def item_description(self, item: Post) -> str:
        return ""

    def item_link(self, item: Post) -> str:
        return item.own_url()

    def item_pubdate(self, item: Post) -> datetime:
        return item.posted_at

    def item_updateddate(self, item: Post) -> datetime:
        return item.edited_at or item.posted_at

    def item_extra_kwargs(self, item: Post) -> dict[str, Any]:
        return {"content": in_language(item.html, item.topic.language, absolute=True), "language": item.topic.language}
