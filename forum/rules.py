"""Who may read, start, reply, edit and moderate; support, step on, answer and merge proposals.

Views, actions, feeds, the index and templates ask here.
"""

from datetime import timedelta
from typing import TypeAlias

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q
from django.utils import formats, timezone

from accounts import rules as accounts_rules
from accounts.models import User
from forum import boards
from forum.boards import KnownBoard
from forum.enums import Circle, Deed, Held, Kind, Matter, Penalty, Standing, State, Status
from forum.models import Appeal, Case, Decision, Picture, Post, Proposal, ReadMark, Sanction, Topic, Unsent
from partners.enums import Role
from partners.rules import can_coordinate, is_on_team

NETWORK = 0  # beside the numbers of boards
LAST_YEAR = 9999  # of a silence without an end
GONE = frozenset({Standing.REMOVED, Standing.MOVED})
Somebody: TypeAlias = User | AnonymousUser

# What a proposal may come to from where it is. All of it is done by people, save that the threshold brings a proposal
# under review and the end of the period ends collecting (actions.proposals). Merging is a step of its own.
TRANSITIONS: dict[str, frozenset[str]] = {
    Status.SUBMITTED: frozenset({Status.CHECKED, Status.DECLINED}),
    Status.CHECKED: frozenset({Status.COLLECTING, Status.REVIEW, Status.DECLINED}),
    Status.COLLECTING: frozenset({Status.REVIEW, Status.LAPSED, Status.DECLINED}),
    Status.LAPSED: frozenset({Status.COLLECTING, Status.REVIEW}),
    Status.REVIEW: frozenset({Status.ACCEPTED, Status.DECLINED}),
    Status.ACCEPTED: frozenset({Status.DOING, Status.DONE, Status.REVIEW}),
    Status.DECLINED: frozenset({Status.REVIEW}),
    Status.DOING: frozenset({Status.DONE, Status.REVIEW}),
    Status.DONE: frozenset(),
    Status.MERGED: frozenset(),
}
VOTED_ON = frozenset({Status.COLLECTING, Status.REVIEW})  # support comes and goes until it is decided
NOT_YET_SUPPORTED = frozenset({Status.SUBMITTED, Status.CHECKED})
MERGEABLE = frozenset({Status.SUBMITTED, Status.CHECKED, Status.COLLECTING, Status.LAPSED, Status.REVIEW})


def can_moderate(user: Somebody, board: KnownBoard) -> bool:
    if not user.is_authenticated:
        return False
    return _moderates_everywhere(user) or bool(board.moderators and board.moderators & groups_of(user))


def can_read(user: Somebody, board: KnownBoard) -> bool:
    """Whoever is kept out of the board above is kept out of this one too."""
    if board.above and not can_read(user, board.above):
        return False
    return _belongs(user, board.who_reads, board) or can_moderate(user, board)


def is_public(board: KnownBoard) -> bool:
    """Only then may feeds, the index and the sitemap say anything of it."""
    return can_read(AnonymousUser(), board)


def can_start(user: Somebody, board: KnownBoard) -> bool:
    if not user.is_authenticated or not user.is_active or not board.kinds or is_silent(user):
        return False
    return can_read(user, board) and (_belongs(user, board.who_starts, board) or can_moderate(user, board))


def can_reply(user: Somebody, topic: Topic) -> bool:
    board = board_of(topic)
    if not user.is_authenticated or not user.is_active or topic.standing != Standing.SHOWN or is_silent(user):
        return False
    if not can_read(user, board):
        return False
    if can_moderate(user, board):
        return topic.state != State.ARCHIVED
    return topic.state == State.OPEN and _belongs(user, board.who_replies, board)


def can_see_topic(user: Somebody, topic: Topic) -> bool:
    """What waits is seen by its author and by moderators, what is removed only by moderators."""
    board = board_of(topic)
    if not can_read(user, board):
        return False
    if topic.standing == Standing.SHOWN or can_moderate(user, board):
        return True
    return topic.standing == Standing.WAITING and _is_author(user, topic)


def can_see_post(user: Somebody, post: Post) -> bool:
    """The words of it: of a removed post everybody sees that there was one."""
    if not can_see_topic(user, post.topic):
        return False
    if post.standing == Standing.SHOWN or can_moderate(user, board_of(post.topic)):
        return True
    return post.standing == Standing.WAITING and _is_author(user, post)


