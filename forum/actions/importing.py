"""Bring an old forum: users, boards, topics and posts, a record each, in the order in which they point at each other.

Every batch is one transaction that also writes down what it has brought (``Imported``), so an import that was stopped
goes on where it was, and the same file twice brings everything once. Nobody is told of what was said long ago.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import slugify

from accounts.models import User
from common import markdown
from common.letters import STEERING
from common.page_cache import drop
from forum import boards
from forum.actions.steps import NEW_TOPICS, tags
from forum.enums import Kind, Pin, Standing, State
from forum.forms.posts import LONGEST_TAG, LONGEST_TITLE, MOST_TAGS
from forum.models import TAKEN_WORDS, Board, BoardText, Imported, Post, Tally, Topic
from search import actions as index

BATCH = 500
LONGEST_TEXT = 200_000  # longer than people may write here: old forums were patient
KINDS = [kind.value for kind in Kind if kind != Kind.PROPOSAL]  # a proposal is more than its posts
NOWHERE = "imported.invalid"  # where no letter can ever go
Record = Mapping[str, Any]
Line = tuple[int, Record]


class UnfitError(Exception):
    """Why a record can't be brought."""


@dataclass
class Outcome:
    """How many of each kind were brought, were here already, or were refused, and why."""

    brought: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_records(records: Iterable[Line], *, source: str) -> Iterator[Outcome]:
    """Yields the counts so far after every batch. ``records``: (line number, record)."""
    outcome, iterator = Outcome(), iter(records)
    while some := list(islice(iterator, BATCH)):
        with transaction.atomic(), boards.as_written():
            Batch(source, outcome).bring(some)
        yield outcome


