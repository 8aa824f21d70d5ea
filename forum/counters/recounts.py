"""Everything of the board that is kept twice."""

from collections.abc import Callable
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least

from accounts.models import User
from forum.actions.people import FOR_EVER
from forum.counters import mending
from forum.counters.recount import Recount, write
from forum.enums import Kind, Matter, Penalty, Standing, Status
from forum.models import Board, OfficialAnswer, Post, Proposal, ProposalStep, ReadMark, Sanction, Topic
from forum.models import Case as DeskCase

SHOWN = Q(posts__standing=Standing.SHOWN)
WAITS = [Matter.TOPIC, Matter.POST]
NOTHING, ONE = Value(0), Value(1)


# --- rows -------------------------------------------------------------------------------------------------------------
def all_of(model: Any, *which: Any) -> Callable[[], QuerySet[Any]]:
    return lambda: model._default_manager.filter(*which)


def _own(model: Any, **more: Any) -> QuerySet[Any]:
    """Those of a topic, or of a proposal, which shares its topic's key."""
    key = "topic" if model is Post else "proposal"
    return model._default_manager.filter(**{key: OuterRef("pk")}, **more)


# --- topics -----------------------------------------------------------------------------------------------------------
_latest = _own(Post, standing=Standing.SHOWN).order_by("-posted_at", "-number")
_answer = Post.objects.filter(
    pk=OuterRef("accepted"), topic=OuterRef("pk"), standing=Standing.SHOWN, topic__kind=Kind.QUESTION
)
TOPICS = [
    Recount(
        "merged topic, where it leads:",
        all_of(Topic, Q(merged_into__merged_into__isnull=False)),
        {"merged_into_id": (F("merged_into_id"), F("merged_into__merged_into_id"))},
        mending.lock_topics,
        write(Topic, "merged_into_id"),
    ),
    Recount(
        "merged topic, its posts:",
        all_of(Topic, Q(merged_into__isnull=False)),
        {"posts": (Count("posts"), NOTHING)},
        mending.lock_topics_and_where_they_lead,
        mending.carry_posts_over,
    ),
    Recount(  # the third: numbers are dense, as many as the last one says
        "topic",
        all_of(Topic, Q(merged_into=None)),
        {
            "last_number": (F("last_number"), Coalesce(Max("posts__number"), NOTHING)),
            "replies": (F("replies"), Count("posts", filter=SHOWN & Q(posts__number__gt=1))),
            "numbers": (F("last_number"), Count("posts__number")),
        },
        mending.lock_topics,
        mending.count_topics,
    ),
    Recount(
        "topic, its standing:",
        all_of(Topic, Q(posts__number=1, merged_into=None)),
        {"standing": (F("standing"), F("posts__standing"))},
        mending.lock_topics,
        write(Topic, "standing"),
    ),
    Recount(
        "topic, its last post:",
        all_of(Topic, Q(merged_into=None) & Exists(_latest)),
        {
            "last_posted_at": (F("last_posted_at"), Subquery(_latest.values("posted_at")[:1])),
            "last_author_id": (F("last_author_id"), Subquery(_latest.values("author")[:1])),
        },
        mending.lock_topics,
        write(Topic, "last_posted_at", "last_author_id"),
    ),
    Recount(
        "topic, its answer:",
        all_of(Topic, Q(accepted__isnull=False)),
        {"accepted_id": (F("accepted_id"), Subquery(_answer.values("pk")[:1]))},
        mending.lock_topics,
        write(Topic, "accepted_id"),
    ),
    Recount(
        "mark of what was read",
        all_of(ReadMark),
        {"number": (F("number"), Least(F("number"), F("topic__last_number")))},
        mending.lock_topics_of(ReadMark),
        write(ReadMark, "number"),
    ),
]