def can_find(user: Somebody, post: Post) -> bool:
    """By a search inside a board or a topic: only what is shown, also for moderators."""
    return post.is_shown and post.topic.is_shown and can_see_post(user, post)


def can_upload_pictures(user: Somebody) -> bool:
    if not settings.FORUM_PICTURES_IN_POST:
        return False
    return user.is_authenticated and user.is_active and not is_silent(user)


def can_see_picture(user: Somebody, picture: Picture) -> bool:
    """Until it stands in a post, only who has uploaded it; then whoever may read the words around it."""
    if picture.post is None:
        return user.is_authenticated and picture.owner_id == user.pk
    return can_see_post(user, picture.post)


def can_show_picture(user: Somebody, picture: Picture, post: Post | None = None) -> bool:
    """In what one writes: an own one that stands nowhere yet. In a post that is changed: also those that it has."""
    if picture.post_id is None:
        return user.is_authenticated and picture.owner_id == user.pk
    return post is not None and picture.post_id == post.pk


def can_edit(user: Somebody, post: Post) -> bool:
    """The author for some hours, moderators always; nobody in the archive."""
    if is_silent(user) or post.standing in GONE or not _is_alive(post.topic):
        return False
    if not can_see_post(user, post):
        return False
    fresh = timezone.now() - post.posted_at < timedelta(hours=settings.FORUM_EDIT_HOURS)
    if post.number == 1 and not _may_still_be_reworded(post.topic):
        return can_moderate(user, board_of(post.topic))
    own = _is_author(user, post) and fresh and post.topic.state == State.OPEN
    return own or can_moderate(user, board_of(post.topic))


def can_remove(user: Somebody, post: Post) -> bool:
    """Authors take back what they wrote; a topic that others have answered is not theirs alone any more."""
    if post.standing in GONE or not _is_alive(post.topic) or not can_see_post(user, post):
        return False
    if can_moderate(user, board_of(post.topic)):
        return True
    answered = post.number == 1 and (post.topic.last_number > 1 or not _may_still_be_reworded(post.topic))
    return _is_author(user, post) and not answered and post.topic.state == State.OPEN


def can_see_history(user: Somebody, post: Post) -> bool:
    return post.edited_at is not None and can_see_post(user, post)


def can_see_unsent(user: Somebody, unsent: Unsent) -> bool:
    """Whoever is writing it, and nobody else, whatever they may do here."""
    return user.is_authenticated and user.is_active and unsent.person_id == user.pk


def can_react(user: Somebody, post: Post) -> bool:
    """Not to one's own words."""
    return (
        user.is_authenticated
        and user.is_active
        and not is_silent(user)
        and post.standing == Standing.SHOWN
        and _is_alive(post.topic)
        and not _is_author(user, post)
        and can_see_post(user, post)
    )


def can_accept(user: Somebody, topic: Topic) -> bool:
    """Who asked says what helped."""
    if topic.kind != Kind.QUESTION or not _is_alive(topic) or not can_see_topic(user, topic):
        return False
    return _is_author(user, topic) or can_moderate(user, board_of(topic))


def can_split(user: Somebody, topic: Topic) -> bool:
    """Take posts out of a topic into one of their own."""
    return topic.is_shown and topic.state != State.ARCHIVED and can_moderate(user, board_of(topic))


def can_split_to(user: Somebody, board: KnownBoard) -> bool:
    """A proposal isn't made of somebody's replies."""
    return can_moderate(user, board) and any(kind != Kind.PROPOSAL for kind in board.kinds)


def can_join(user: Somebody, topic: Topic) -> bool:
    """Merge a topic with another one. Proposals have a way of their own (can_merge)."""
    return topic.kind != Kind.PROPOSAL and can_split(user, topic)


def can_merge_topics(user: Somebody, topic: Topic, into: Topic) -> bool:
    return topic.pk != into.pk and can_join(user, topic) and can_join(user, into)


# --- proposals --------------------------------------------------------------------------------------------------------
def can_support(user: Somebody, proposal: Proposal) -> bool:
    """Give or take back one's vote: whoever may reply on the board, also while the talk is locked.

    Who is silent for some time still has a voice; who may never write again has none.
    """
    topic, board = proposal.topic, board_of(proposal.topic)
    if not user.is_authenticated or not user.is_active or is_banned(user):
        return False
    if not topic.is_shown or topic.state == State.ARCHIVED:
        return False
    if proposal.status not in VOTED_ON or (proposal.status == Status.COLLECTING and proposal.has_ended_collecting):
        return False
    return can_read(user, board) and (_belongs(user, board.who_replies, board) or can_moderate(user, board))


