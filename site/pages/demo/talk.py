"""The board: brought like an old forum, with its dates."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Locale, Page

from accounts.models import User
from common import markdown
from forum import actions, boards
from forum.actions import watching
from forum.actions.importing import Record, import_records
from forum.enums import Liking
from forum.models import Board, BoardText, Edit, Imported, Post, Proposal, ProposalStep, Reaction, Tally, Topic
from pages.demo import dates, desk, proposals
from pages.demo.reading import LANGUAGES, content
from search import actions as index

People = dict[str, User]
Entry = dict[str, Any]
SOURCE = "demo"
MOST_LIKES = 15
APART = timedelta(minutes=11)
FILES = ("forum", "forum/ideas", "forum/crafts-languages-study", "forum/family-seniors-ideas-network", "forum/autumn")
RULES = ("hue", "kinds", "language", "who_reads", "who_starts", "who_replies")


def load() -> None:
    """Adds boards that are missing; topics only where nobody has written yet."""
    for order, entry in enumerate(content("forum")["board"]):
        _load_board(entry, order)
    if Topic.objects.exists():
        return
    now, people = timezone.localtime(), _people()
    with boards.as_written(), watching.quietly():
        _load_topics([entry for name in FILES for entry in content(name).get("topic", [])], now, people)
        proposals.load(now, people, load_replies)
        desk.load(people)


def _load_board(entry: dict[str, Any], order: int) -> None:
    if Board.objects.filter(slug=entry["slug"]).exists():
        return
    board = Board(slug=entry["slug"], sort_order=order, **{name: entry[name] for name in RULES if name in entry})
    board.parent = Board.objects.filter(slug=entry.get("above", "")).first()
    board.texts = [
        BoardText(language=language, title=entry[language][0], description=entry[language][1], sort_order=number)
        for number, language in enumerate(LANGUAGES)
    ]
    board.groups = list(Group.objects.filter(name__in=entry.get("groups", [])))
    board.save()
    Tally.objects.create(board=board)


def _people() -> People:
    """Those with an account for each role, and some who only talk: nobody signs in as them."""
    entries = {f"{entry['key']}@demo.example": entry for name in FILES for entry in content(name)["person"]}
    known = set(User.objects.filter(email__in=entries).values_list("email", flat=True))
    nobody = make_password(None)
    made = User.objects.bulk_create(
        [
            User(email=email, display_name=entry["name"], password=nobody)
            for email, entry in entries.items()
            if email not in known
        ]
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made]
    )
    people = {user.email.split("@")[0]: user for user in User.objects.filter(email__endswith="@demo.example")}
    _note("user", {key: user.pk for key, user in people.items()})
    return people


def _load_topics(entries: Sequence[Entry], now: datetime, people: People) -> None:
    """All at once, as an old forum is brought; what points at other posts comes when they are there."""
    records: list[Record] = []
    for number, entry in enumerate(entries):
        moments = _moments(entry, dates.moment_of(entry, now), now)
        said: Entry = {
            name: entry[name] for name in ("title", "kind", "language", "state", "pin", "tags") if name in entry
        }
        first = {"board": entry["board"], "author": entry["by"], "started_at": moments[0].isoformat()}
        records.append({"type": "topic", "id": number, **first, **said})
        records += _posts_of(number, [entry, *entry.get("reply", [])], moments)
    _note("board", dict(Board.objects.values_list("slug", "pk")))
    _bring(records)
    here = dict(Imported.objects.filter(source=SOURCE, kind="topic").values_list("key", "here"))
    _join([(here[str(number)], entry) for number, entry in enumerate(entries)], people)


def load_replies(topic: Topic, entry: Entry, moment: datetime, now: datetime, people: People) -> None:
    """Of a topic that is there already, with its first post."""
    key, moments = f"proposal-{topic.pk}", _moments(entry, moment, now)
    moment = moments[0]
    _note("topic", {key: topic.pk})
    topic.posts.filter(number=1).update(posted_at=moment)
    Topic.objects.filter(pk=topic.pk).update(started_at=moment, last_posted_at=moment)
    _bring(_posts_of(key, entry.get("reply", []), moments[1:]))
    _join([(topic.pk, entry)], people)
    Proposal.objects.filter(pk=topic.pk).update(submitted_at=moment)
    ProposalStep.objects.filter(proposal=topic.pk).update(at=moment)
    actions.reindex_topics([topic])


def _posts_of(topic: int | str, said: Sequence[Entry], moments: Sequence[datetime]) -> list[Record]:
    return [
        {
            "type": "post",
            "id": f"{topic}/{number}",
            "topic": topic,
            "author": one["by"],
            "text": one["text"],
            "posted_at": moment.isoformat(),
        }
        for number, (one, moment) in enumerate(zip(said, moments, strict=True))
    ]


def _moments(entry: Entry, begin: datetime, now: datetime) -> list[datetime]:
    """Of the first post and of each reply. What has begun just now began earlier, so that all of it has happened."""
    replies, latest = entry.get("reply", []), now - timedelta(minutes=5)
    moments = [min(begin, latest - APART * len(replies))]
    for left, reply in zip(reversed(range(len(replies))), replies, strict=True):
        moments.append(_awake(begin + timedelta(hours=reply["after"]), moments[-1], latest - APART * left))
    return moments


def _note(kind: str, here: Mapping[str, int]) -> None:
    """What the records point at and the city has already."""
    Imported.objects.bulk_create([Imported(source=SOURCE, kind=kind, key=key, here=pk) for key, pk in here.items()])


def _bring(records: Sequence[Record]) -> None:
    refused = [why for outcome in import_records(enumerate(records), source=SOURCE) for _, why in outcome.refused]
    assert not refused, refused  # noqa: S101  the contents are our own


def _join(talks: Sequence[tuple[int, Entry]], people: People) -> None:
    """Quotations, thanks, answers that helped, what was said before; and the pages that are talked about."""
    written = Post.objects.filter(topic__in=[pk for pk, _ in talks]).select_related("topic", "author")
    posts = {(post.topic_id, post.number): post for post in written}
    quoting, liked, changed = [], [], []
    for pk, entry in talks:
        if "about" in entry:
            Topic.objects.filter(pk=pk).update(page=Page.objects.get(slug=entry["about"], locale=Locale.get_default()))
        for number, reply in enumerate(entry.get("reply", []), start=2):
            post = posts[pk, number]
            if "quote" in reply:
                post.source = _quotation(posts[pk, reply["quote"]]) + post.source
                post.html = markdown.render(post.source)
                quoting.append(post)
            liked += _likes(post, reply.get("likes", 0), people)
            if "was" in reply:
                changed.append(_changed(post, reply["was"]))
        if entry.get("kind") == "question" and "answer" in entry:
            Topic.objects.filter(pk=pk).update(accepted=posts[pk, entry["answer"]])
    Post.objects.bulk_update(quoting, ["source", "html"], batch_size=200)
    Post.objects.bulk_update([edit.post for edit in changed], ["edited_at"])
    Edit.objects.bulk_create(changed)
    Reaction.objects.bulk_create(liked, batch_size=500)
    index.index_all(quoting)


def _changed(post: Post, before: str) -> Edit:
    post.edited_at = post.posted_at + timedelta(minutes=9)
    return Edit(post=post, by=post.author, at=post.edited_at, source=before, html=markdown.render(before))


def _awake(moment: datetime, before: datetime, latest: datetime) -> datetime:
    """Nobody writes at night; after the one before, and never in the time to come."""
    if moment.hour < 8:
        moment = moment.replace(hour=8 + moment.hour % 3, minute=(moment.minute * 7 + 13) % 60)
    return min(max(moment, before + APART), latest)


def _quotation(said: Post) -> str:
    """The first line of what was said, as the form for a reply begins."""
    name = said.author.get_full_name() if said.author else ""
    lines = said.source.splitlines()
    line = lines[-1] if (said.number or 0) > 1 else lines[0]
    return f"> [{name}, № {said.number}]({said.bare_url})\n>\n> {line}\n\n"


def _likes(post: Post, wanted: int, people: People) -> list[Reaction]:
    """As many as there are others, at most; some find it useful, some are thankful."""
    wanted = min(wanted, MOST_LIKES)
    others = [person for person in islice(people.values(), wanted + 1) if person.pk != post.author_id][:wanted]
    return [
        Reaction(post=post, person=person, kind=Liking.THANKS if person.pk % 3 == 0 else Liking.USEFUL)
        for person in others
    ]
