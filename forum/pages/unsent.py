"""What somebody has begun to write, as their own page shows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.markdown import plain_text, render
from forum import boards, rules
from forum.enums import Writing
from forum.models import Topic, Unsent
from forum.places import Place, place_of
from forum.queries import unsent as queries
from forum.said import excerpt_of

BODY = ("text", "problem", "proposal", "benefits")
ALL = ("title", *BODY, "tags")
EXCERPT = 280


@dataclass(frozen=True)
class Begun:
    """``url``: of the form that goes on with it; empty where there is none any more."""

    place: str
    title: str
    language: str
    hint: str
    words: str
    saved_at: datetime
    url: str


def begun(person: User, kept: Sequence[Unsent]) -> list[Begun]:
    """Titles are shown while they may be read; one's own words always."""
    places = {one.pk: place for one in kept if (place := place_of(one.place))}
    topics = _readable_topics(person, places.values())
    return [_begun(person, one, places[one.pk], topics) for one in kept if one.pk in places]


def plain_words(unsent: Unsent) -> str:
    """All of them, one field below the other."""
    return "\n\n".join(said for name in ALL if (said := unsent.words.get(name, "").strip()))


def moment_of(unsent: Unsent) -> str:
    return formats.date_format(timezone.localtime(unsent.saved_at), "j E Y, H:i")


def _begun(person: User, unsent: Unsent, place: Place, topics: dict[Place, Topic]) -> Begun:
    title, language = _name(person, unsent, place, topics)
    words = plain_text(render("\n\n".join(unsent.words.get(name, "") for name in BODY)))
    return Begun(
        place=unsent.place,
        title=title,
        language=language,
        hint=str(place.writing.label),
        words=excerpt_of(words, EXCERPT),
        saved_at=unsent.saved_at,
        url=place.url,
    )


def _name(person: User, unsent: Unsent, place: Place, topics: dict[Place, Topic]) -> tuple[str, str]:
    """And its language, where it is not the reader's own words."""
    if place.writing in {Writing.REPLY, Writing.EDIT}:
        topic = topics.get(place)
        return (topic.title, topic.language) if topic else (_("A topic that you can’t read any more"), "")
    if title := unsent.words.get("title", "").strip():
        return title, ""
    board = boards.all_boards().get(place.pk)
    if board is None or not rules.can_read(person, board):
        return _("A board that you can’t read any more"), ""
    return board.title, board.text_language


def _readable_topics(person: User, places: Collection[Place]) -> dict[Place, Topic]:
    """Of replies and of posts that are changed."""
    answered = queries.topics_named(place.pk for place in places if place.writing == Writing.REPLY)
    changed = queries.posts_named(place.pk for place in places if place.writing == Writing.EDIT)
    found = {Place(Writing.REPLY, pk): topic for pk, topic in answered.items()}
    found |= {Place(Writing.EDIT, pk): post.topic for pk, post in changed.items()}
    return {place: topic for place, topic in found.items() if rules.can_see_topic(person, topic)}