def can_handle(user: Somebody, topic: Topic) -> bool:
    """Step on, name who is responsible, merge: the board's moderators, and coordinators who may read the board."""
    if not user.is_authenticated or not user.is_active or topic.kind != Kind.PROPOSAL or not topic.is_shown:
        return False
    return can_see_topic(user, topic) and (can_moderate(user, board_of(topic)) or can_coordinate(user))


def can_step(user: Somebody, proposal: Proposal, status: str) -> bool:
    return can_handle(user, proposal.topic) and status in TRANSITIONS[proposal.status]


def can_merge(user: Somebody, proposal: Proposal, into: Proposal) -> bool:
    """Both have to be the person's to handle, and whoever reads the one must be able to read the other."""
    if proposal.pk == into.pk or proposal.status not in MERGEABLE or into.status == Status.MERGED:
        return False
    one, other = board_of(proposal.topic), board_of(into.topic)
    if one.pk != other.pk and not is_public(other):
        return False
    return can_handle(user, proposal.topic) and can_handle(user, into.topic)


def can_answer_for_city(user: Somebody, proposal: Proposal) -> bool:
    if not user.is_authenticated or not _can_be_answered(user, proposal):
        return False
    return user.has_right("forum.answer_for_city")


def can_answer_for_partner(user: Somebody, proposal: Proposal) -> bool:
    """Owners and editors of the organisation that a moderator has made responsible."""
    if proposal.responsible_id is None or not _can_be_answered(user, proposal):
        return False
    return is_on_team(user, proposal.responsible_id, Role.OWNER, Role.EDITOR)


def can_answer(user: Somebody, proposal: Proposal) -> bool:
    return can_answer_for_city(user, proposal) or can_answer_for_partner(user, proposal)


def can_amend(user: Somebody, proposal: Proposal) -> bool:
    """Only those who speak for the same body."""
    answer = getattr(proposal, "answer", None)
    if answer is None:
        return False
    if answer.partner_id is None:
        return can_answer_for_city(user, proposal)
    return answer.partner_id == proposal.responsible_id and can_answer_for_partner(user, proposal)


def _can_be_answered(user: Somebody, proposal: Proposal) -> bool:
    if not user.is_authenticated or not user.is_active or not proposal.topic.is_shown:
        return False
    closed = proposal.status in {*NOT_YET_SUPPORTED, Status.MERGED}
    return not closed and can_see_topic(user, proposal.topic)


def _may_still_be_reworded(topic: Topic) -> bool:
    """What others have signed says what they signed."""
    if topic.kind != Kind.PROPOSAL:
        return True
    proposal = getattr(topic, "proposal", None)
    return proposal is None or (proposal.status in NOT_YET_SUPPORTED and proposal.supports == 0)


def must_wait(user: User, board: KnownBoard) -> bool:
    """Whether a moderator looks at the post first."""
    if board.held == Held.NONE or can_moderate(user, board):
        return False
    return board.held == Held.ALL or not Post.objects.filter(author=user, standing=Standing.SHOWN).exists()


# --- safety -----------------------------------------------------------------------------------------------------------
APPEALABLE = {
    Deed.REMOVE,
    Deed.EDIT,
    Deed.STATE,
    Deed.MOVE,
    Deed.MERGE,
    Deed.SPLIT,
    Deed.ACCEPT,
    Deed.WARN,
    Deed.SILENCE,
    Deed.BAN,
    Deed.HIDE_PROFILE,
}
BEFORE_REVIEW = {Status.SUBMITTED, Status.CHECKED, Status.COLLECTING}  # afterwards those who answer decide
UNTOLD = {Deed.NOTE, Deed.KEEP}  # what moderators say among themselves; that somebody's report came to nothing
WAITING_DEEDS = (Deed.APPROVE, Deed.REMOVE)
OLD_READER = 10  # topics that somebody has read


def is_silent(user: Somebody) -> bool:
    """Read with the person: no page asks for sanctions."""
    return user.is_authenticated and user.silent_until is not None and user.silent_until > timezone.now()


def silence_ends(user: User) -> str:
    """In words; empty where it doesn't."""
    if user.silent_until is None or user.silent_until.year == LAST_YEAR:
        return ""
    return formats.date_format(timezone.localtime(user.silent_until), "j E Y, H:i")


