"""Thousands at once, past the actions and the forms: for what is shown, not for how it came about."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models import User
from common import markdown
from forum.enums import Kind, Status
from forum.models import Board, Post, Proposal, ProposalStep, Tag, Topic

numbers = count(1)


def make_people(words: Sequence[str]) -> list[User]:
    """Of each name one, who also says it of themselves, on a page that everybody may open."""
    people = [
        User(email=f"many{next(numbers)}@example.org", display_name=one[:80], bio=one[:500], language="ru")
        for one in words
    ]
    for person in people:
        person.show_profile = person.show_bio = True
    return User.objects.bulk_create(people)


def make_topics(
    board: Board, words: Sequence[str], people: Sequence[User], *, kind: Kind = Kind.QUESTION
) -> list[Topic]:
    """Of each word one: it is the title, the tag and the first post."""
    now = timezone.now()
    topics = Topic.objects.bulk_create(
        Topic(
            board=board,
            kind=kind,
            title=one[:160],
            language="ru",
            author=person,
            last_author=person,
            last_number=1,
            last_posted_at=now - timedelta(minutes=number),
        )
        for number, (one, person) in enumerate(zip(words, people, strict=True))
    )
    _tag(topics, words)
    Post.objects.bulk_create(
        Post(topic=topic, number=1, author=topic.author, source=one, html=markdown.render(one))
        for topic, one in zip(topics, words, strict=True)
    )
    if kind == Kind.PROPOSAL:
        _propose(topics, words)
    return topics


def _propose(topics: Sequence[Topic], words: Sequence[str]) -> None:
    proposals = Proposal.objects.bulk_create(
        Proposal(topic=topic, problem=one, proposal=one, benefits=one) for topic, one in zip(topics, words, strict=True)
    )
    ProposalStep.objects.bulk_create(ProposalStep(proposal=one, status=Status.SUBMITTED) for one in proposals)


def _tag(topics: Sequence[Topic], words: Sequence[str]) -> None:
    names = [one[:40].lower() for one in words]
    Tag.objects.bulk_create([Tag(name=name) for name in dict.fromkeys(names)], ignore_conflicts=True)
    tags = dict(Tag.objects.values_list("name", "pk"))
    join = Topic.tags.through
    join.objects.bulk_create(
        join(topic_id=topic.pk, tag_id=tags[name]) for topic, name in zip(topics, names, strict=True)
    )
