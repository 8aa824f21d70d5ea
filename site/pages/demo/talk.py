"""The board: written as people write, oldest first, then dated back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from forum import actions, boards
from forum.actions import Draft, watching
from forum.enums import Liking, Pin
from forum.models import Board, BoardText, Post, Proposal, ProposalStep, Reaction, Tally, Topic
from pages.demo import dates, desk, proposals
from pages.demo.reading import LANGUAGES, content

People = dict[str, User]
RULES = ("hue", "kinds", "language", "who_reads", "who_starts", "who_replies")


def load() -> None:
    """Adds boards that are missing; topics only where nobody has written yet."""
    for order, entry in enumerate(content("forum")["board"]):
        _load_board(entry, order)
    if Topic.objects.exists():
        return
    now, people = timezone.localtime(), _people()
    with boards.as_written(), watching.quietly():
        for entry in sorted(content("forum")["topic"], key=lambda entry: -entry["days_ago"]):
            _load_topic(entry, dates.moment_of(entry, now), now, people)
        proposals.load(now, people, load_replies)
        actions.reindex_topics(Topic.objects.order_by("pk"))
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
    for entry in (*content("forum")["person"], *content("forum/ideas")["person"]):
        email = f"{entry['key']}@demo.example"
        user, is_new = User.objects.get_or_create(
            email=email, defaults={"display_name": entry["name"], "password": make_password(None)}
        )
        if is_new:
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    known = User.objects.filter(email__endswith="@demo.example")
    return {user.email.split("@")[0]: user for user in known}


def _load_topic(entry: dict[str, Any], moment: datetime, now: datetime, people: People) -> None:
    board = boards.by_slug(entry["board"])
    assert board is not None  # noqa: S101  loaded just before
    said = {"language": "ru", "kind": "discussion"} | {
        name: entry[name] for name in ("language", "kind") if name in entry
    }
    draft = Draft(source=entry["text"].strip(), title=entry["title"], tags=tuple(entry["tags"]), **said)
    topic = actions.start_topic(board, draft, by=people[entry["by"]]).topic
    load_replies(topic, entry, moment, now, people)
    _arrange(topic, entry, people)


def load_replies(topic: Topic, entry: dict[str, Any], moment: datetime, now: datetime, people: People) -> None:
    moments = [moment]
    for reply in entry.get("reply", []):
        source = _quotation(topic, reply["quote"]) + reply["text"] if "quote" in reply else reply["text"]
        post = actions.reply(topic, Draft(source=source.strip()), by=people[reply["by"]])
        moments.append(_awake(moment + timedelta(hours=reply["after"]), moments[-1], now))
        _like(post, reply.get("likes", 0), people)
    _date_back(topic, moments)


def _awake(moment: datetime, before: datetime, now: datetime) -> datetime:
    """Nobody writes at night; after the one before, and never in the time to come."""
    if moment.hour < 8:
        moment = moment.replace(hour=8 + moment.hour % 3, minute=(moment.minute * 7 + 13) % 60)
    return min(max(moment, before + timedelta(minutes=11)), now - timedelta(minutes=5))


def _quotation(topic: Topic, number: int) -> str:
    """The first line of what was said, as the form for a reply begins."""
    said = topic.posts.select_related("author").get(number=number)
    name = said.author.get_full_name() if said.author else ""
    line = said.source.splitlines()[-1] if number > 1 else said.source.splitlines()[0]
    return f"> [{name}, № {number}]({said.bare_url})\n>\n> {line}\n\n"


def _like(post: Post, wanted: int, people: People) -> None:
    """As many as there are others, at most; some find it useful, some are thankful."""
    others = [person for person in people.values() if person.pk != post.author_id][:wanted]
    kinds = {
        person.pk: Liking.THANKS if uuid5(NAMESPACE_URL, person.email).int % 3 == 0 else Liking.USEFUL
        for person in others
    }
    Reaction.objects.bulk_create([Reaction(post=post, person=person, kind=kinds[person.pk]) for person in others])


def _arrange(topic: Topic, entry: dict[str, Any], people: People) -> None:
    if "answer" in entry:
        actions.accept_answer(topic.posts.get(number=entry["answer"]), by=people[entry["by"]])
    if "pin" in entry:
        actions.pin_topic(topic, Pin(entry["pin"]), by=people["admin"])


def _date_back(topic: Topic, moments: list[datetime]) -> None:
    for number, moment in enumerate(moments, start=1):
        topic.posts.filter(number=number).update(posted_at=moment)
    Topic.objects.filter(pk=topic.pk).update(started_at=moments[0], last_posted_at=moments[-1])
    Proposal.objects.filter(pk=topic.pk).update(submitted_at=moments[0])
    ProposalStep.objects.filter(proposal=topic.pk).update(at=moments[0])