def is_banned(user: Somebody) -> bool:
    return is_silent(user) and user.silent_until.year == LAST_YEAR  # type: ignore[union-attr]


def is_newcomer(user: User, *, shown: int | None = None) -> bool:
    """Until some posts are shown; or, for those who only read, after some days and topics.

    ``shown``: how many are, as far as it matters, where that is known already.
    """
    enough = settings.FORUM_NEWCOMER_POSTS
    if not enough:
        return False
    if shown is None:
        shown = Post.objects.filter(author=user, standing=Standing.SHOWN)[:enough].count()
    if shown >= enough:
        return False
    if timezone.now() - user.date_joined < timedelta(days=settings.FORUM_NEWCOMER_DAYS):
        return True
    return ReadMark.objects.filter(person=user)[:OLD_READER].count() < OLD_READER


def moderates_network(user: Somebody) -> bool:
    return user.is_authenticated and user.is_active and user.has_right("forum.moderate")


def moderates_anything(user: Somebody) -> bool:
    return user.is_authenticated and (moderates_network(user) or bool(moderated_boards(user)))


def can_restore(user: Somebody, post: Post) -> bool:
    """A reply comes back into a topic that is there; with the first post comes the topic itself."""
    whole = post.number == 1 or (post.number is None and post.topic.last_number == 0)
    alive = whole or post.topic.standing != Standing.REMOVED
    return post.standing == Standing.REMOVED and alive and can_moderate(user, board_of(post.topic))


def can_report_post(user: Somebody, post: Post) -> bool:
    """Whoever reads it; not one's own, and not those who may write nothing for good."""
    if not user.is_authenticated or not user.is_active or is_banned(user) or post.standing != Standing.SHOWN:
        return False
    return not _is_author(user, post) and can_see_post(user, post)


def can_report_person(user: Somebody, person: User) -> bool:
    if not user.is_authenticated or not user.is_active or is_banned(user):
        return False
    return person.pk != user.pk and person.has_page


def can_block(user: Somebody, person: User) -> bool:
    return user.is_authenticated and user.is_active and user.pk != person.pk


def can_meet(user: Somebody, person: User) -> bool:
    """Who shows a page, or wrote something that one may read: of others nobody learns that they are there."""
    if person.has_page:
        return True
    here = [board.pk for board in readable_boards(user)]
    return Post.objects.filter(author=person, standing=Standing.SHOWN, topic__board__in=here).exists()


def can_see_case(user: Somebody, case: Case) -> bool:
    """What belongs to no board is the network's."""
    if moderates_network(user):
        return True
    board = case_board(case)
    return board is not None and can_moderate(user, board)


def can_decide(user: Somebody, case: Case) -> bool:
    """Never about oneself; an appeal not by who decided, while there is another moderator."""
    concerned = {case.person_id, case.post.author_id if case.post else None}
    if not can_see_case(user, case) or user.pk in concerned:
        return False
    return case.matter != Matter.APPEAL or can_judge(user, case)


def can_judge(user: Somebody, case: Case) -> bool:
    decision = case.appealed
    if decision is None or not user.is_authenticated:
        return False
    return decision.by_id != user.pk or not _has_other_moderator(user, case_board(case))


def deeds_for(case: Case) -> tuple[Deed, ...]:
    if case.matter == Matter.APPEAL:
        return (Deed.UPHOLD, Deed.OVERTURN)
    if case.matter == Matter.PROFILE:
        return (Deed.SHOW_PROFILE, Deed.HIDE_PROFILE)
    if case.matter == Matter.REPORT:
        return (Deed.KEEP, Deed.REMOVE if case.post_id else Deed.HIDE_PROFILE)
    return WAITING_DEEDS


def case_board(case: Case) -> KnownBoard | None:
    if case.post:
        return board_of(case.post.topic)
    if case.appealed and case.appealed.topic:
        return board_of(case.appealed.topic)
    return boards.by_pk(case.appealed.board_id) if case.appealed and case.appealed.board_id else None


def can_sanction(user: Somebody, person: User, penalty: str, post: Post | None = None) -> bool:
    """Moderators of a board warn about a post there; to silence somebody is the network's. Never a moderator."""
    if not user.is_authenticated or user.pk == person.pk or not person.is_active or moderates_network(person):
        return False
    if moderates_network(user):
        return True
    return penalty == Penalty.WARNING and post is not None and can_moderate(user, board_of(post.topic))


def can_lift(user: Somebody, sanction: Sanction) -> bool:
    return sanction.lifted_at is None and sanction.person_id != user.pk and moderates_network(user)


