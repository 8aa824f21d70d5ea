"""Follow and mute; tell those whom a post concerns."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from accounts.queries import closed_accounts
from forum import rules
from forum.enums import Kind, Mode
from forum.models import Post, Topic, Watch
from forum.queries import watching as queries
from notices import actions as notices
from notices.actions import Happening
from notices.queries import preferences_of

_quiet: ContextVar[bool] = ContextVar("forum_quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Nobody is told of what is written in here: it was said long ago, or is made up."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def is_quiet() -> bool:
    return _quiet.get()


# --- follow and mute --------------------------------------------------------------------------------------------------
@transaction.atomic
def set_watch(person: User, target: str, pk: int, mode: str) -> None:
    """``target`` is a field of Watch. An empty mode: neither followed nor muted."""
    which: dict[str, Any] = {"person": person, f"{target}_id": pk}
    if mode:
        Watch.objects.update_or_create(**which, defaults={"mode": mode, "by_itself": False})
    else:
        Watch.objects.filter(**which).delete()
    if mode == Mode.MUTE and target == "topic":
        notices.mark_read(person, thread_of(pk))


def follow_own(person: User, topic: Topic, *, started: bool) -> None:
    """Whoever writes in a topic wants to know what comes of it, unless they said otherwise."""
    if not started and Watch.objects.filter(person=person, topic=topic).exists():
        return
    wishes = preferences_of(person)
    if wishes.follow_started if started else wishes.follow_answered:
        own = Watch(person=person, topic=topic, mode=Mode.WATCH, by_itself=True)
        Watch.objects.bulk_create([own], ignore_conflicts=True)


def carry_watches(source: Topic, target: Topic) -> None:
    """Whoever followed or muted a topic does so with the one it was merged into, where they said nothing else."""
    rows = Watch.objects.filter(topic=source).values_list("person", "mode", "by_itself").iterator(chunk_size=500)
    carried = (Watch(person_id=pk, topic=target, mode=mode, by_itself=own) for pk, mode, own in rows)
    Watch.objects.bulk_create(carried, batch_size=500, ignore_conflicts=True)
    Watch.objects.filter(topic=source).delete()


def forget_watches() -> None:
    """Of those who have left for good, and of what they wrote nobody will hear."""
    gone = closed_accounts().values("pk")
    Watch.objects.filter(Q(person__in=gone) | Q(writer__in=gone)).delete()


# --- tell -------------------------------------------------------------------------------------------------------------
def tell_of_post(pk: int, *, personally: bool = False) -> None:
    """Each person once, for the strongest reason: what is told first takes the key. May run twice.

    ``personally``: only those whom it names or quotes, as after a change; also those who have read it before.
    """
    post = Post.objects.select_related("topic", "author").filter(pk=pk).first()
    if post is None or not post.is_shown or not post.topic.is_shown:
        return
    notices.withdraw(queries.moderators_of(rules.board_of(post.topic)), f"waiting:{pk}")
    for kind, people in (("forum.mention", queries.called(post)), ("forum.quote", queries.quoted(post))):
        notices.tell(queries.reachable(people, post, seen_too=personally), _happening(kind, post))
    if personally:
        return
    if post.number != 1:
        replies = queries.followers(post, replies=True)
        own = replies.filter(forum_topics=post.topic_id)
        notices.tell(queries.reachable(own, post), _happening("forum.answer", post))
        notices.tell(queries.reachable(replies, post), _happening("forum.reply", post))
    new = queries.followers(post, replies=False)
    notices.tell(queries.reachable(new, post), _happening(_kind_of_news(post), post))


def _kind_of_news(post: Post) -> str:
    if post.number != 1:
        return "forum.wrote"
    return "forum.proposal" if post.topic.kind == Kind.PROPOSAL else "forum.topic"


def tell_of_waiting(pk: int) -> None:
    """Those who look after the board. One letter, until they have looked at what waits there."""
    post = Post.objects.select_related("topic").filter(pk=pk).first()
    if post is None or not post.is_waiting:
        return
    board = rules.board_of(post.topic)
    happening = Happening(
        kind="forum.waiting",
        key=f"waiting:{pk}",
        thread=waiting_thread_of(board.pk),
        path=post.bare_url,
        params={"post": pk},
        actor=post.author_id,
    )
    notices.tell(queries.moderators_of(board), happening)


def tell_of_help(post: Post, *, by: User) -> None:
    """Whoever asked says that this answer helped."""
    if post.author_id and not is_quiet():
        happening = Happening(
            "forum.helped", f"helped:{post.pk}", thread_of(post.topic_id), post.bare_url, {"post": post.pk}, by.pk
        )
        notices.tell([post.author_id], happening)


def stop_waiting(post: Post) -> None:
    """Somebody has decided."""
    notices.withdraw(queries.moderators_of(rules.board_of(post.topic)), f"waiting:{post.pk}")


def stop_asking(topic: Topic) -> None:
    """A proposal needs no check any more."""
    notices.withdraw(queries.moderators_of(rules.board_of(topic)), check_key(topic.pk))


def step_key(pk: int) -> str:
    return f"step:{pk}"


def check_key(topic: int) -> str:
    return f"check:{topic}"


def due_thread_of(topic: int) -> str:
    return f"due:{topic}"


def thread_of(topic: int) -> str:
    return f"topic:{topic}"


def waiting_thread_of(board: int) -> str:
    return f"waiting:{board}"


def _happening(kind: str, post: Post) -> Happening:
    return Happening(
        kind=kind,
        key=f"post:{post.pk}",
        thread=thread_of(post.topic_id),
        path=post.bare_url,
        params={"post": post.pk},
        actor=post.author_id,
    )
