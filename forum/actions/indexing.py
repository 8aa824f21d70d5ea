"""What the index has to be told of whole topics, and no more: some of them hold tens of thousands of posts.

In the transaction of the caller, with the topic locked.
"""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from forum import rules, scopes
from forum.boards import KnownBoard
from forum.models import Post, Topic
from search import actions as index

BATCH = 200


def reindex_topics(topics: Iterable[Topic]) -> None:
    """After who may read them or their language changed."""
    for topic in topics:
        index.index_all(topic.posts.select_related("topic").order_by("pk").iterator(chunk_size=BATCH))


def index_title(topic: Topic) -> None:
    """Replies are found under it. The first post says more of its topic and is indexed for itself."""
    _rehead(topic, topic.posts.filter(number__gt=1))


def index_first_post(topic: Topic) -> None:
    """Of a proposal: after what hangs on its status."""
    index.index_all(topic.posts.filter(number=1).select_related("topic"))


def index_move(topic: Topic, before: KnownBoard, after: KnownBoard) -> None:
    if rules.is_public(before) == rules.is_public(after):
        _rehead(topic, topic.posts.all())
    else:
        reindex_topics([topic])


def index_merge(source: Topic, target: Topic, first: int) -> None:
    """The posts from number ``first`` on have come from the other topic."""
    came = target.posts.filter(number__gte=first)
    before, after = (rules.is_public(rules.board_of(topic)) for topic in (source, target))
    if before == after and source.language == target.language:
        _rehead(target, came)
        came = came.filter(number=first)  # it was the first of its topic, and said more of it
    index.index_all(came.select_related("topic").order_by("pk").iterator(chunk_size=BATCH))


def unindex(topic: Topic) -> None:
    index.remove_all(_keys(topic.posts.all()))


def _rehead(topic: Topic, posts: QuerySet[Post]) -> None:
    index.rehead(_keys(posts), title=topic.title, within=" ".join(scopes.around(topic)))


def _keys(posts: QuerySet[Post]) -> Iterator[Post]:
    """No more of them than names them; a topic's manager asks for the topic, too."""
    return posts.only("topic").order_by("pk").iterator(chunk_size=BATCH)
