"""Proposals of the demo city, in every state. Their supporters are accounts that nobody signs in to."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.models import User
from common import markdown
from common.page_cache import drop
from forum import actions, boards
from forum.actions import Draft, Idea
from forum.enums import Kind, State, Status
from forum.models import OfficialAnswer, Proposal, ProposalStep, Support, Topic
from pages.demo import dates
from pages.demo.reading import content
from partners.models import Partner

FIELDS = ("problem", "proposal", "benefits")
FIRST_NAMES = (
    *("Алина", "Борис", "Вера", "Георгий", "Дарья", "Евгений", "Жанна", "Зоя", "Игорь", "Ксения"),
    *("Леонид", "Маргарита", "Никита", "Оксана", "Пётр", "Раиса", "Сергей", "Татьяна", "Ульяна", "Эдуард"),
)
INITIALS = "АБВГДЕЖЗИКЛМНОПРСТУФХ"


LoadReplies = Callable[[Topic, dict[str, Any], datetime, datetime, dict[str, User]], None]


def load(now: datetime, people: dict[str, User], load_replies: LoadReplies) -> None:
    """The oldest first; what is a duplicate comes after the one that it was merged with."""
    entries = sorted(content("forum/ideas")["proposal"], key=lambda entry: -entry["days_ago"])
    voices = _voices(max(entry["supports"] for entry in entries))
    made = {entry["title"]: _load_proposal(entry, now, people, voices, load_replies) for entry in entries}
    for entry in entries:
        if "duplicate_of" in entry:
            _point_to(made[entry["title"]], made[entry["duplicate_of"]])
    actions.reindex_topics(Topic.objects.filter(proposal__merged_into__isnull=False))
    drop("forum")


def _load_proposal(
    entry: dict[str, Any],
    now: datetime,
    people: dict[str, User],
    voices: Sequence[User],
    load_replies: LoadReplies,
) -> Proposal:
    board, language = boards.by_slug(entry["board"]), entry.get("language", "ru")
    assert board is not None  # noqa: S101  loaded just before
    words = {name: entry.get(name, "").strip() for name in FIELDS}
    idea = Idea(**words, district=entry.get("district", ""))
    draft = Draft(
        source=actions.compose(idea, language),
        title=entry["title"],
        kind=Kind.PROPOSAL,
        language=language,
        tags=tuple(entry.get("tags", ())),
        idea=idea,
    )
    topic = actions.start_topic(board, draft, by=people[entry["by"]]).topic
    load_replies(topic, entry, dates.moment_of(entry, now), now, people)
    proposal = Proposal.objects.get(pk=topic.pk)
    _step_through(proposal, entry, now, people)
    _support(proposal, voices[: entry["supports"]], now)
    _answer(proposal, entry, now, people)
    return proposal


def _step_through(proposal: Proposal, entry: dict[str, Any], now: datetime, people: dict[str, User]) -> None:
    at: dict[str, datetime] = {}
    rows: list[ProposalStep] = []
    for number, step in enumerate(entry["steps"]):
        moment = dates.moment_of(step, now)
        moment = max(moment, rows[-1].at + timedelta(hours=1)) if rows else moment
        by = people[entry["by"]] if number == 0 else people["moderator"]
        itself = step["status"] in (Status.REVIEW, Status.LAPSED) and "note" not in step
        note = step.get("note", "")
        rows.append(
            ProposalStep(proposal=proposal, status=step["status"], at=moment, by=None if itself else by, note=note)
        )
        at[step["status"]] = moment
    proposal.steps.all().delete()
    ProposalStep.objects.bulk_create(rows)
    board = boards.by_pk(Topic.objects.values_list("board", flat=True).get(pk=proposal.pk))
    proposal.status, proposal.submitted_at = entry["status"], rows[0].at
    if collecting := at.get(Status.COLLECTING):
        proposal.threshold = board.threshold
        proposal.collect_until = collecting + timedelta(days=board.collecting_days)
    proposal.review_since = at.get(Status.REVIEW)
    proposal.waiting_since = proposal.review_since if entry["status"] == Status.REVIEW else None
    proposal.save()


def _support(proposal: Proposal, voices: Sequence[User], now: datetime) -> None:
    """Spread over the time of collecting."""
    if not voices or proposal.collect_until is None:
        return
    begin = ProposalStep.objects.get(proposal=proposal, status=Status.COLLECTING).at
    end = min(proposal.review_since or now, proposal.collect_until, now)
    share = (end - begin) / len(voices)
    Support.objects.bulk_create(
        [Support(proposal=proposal, person=person, at=begin + share * number) for number, person in enumerate(voices)]
    )
    proposal.supports = len(voices)
    proposal.save(update_fields=["supports"])


def _answer(proposal: Proposal, entry: dict[str, Any], now: datetime, people: dict[str, User]) -> None:
    if "answer" not in entry:
        return
    said = entry["answer"]
    partner = None if said["by_partner"] == "city" else Partner.objects.get(slug=said["by_partner"])
    source = said["text"].strip()
    OfficialAnswer.objects.create(
        proposal=proposal,
        partner=partner,
        body=said["body"],
        source=source,
        html=markdown.render(source),
        answered_at=dates.moment_of(said, now),
        by=people["coordinator"],
    )
    proposal.responsible, proposal.waiting_since = partner, None
    proposal.save(update_fields=["responsible", "waiting_since"])


def _point_to(proposal: Proposal, target: Proposal) -> None:
    proposal.merged_into = target
    proposal.save(update_fields=["merged_into"])
    Topic.objects.filter(pk=proposal.pk).update(state=State.LOCKED)


def _voices(wanted: int) -> list[User]:
    """Without passwords and profiles: they are a number beside a proposal."""
    names = [f"{name} {initial}." for initial, name in product(INITIALS, FIRST_NAMES)]
    emails = [f"voice{number}@demo.example" for number in range(wanted)]
    User.objects.bulk_create(
        [
            User(email=email, display_name=names[number % len(names)], password=make_password(None))
            for number, email in enumerate(emails)
        ],
        ignore_conflicts=True,
    )
    return list(User.objects.filter(email__in=emails).order_by("pk"))
