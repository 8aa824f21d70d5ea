"""What somebody has begun to write. Whoever asks names the person: nobody reads what others have begun."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from forum.models import Post, Topic, Unsent


def unsent_at(person: User, place: str) -> Unsent | None:
    return _not_sent(person).filter(place=place).first()


def own_unsent(person: User) -> QuerySet[Unsent]:
    return _not_sent(person).order_by("-saved_at", "-pk")


def topics_named(pks: Iterable[int]) -> dict[int, Topic]:
    """Of merged ones those that have their posts now."""
    found = Topic.objects.filter(pk__in=pks).select_related("merged_into")
    return {topic.pk: topic.merged_into or topic for topic in found}


def posts_named(pks: Iterable[int]) -> dict[int, Post]:
    return {post.pk: post for post in Post.objects.filter(pk__in=pks).select_related("topic")}


def _not_sent(person: User) -> QuerySet[Unsent]:
    """What a late message from the browser brings after the same form was posted is nothing unsent any more."""
    posted = Post.objects.filter(author=person, ticket=OuterRef("ticket"))
    return Unsent.objects.filter(person=person).exclude(Exists(posted))