# --- proposals --------------------------------------------------------------------------------------------------------
_steps = _own(ProposalStep).order_by("-at", "-pk")
_answered = Exists(_own(OfficialAnswer))
_reviews = _steps.filter(status=Status.REVIEW).values("at")
# The newest, or an earlier one to which a decision that was taken back has set the clock.
_reviewed = Coalesce(Subquery(_reviews.filter(at=OuterRef("review_since"))[:1]), Subquery(_reviews[:1]))
PROPOSALS = [
    Recount(
        "merged proposal, where it leads:",
        all_of(Proposal, Q(merged_into__merged_into__isnull=False)),
        {"merged_into_id": (F("merged_into_id"), F("merged_into__merged_into_id"))},
        mending.lock_topics,
        write(Proposal, "merged_into_id"),
    ),
    Recount(
        "proposal",
        all_of(Proposal),
        {"supports": (F("supports"), Count("support_rows"))},
        mending.lock_topics,
        write(Proposal, "supports"),
    ),
    Recount(
        "proposal, its status:",
        all_of(Proposal),
        {"status": (F("status"), Coalesce(Subquery(_steps.values("status")[:1]), F("status")))},
        mending.lock_topics,
        write(Proposal, "status"),
    ),
    Recount(  # answered before it was reviewed again, it may wait or not
        "proposal, its clock:",
        all_of(Proposal),
        {
            "review_since": (F("review_since"), _reviewed),
            "waiting_since": (
                F("waiting_since"),
                Case(
                    When(~Q(status=Status.REVIEW), then=Value(None)),
                    When(_answered & Q(waiting_since=None), then=Value(None)),
                    default=_reviewed,
                    output_field=DateTimeField(),
                ),
            ),
        },
        mending.lock_topics,
        write(Proposal, "review_since", "waiting_since"),
    ),
]

# --- desk, people, boards ---------------------------------------------------------------------------------------------
_waits = Q(post__standing=Standing.WAITING) & ~Q(post__topic__standing=Standing.REMOVED)
_open = Q(closed_at=None, post__isnull=False)
_in_force = (
    Sanction.objects.filter(person=OuterRef("pk"), lifted_at=None)
    .exclude(penalty=Penalty.WARNING)
    .annotate(ends=Coalesce("until", Value(FOR_EVER, DateTimeField())))
    .order_by("-ends")
)
_open_about = DeskCase.objects.filter(post=OuterRef("pk"), closed_at=None, matter__in=WAITS)
_tallied = Q(topics__standing=Standing.SHOWN)
REST = [
    Recount(
        "waiting post, how often on the desk:",
        all_of(Post, Q(standing=Standing.WAITING) & ~Q(topic__standing=Standing.REMOVED)),
        {"cases": (Case(When(Exists(_open_about), then=ONE), default=NOTHING), ONE)},
        mending.lock_topics_of(Post),
        mending.lay_on_the_desk,
    ),
    Recount(
        "open case, posts it is about:",
        all_of(DeskCase, _open & ~Q(matter=Matter.APPEAL)),
        {
            "posts": (
                ONE,
                Case(
                    When(Q(matter__in=WAITS) & ~_waits, then=NOTHING),
                    When(Q(matter=Matter.REPORT, post__standing=Standing.REMOVED), then=NOTHING),
                    default=ONE,
                    output_field=IntegerField(),
                ),
            )
        },
        mending.lock_topics_of(DeskCase),
        mending.take_off_the_desk,
    ),
    Recount(
        "open case, its matter:",
        all_of(DeskCase, _open & Q(matter__in=WAITS)),
        {
            "matter": (
                F("matter"),
                Case(
                    When(post__topic__standing=Standing.WAITING, then=Value(Matter.TOPIC.value)),
                    default=Value(Matter.POST.value),
                    output_field=CharField(),
                ),
            )
        },
        mending.lock_topics_of(DeskCase),
        write(DeskCase, "matter"),
    ),
    Recount(
        "person, silent until:",
        all_of(User, Q(silent_until__isnull=False) | Exists(_in_force)),
        {"silent_until": (F("silent_until"), Subquery(_in_force.values("ends")[:1]))},
        mending.lock_people,
        write(User, "silent_until"),
    ),
    Recount(
        "board",
        all_of(Board),
        {
            "topics": (Coalesce("tally__topics", NOTHING), Count("topics", filter=_tallied)),
            "posts": (
                Coalesce("tally__posts", NOTHING),
                Count("topics", filter=_tallied) + Coalesce(Sum("topics__replies", filter=_tallied), NOTHING),
            ),
        },
        mending.lock_tallies,
        mending.write_tallies,
        name="slug",
    ),
]
RECOUNTS = [*TOPICS, *PROPOSALS, *REST]
