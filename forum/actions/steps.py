"""What several actions do, each within the transaction of its caller, with the topic locked."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.db.models import F
from django.utils.translation import override
from wagtail.models import Page

from accounts.models import User
from common import markdown
from common.page_cache import drop
from forum import queries, rules, tasks
from forum.actions import watching
from forum.actions.indexing import index_title, reindex_topics, unindex
from forum.enums import Kind, Standing
from forum.errors import AddressNotConfirmedError, ElsewhereError, NotAllowedError, SilentError
from forum.models import Edit, Picture, Post, Tag, Tally, Topic
from search import actions as index

ABOUT_PAGES = "about"  # tag of pages that show what is said of them
FEW_LETTERS = 24  # shorter texts are alike by chance: "Спасибо!"
NEW_TOPICS = "topics"  # tag of what lists all topics: a reply doesn't change it


@dataclass(frozen=True)
class Idea:
    """What the form of a proposal asks for, beside the title. ``district`` is a slug."""

    proposal: str
    problem: str = ""
    benefits: str = ""
    district: str = ""


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say. ``ticket`` names the form: sent twice, it says it once.

    ``seen``: the mark of what was kept before and is said with it now (forum.models.Unsent).

    ``idea``: the fields of a proposal, whose ``source`` is composed from them (actions.proposals.compose).
    ``through_form``: by anybody who has an account, so it is looked at as forum.actions.screening says.
    """

    source: str
    title: str = ""
    kind: str = Kind.DISCUSSION
    language: str = ""
    tags: tuple[str, ...] = ()
    page: Page | None = None
    idea: Idea | None = None
    ticket: UUID | None = None
    seen: UUID | None = None
    through_form: bool = False


def likeness(source: str) -> int | None:
    """A number that is the same for texts that differ in signs, capitals and accents only; none for short ones."""
    plain = unicodedata.normalize("NFKD", markdown.PICTURE.sub("", source).casefold())
    letters = "".join(sign for sign in plain if sign.isalnum())
    if len(letters) < FEW_LETTERS:
        return None
    return int.from_bytes(blake2b(letters.encode(), digest_size=8).digest(), signed=True)


def topic_tag(pk: int) -> str:
    return f"talk:{pk}"


def is_first(post: Post) -> bool:
    """Also while it waits: it has no number then, and the topic has none either."""
    return post.number == 1 or (post.number is None and post.topic.last_number == 0)


def check(allowed: bool) -> None:
    if not allowed:
        raise NotAllowedError


def check_address(person: User) -> None:
    if not rules.has_confirmed_address(person):
        raise AddressNotConfirmedError


def check_not_silent(person: User) -> None:
    if rules.is_silent(person):
        raise SilentError(rules.silence_ends(person))


def locked(topic: Topic) -> Topic:
    return Topic.objects.select_for_update().get(pk=topic.pk)


def locked_with(post: Post) -> tuple[Topic, Post]:
    topic = Topic.objects.select_for_update().get(pk=post.topic_id)
    fresh = Post.objects.get(pk=post.pk)
    if fresh.topic_id != topic.pk:  # merged or split just now: what was locked is not its topic
        raise ElsewhereError
    fresh.topic = topic
    return topic, fresh


def moderated(topic: Topic, by: User) -> Topic:
    topic = locked(topic)
    check(rules.can_moderate(by, rules.board_of(topic)))
    return topic


def sent_before(draft: Draft, by: User) -> Post | None:
    if draft.ticket is None:
        return None
    return Post.objects.filter(ticket=draft.ticket, author=by).first()


def write(topic: Topic, draft: Draft, *, by: User, standing: Standing) -> Post:
    pictures = pictures_to_show(draft.source, by=by)
    post = Post.objects.create(
        topic=topic,
        number=topic.last_number + 1 if standing == Standing.SHOWN else None,
        author=by,
        source=draft.source,
        html=html(topic, draft.source, pictures),
        standing=standing,
        ticket=draft.ticket,
        likeness=likeness(draft.source),
    )
    hang(pictures, post)
    if post.is_waiting and not watching.is_quiet():
        tasks.tell_of_waiting.enqueue(post.pk)
    return post


def html(topic: Topic, source: str, pictures: Sequence[Picture] = ()) -> str:
    """What readers see is said in the topic's language, also where somebody left the words out."""
    people = queries.names_in(topic) if "@" in source else set()
    with override(topic.language):
        return markdown.render(source, people, sizes(pictures))