class Batch:
    """Some records. Those of one kind are brought together, after those that they may point at."""

    def __init__(self, source: str, outcome: Outcome) -> None:
        self.source, self.outcome = source, outcome
        self.known: dict[tuple[str, str], int] = {}

    def bring(self, lines: list[Line]) -> None:
        steps: dict[str, Callable[[list[Line]], None]] = {
            "user": self._each(self._user),
            "board": self._each(self._board),
            "topic": self._each(self._topic),
            "post": self._posts,
        }
        sorted_out: dict[str, list[Line]] = defaultdict(list)
        for number, record in lines:
            if not isinstance(record, Mapping) or record.get("type") not in steps or not _text(record, "id"):
                self.outcome.refused.append((number, "no JSON object with type (user, board, topic or post) and id"))
            else:
                sorted_out[record["type"]].append((number, record))
        self._look_up(record for _, record in lines if isinstance(record, Mapping))
        for kind, step in steps.items():
            step(self._new_ones(kind, sorted_out[kind]))
        drop("forum", NEW_TOPICS)

    def _look_up(self, records: Iterable[Record]) -> None:
        """What these records are or point at, as far as it was brought before."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for record in records:
            wanted[str(record.get("type"))].add(_text(record, "id"))
            for name, kind in (("author", "user"), ("board", "board"), ("above", "board"), ("topic", "topic")):
                wanted[kind].add(_text(record, name))
        for kind, keys in wanted.items():
            rows = Imported.objects.filter(source=self.source, kind=kind, key__in=keys - {""})
            self.known |= {(kind, key): pk for key, pk in rows.values_list("key", "here")}

    def _new_ones(self, kind: str, lines: list[Line]) -> list[Line]:
        fresh: dict[str, Line] = {}
        for number, record in lines:
            key = _text(record, "id")
            if (kind, key) in self.known or key in fresh:
                self.outcome.known[kind] += 1
            else:
                fresh[key] = (number, record)
        return list(fresh.values())

    def _each(self, bring: Callable[[Record], int]) -> Callable[[list[Line]], None]:
        def step(lines: list[Line]) -> None:
            made: list[tuple[Record, int]] = []
            for number, record in lines:
                try:
                    made.append((record, bring(record)))
                except UnfitError as error:
                    self.outcome.refused.append((number, str(error)))
                else:
                    self.known[record["type"], _text(record, "id")] = made[-1][1]
            self._note(made)

        return step

    def _note(self, made: Iterable[tuple[Record, int]]) -> None:
        """What stands here now, of one kind."""
        rows = [Imported(source=self.source, kind=one["type"], key=_text(one, "id"), here=here) for one, here in made]
        Imported.objects.bulk_create(rows)
        self.outcome.brought.update(row.kind for row in rows)

    def _of(self, kind: str, record: Record, name: str) -> int:
        key = _text(record, name)
        if (kind, key) not in self.known:
            raise UnfitError(f"{name}: no {kind} {key!r} was brought before")
        return self.known[kind, key]

    def _author(self, record: Record) -> int | None:
        """None where the old forum doesn't know either."""
        return self._of("user", record, "author") if _text(record, "author") else None

    # --- one kind each ------------------------------------------------------------------------------------------------
    def _user(self, record: Record) -> int:
        """Somebody with the same address keeps the account. Others can sign in once they have set a password."""
        email = _email(record) or f"{sha256(_text(record, 'id').encode()).hexdigest()[:32]}.{self.source}@{NOWHERE}"
        name = _needed(record, "name", longest=User._meta.get_field("display_name").max_length or 150)
        user, _is_new = User.objects.get_or_create(
            email=email, defaults={"display_name": name, "password": make_password(None)}
        )
        return int(user.pk)

    def _board(self, record: Record) -> int:
        """One with the same slug is taken as it is."""
        slug = slugify(_needed(record, "slug", longest=60))
        if known := Board.objects.filter(slug=slug).values_list("pk", flat=True).first():
            return int(known)
        titles = record.get("title") or {}
        titles = titles if isinstance(titles, Mapping) else {settings.LANGUAGE_CODE: titles}
        texts = [
            BoardText(language=code, title=str(titles[code])[:80], sort_order=order)
            for order, (code, _name) in enumerate(settings.LANGUAGES)
            if titles.get(code)
        ]
        if not slug or slug in TAKEN_WORDS or not texts:
            raise UnfitError("a board needs a title and a slug in Latin letters that is no word of the site's own")
        board = Board(slug=slug, language=_choice(record, "language", dict(settings.LANGUAGES), ""))
        board.parent_id = self._of("board", record, "above") if _text(record, "above") else None
        board.texts = texts
        board.save()
        Tally.objects.create(board=board)
        return int(board.pk)

    def _topic(self, record: Record) -> int:
        """Seen by nobody until its first post is here."""
        started = _moment(record, "started_at")
        topic = Topic.objects.create(
            board_id=self._of("board", record, "board"),
            author_id=self._author(record),
            title=_needed(record, "title", longest=LONGEST_TITLE),
            kind=_choice(record, "kind", KINDS, Kind.DISCUSSION),
            language=_choice(record, "language", dict(settings.LANGUAGES), settings.LANGUAGE_CODE),
            state=_choice(record, "state", State.values, State.OPEN),
            pin=_choice(record, "pin", Pin.values, Pin.NONE),
            standing=Standing.REMOVED,
            started_at=started,
            last_posted_at=started,
        )
        if words := [_clean(str(word)).lower()[:LONGEST_TAG] for word in record.get("tags") or []][:MOST_TAGS]:
            topic.tags.set(tags(word for word in words if word))
        return int(topic.pk)

    def _posts(self, lines: list[Line]) -> None:
        keys = {("topic", _text(record, "topic")) for _, record in lines}
        wanted = {self.known[key] for key in keys if key in self.known}
        topics = {topic.pk: topic for topic in Topic.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
        begun = {pk: topic.last_number for pk, topic in topics.items()}
        made: list[tuple[Record, Post]] = []
        for number, record in lines:
            try:
                post = self._post(record, topics)
            except UnfitError as error:
                self.outcome.refused.append((number, str(error)))
            else:
                made.append((record, post))
        Post.objects.bulk_create([post for _, post in made])
        self._note((one, post.pk) for one, post in made)
        _count(topics, begun)
        index.index_all(post for _, post in made)

    def _post(self, record: Record, topics: Mapping[int, Topic]) -> Post:
        topic = topics[self._of("topic", record, "topic")]
        text = _needed(record, "text", longest=LONGEST_TEXT)
        posted = _moment(record, "posted_at")
        post = Post(
            topic=topic,
            author_id=self._author(record),
            number=topic.last_number + 1,
            source=text,
            html=markdown.render(text),
            posted_at=posted,
            edited_at=_moment(record, "edited_at") if record.get("edited_at") else None,
        )
        topic.last_number += 1
        topic.replies += post.number != 1
        if post.number == 1 or posted >= topic.last_posted_at:
            topic.last_posted_at, topic.last_author_id = posted, post.author_id
        if topic.standing == Standing.REMOVED and post.number == 1:
            topic.standing = Standing.SHOWN
        return post


def _count(topics: Mapping[int, Topic], begun: Mapping[int, int]) -> None:
    fields = ["last_number", "replies", "last_posted_at", "last_author", "standing"]
    grown = [topic for pk, topic in topics.items() if topic.last_number > begun[pk]]
    Topic.objects.bulk_update(grown, fields)
    added: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for topic in grown:
        if topic.standing == Standing.SHOWN:
            added[topic.board_id][0] += begun[topic.pk] == 0
            added[topic.board_id][1] += topic.last_number - begun[topic.pk]
    for board, (new_topics, new_posts) in sorted(added.items()):
        Tally.objects.bulk_create([Tally(board_id=board)], ignore_conflicts=True)
        Tally.objects.filter(board_id=board).update(topics=F("topics") + new_topics, posts=F("posts") + new_posts)


# --- what a record says -----------------------------------------------------------------------------------------------
def _text(record: Record, name: str) -> str:
    """Numbers are fine as keys."""
    value = record.get(name)
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _needed(record: Record, name: str, *, longest: int) -> str:
    text = _clean(_text(record, name))
    if not text:
        raise UnfitError(f"{name} is needed")
    if len(text) > longest:
        raise UnfitError(f"{name} has {len(text)} signs, {longest} fit")
    return text


def _clean(text: str) -> str:
    """Without what the database or the lines around it couldn't bear."""
    return STEERING.sub("", text.replace("\x00", "").replace("\r\n", "\n")).strip()


def _email(record: Record) -> str:
    email = _text(record, "email").lower()
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise UnfitError(f"email is {email!r}, which is no address") from None
    return email


def _choice(record: Record, name: str, allowed: Iterable[str], otherwise: str) -> str:
    value = _text(record, name) or otherwise
    if value and value not in allowed:
        raise UnfitError(f"{name} is {value!r}, expected {', '.join(allowed)}")
    return value


def _moment(record: Record, name: str) -> datetime:
    """ISO 8601; without an offset it's the city's time. Nothing was said in the time to come."""
    try:
        found = parse_datetime(_text(record, name))
    except ValueError:
        found = None
    if found is None:
        raise UnfitError(f"{name} is no moment such as 2021-03-06T18:00+08:00")
    aware = found if timezone.is_aware(found) else timezone.make_aware(found)
    return min(aware, timezone.now())
