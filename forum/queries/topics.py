"""Reads of the board: lists of topics by key, posts by their numbers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from common.keyset import KeyPage, page_by_key
from forum.boards import KnownBoard
from forum.enums import Liking, Pin, Standing, State
from forum.models import POSTS_ON_A_PAGE, Edit, Post, Reaction, ReadMark, Tally, Topic

TOPICS_ON_A_PAGE = 20
MOST_PINNED = 5
MENTIONABLE = 200  # among so many posts before, names can be mentioned
IN_A_FEED = 30
LAST_NUMBERS = 20  # of a topic, among which its latest replies are: some may be gone


@dataclass(frozen=True)
class TopicFilter:
    show: str = ""  # unanswered, mine, archive
    tag: str = ""


@dataclass(frozen=True)
class Likes:
    """Of one kind, for one post."""

    kind: str
    count: int
    mine: bool


# --- lists of topics --------------------------------------------------------------------------------------------------
def topics_on(boards: Iterable[KnownBoard]) -> QuerySet[Topic]:
    """What everybody who reads these boards sees there, the archive apart."""
    pks = [board.pk for board in boards]
    where = Q(board=pks[0]) if len(pks) == 1 else Q(board__in=pks)
    return Topic.objects.filter(where, standing=Standing.SHOWN)


def chosen_topics(boards: Iterable[KnownBoard], chosen: TopicFilter, person: User | None = None) -> QuerySet[Topic]:
    topics = topics_on(boards)
    topics = topics.filter(state=State.ARCHIVED) if chosen.show == "archive" else topics.exclude(state=State.ARCHIVED)
    if chosen.show == "unanswered":
        topics = topics.filter(replies=0, state=State.OPEN)
    if chosen.show == "mine":
        topics = topics.filter(author=person) if person else topics.none()
    return topics.filter(tags__name=chosen.tag) if chosen.tag else topics


def topic_page(topics: QuerySet[Topic], *, before: str = "", after: str = "") -> KeyPage[Topic]:
    return page_by_key(_for_list(topics), "last_posted_at", size=TOPICS_ON_A_PAGE, before=before, after=after)


def pinned_topics(boards: Sequence[KnownBoard], *, everywhere: bool) -> list[Topic]:
    """On a board its own and those pinned everywhere from there; over all boards only the latter."""
    pins = [Pin.EVERYWHERE] if everywhere else [Pin.BOARD, Pin.EVERYWHERE]
    return list(_for_list(topics_on(boards).filter(pin__in=pins).exclude(state=State.ARCHIVED))[:MOST_PINNED])


def newest_topics(boards: Iterable[KnownBoard], most: int = IN_A_FEED) -> list[Topic]:
    topics = topics_on(boards).exclude(state=State.ARCHIVED).order_by("-last_posted_at", "-pk")
    return list(topics.select_related("author")[:most])


def topics_about(translation_key: UUID, boards: Iterable[KnownBoard], most: int) -> list[Topic]:
    """Of a page in any language, the liveliest first."""
    topics = topics_on(boards).filter(page__translation_key=translation_key)
    return list(topics.order_by("-last_posted_at", "-pk")[:most])


def latest_replies(topics: Iterable[Topic], most: int) -> list[Post]:
    """Of all these topics together, the newest first. Of each, however long, only its last numbers are looked at."""
    known = {topic.pk: topic for topic in topics if topic.replies}
    if not known:
        return []
    last = Q()
    for topic in known.values():
        last |= Q(topic=topic, number__gt=max(1, topic.last_number - LAST_NUMBERS))
    shown = Post.objects.filter(last, standing=Standing.SHOWN).select_related("author").defer("source")
    return [_with_topic(known[post.topic_id], [post])[0] for post in shown.order_by("-posted_at", "-pk")[:most]]


def topic_counts() -> dict[int, int]:
    """Of every board."""
    return dict(Tally.objects.values_list("board_id", "topics"))


def read_numbers(person: User, topics: Iterable[Topic]) -> dict[int, int]:
    """topic → how far the person has read it."""
    marks = ReadMark.objects.filter(person=person, topic__in=[topic.pk for topic in topics])
    return dict(marks.values_list("topic_id", "number"))


# --- one topic --------------------------------------------------------------------------------------------------------
def find_topic(pk: int, *, named: bool = False) -> Topic | None:
    """``named``: with who has started it, and the answer that helped."""
    found = Topic.objects.filter(pk=pk)
    return (found.select_related("author", "accepted") if named else found).first()


def find_post(pk: int) -> Post | None:
    return Post.objects.filter(pk=pk).select_related("topic", "author").first()


def posts_of(topic: Topic, page: int) -> list[Post]:
    """A page is a range of numbers, however long the topic is."""
    first = (page - 1) * POSTS_ON_A_PAGE + 1
    numbers = (first, first + POSTS_ON_A_PAGE - 1)
    return _with_topic(topic, topic.posts.filter(number__range=numbers).select_related("author").order_by("number"))


def waiting_posts(topic: Topic, person: User, *, moderates: bool) -> list[Post]:
    waiting = topic.posts.filter(standing=Standing.WAITING)
    own = waiting if moderates else waiting.filter(author=person)
    return _with_topic(topic, own.select_related("author").order_by("id")[:POSTS_ON_A_PAGE])


def first_post(topic: Topic) -> Post:
    return topic.posts.order_by("number", "id").filter(Q(number=1) | Q(number=None))[0]


def likes_of(posts: Iterable[Post], person: User | None) -> dict[int, list[Likes]]:
    """Every kind for every post, in the order of the kinds."""
    shown = [post.pk for post in posts]
    mine = Count("pk", filter=Q(person=person)) if person else Count("pk", filter=Q(pk=None))
    rows = Reaction.objects.filter(post__in=shown).values_list("post_id", "kind").annotate(n=Count("pk"), mine=mine)
    found: dict[int, dict[str, Likes]] = defaultdict(dict)
    for post, kind, count, own in rows.order_by():
        found[post][kind] = Likes(kind, count, bool(own))
    return {pk: [found[pk].get(kind, Likes(kind, 0, mine=False)) for kind in Liking.values] for pk in shown}


def newest_posts(topic: Topic, most: int = IN_A_FEED) -> list[Post]:
    shown = topic.posts.filter(standing=Standing.SHOWN)
    return _with_topic(topic, shown.select_related("author").order_by("-number")[:most])


def history_of(post: Post) -> list[Edit]:
    return list(post.edits.select_related("by")[:100])


def names_in(topic: Topic) -> set[str]:
    """Of those who wrote here lately: they can be mentioned, and nobody learns who else has an account."""
    recent = Post.objects.filter(topic=topic, number__gt=topic.last_number - MENTIONABLE, standing=Standing.SHOWN)
    return set(recent.exclude(author__display_name="").values_list("author__display_name", flat=True).distinct())


def _for_list(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    return topics.select_related("author", "last_author", "proposal")


def _with_topic(topic: Topic, posts: Iterable[Post]) -> list[Post]:
    """So that rules and templates need not ask for it again."""
    found = list(posts)
    for post in found:
        post.topic = topic
    return found