def can_hold_profile(user: Somebody, person: User) -> bool:
    return user.pk != person.pk and moderates_network(user)


def can_write_note(user: Somebody, board: KnownBoard | None) -> bool:
    return moderates_network(user) or (board is not None and can_moderate(user, board))


def can_see_person(user: Somebody, person: User) -> bool:
    """The moderators' page of somebody: of a board's moderators those who meet them there."""
    if moderates_network(user):
        return True
    mine = [board.pk for board in moderated_boards(user)]
    return bool(mine) and Post.objects.filter(author=person, topic__board__in=mine).exists()


def can_see_decision(user: Somebody, decision: Decision) -> bool:
    if is_told(user, decision):
        return True
    if not user.is_authenticated or decision.person_id == user.pk:  # what others say of oneself among themselves
        return False
    if moderates_network(user):
        return True
    return decision.board_id is not None and can_moderate(user, boards.by_pk(decision.board_id))


def is_told(user: Somebody, decision: Decision) -> bool:
    """Whom it concerns knows everything of it, save who said what among moderators."""
    return user.is_authenticated and decision.person_id == user.pk and decision.deed not in UNTOLD


def can_appeal(user: Somebody, decision: Decision) -> bool:
    """Once, against what somebody else decided."""
    if not is_told(user, decision) or decision.by_id == user.pk or not is_appealable(decision):
        return False
    return user.is_active and not Appeal.objects.filter(decision=decision).exists()


def is_appealable(decision: Decision) -> bool:
    """What took something from whom it concerns. That the city declines is its answer; that a moderator does is not."""
    if decision.deed == Deed.STATUS:
        was, came = decision.before.get("status"), decision.after.get("status")
        return came == Status.DECLINED and was in BEFORE_REVIEW
    return decision.deed in APPEALABLE


def _has_other_moderator(user: User, board: KnownBoard | None) -> bool:
    """Asked once for a request: of the network, and only where there is none, of the board."""
    known: dict[int, bool] = user.__dict__.setdefault("known_others", {})
    others = User.objects.filter(is_active=True).exclude(pk=user.pk)
    if NETWORK not in known:
        rights = Permission.objects.filter(content_type__app_label="forum", codename="moderate")
        may = Q(is_superuser=True) | Q(user_permissions__in=rights) | Q(groups__permissions__in=rights)
        known[NETWORK] = others.filter(may).exists()
    if known[NETWORK] or board is None or not board.moderators:
        return known[NETWORK]
    if board.pk not in known:
        known[board.pk] = others.filter(groups__in=board.moderators).exists()
    return known[board.pk]


def has_confirmed_address(user: User) -> bool:
    return accounts_rules.has_confirmed_address(user)


def readable_boards(user: Somebody) -> list[KnownBoard]:
    return [board for board in boards.all_boards().values() if can_read(user, board)]


def moderated_boards(user: Somebody) -> list[KnownBoard]:
    return [board for board in readable_boards(user) if can_moderate(user, board)]


def board_of(topic: Topic) -> KnownBoard:
    """Asked for once, however many of its posts are judged."""
    known: KnownBoard | None = getattr(topic, "known_board", None)
    if known is None or known.pk != topic.board_id:
        known = boards.by_pk(topic.board_id)
        topic.known_board = known  # type: ignore[attr-defined]
    return known


def groups_of(user: User) -> frozenset[int]:
    """Asked once for a request, like Django's own permissions."""
    if not hasattr(user, "known_groups"):
        user.known_groups = frozenset(user.groups.values_list("pk", flat=True))  # type: ignore[attr-defined]
    return user.known_groups  # type: ignore[attr-defined]


def _moderates_everywhere(user: User) -> bool:
    if not hasattr(user, "moderates_everywhere"):
        user.moderates_everywhere = user.has_right("forum.moderate")  # type: ignore[attr-defined]
    return user.moderates_everywhere  # type: ignore[attr-defined]


def _belongs(user: Somebody, circle: str, board: KnownBoard) -> bool:
    if circle == Circle.EVERYONE:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    return circle == Circle.MEMBERS or bool(board.groups & groups_of(user))


def _is_author(user: Somebody, thing: Post | Topic) -> bool:
    return user.is_authenticated and thing.author_id == user.pk


def _is_alive(topic: Topic) -> bool:
    return topic.state != State.ARCHIVED and topic.standing != Standing.REMOVED