def sizes(pictures: Sequence[Picture]) -> dict[str, tuple[int, int]]:
    return {str(picture.key): (picture.width, picture.height) for picture in pictures}


def pictures_to_show(source: str, *, by: User, post: Post | None = None) -> list[Picture]:
    """Their rows are locked: the same picture cannot be hung up twice at once, nor be cleared away meanwhile."""
    named = queries.pictures_named_in(source).select_for_update().order_by("pk")
    return [picture for picture in named if rules.can_show_picture(by, picture, post)]


def hang(pictures: Sequence[Picture], post: Post) -> None:
    """It stays with this post, also when the post is moved, changed or removed."""
    if pictures:
        Picture.objects.filter(pk__in=[picture.pk for picture in pictures]).update(post=post)


def count(topic: Topic, post: Post) -> None:
    """The topic is locked, so its last number is the one that was given out last."""
    topic.last_number = post.number or 0
    topic.replies += post.number != 1
    if post.number == 1 or post.posted_at >= topic.last_posted_at:
        topic.last_posted_at, topic.last_author_id = post.posted_at, post.author_id
    topic.save(update_fields=["standing", "last_number", "replies", "last_posted_at", "last_author"])
    tally(topic.board_id, topics=int(post.number == 1), posts=1)
    if post.number == 1:
        drop(NEW_TOPICS)
    index.add(post)
    if not watching.is_quiet():
        tasks.tell_of_post.enqueue(post.pk)
    changed(topic)


def take_out(topic: Topic, post: Post) -> None:
    topic.replies -= 1
    if topic.accepted_id == post.pk:
        topic.accepted = None
    if post.posted_at >= topic.last_posted_at:
        find_last(topic)
    topic.save(update_fields=["replies", "accepted", "last_posted_at", "last_author"])
    tally(topic.board_id, topics=0, posts=-1)


def find_last(topic: Topic) -> None:
    """By time: of a topic that another one was merged into the highest number needn't be the newest post."""
    shown = topic.posts.filter(standing=Standing.SHOWN).order_by("-posted_at", "-number")
    if last := shown.values_list("posted_at", "author").first():
        topic.last_posted_at, topic.last_author_id = last


def take_down(topic: Topic) -> None:
    if topic.is_shown:
        tally(topic.board_id, topics=-1, posts=-(topic.replies + 1))
    topic.standing = Standing.REMOVED
    topic.save(update_fields=["standing"])
    drop(NEW_TOPICS)
    unindex(topic)


def put_back(topic: Topic, post: Post) -> None:
    """The reverse of take_out: the post stands again where its number is, and is saved already."""
    topic.replies += 1
    if post.posted_at >= topic.last_posted_at:
        find_last(topic)
    topic.save(update_fields=["replies", "last_posted_at", "last_author"])
    if topic.is_shown:
        tally(topic.board_id, topics=0, posts=1)
    index.index(post)


def put_up(topic: Topic) -> None:
    """The reverse of take_down."""
    topic.standing = Standing.SHOWN
    topic.save(update_fields=["standing"])
    tally(topic.board_id, topics=1, posts=topic.replies + 1)
    drop(NEW_TOPICS)
    reindex_topics([topic])


def tally(board_id: int, *, topics: int, posts: int) -> None:
    """A board's row is made when something stands there for the first time."""
    more = {"topics": F("topics") + topics, "posts": F("posts") + posts}
    if not Tally.objects.filter(board_id=board_id).update(**more):
        Tally.objects.bulk_create([Tally(board_id=board_id)], ignore_conflicts=True)
        Tally.objects.filter(board_id=board_id).update(**more)


def keep_history(post: Post, topic: Topic | None, *, by: User) -> None:
    Edit.objects.create(post=post, by=by, source=post.source, html=post.html, title=topic.title if topic else "")


def retitle(topic: Topic, title: str) -> None:
    if title != topic.title:
        topic.title = title
        topic.save(update_fields=["title"])
        index_title(topic)


def tags(names: Iterable[str]) -> list[Tag]:
    wanted = list(dict.fromkeys(name.lower() for name in names))
    Tag.objects.bulk_create([Tag(name=name) for name in wanted], ignore_conflicts=True)
    return list(Tag.objects.filter(name__in=wanted))


def changed(topic: Topic) -> None:
    drop("forum", topic_tag(topic.pk), *([ABOUT_PAGES] if topic.page_id else []))
