"""Who follows what, and whom a post concerns."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from common.keyset import KeyPage, page_by_key
from forum import rules
from forum.boards import KnownBoard
from forum.enums import Mode, Standing
from forum.models import Block, Post, Proposal, ReadMark, Tag, Topic, Watch
from forum.queries.topics import MENTIONABLE
from forum.said import said_in
from partners.enums import Role

WATCHES_ON_A_PAGE = 50
BATCH = 500


# --- for the person who follows ---------------------------------------------------------------------------------------
def own_marks(person: User, topic: Topic) -> tuple[int, str]:
    """How far the person has read the topic, and whether they follow it, in one look."""
    read = ReadMark.objects.filter(person=person, topic=OuterRef("pk")).values("number")[:1]
    mode = Watch.objects.filter(person=person, topic=OuterRef("pk")).values("mode")[:1]
    marks = Topic.objects.filter(pk=topic.pk).values_list(Subquery(read), Subquery(mode))
    number, chosen = marks.first() or (None, None)
    return number or 0, chosen or ""


def modes_of(person: User, **targets: object) -> dict[str, str]:
    """``modes_of(person, board=5, tag__name="bicycles")``: which of these are followed or muted, by target."""
    wanted = Q()
    for name, value in targets.items():
        wanted |= Q(**{name: value})
    return {watch.target.partition(":")[0]: watch.mode for watch in Watch.objects.filter(wanted, person=person)}


def watches_here(person: User, board: KnownBoard | None, tag: str) -> dict[str, str]:
    """``board:5`` and ``tag:7`` with what the person has chosen of them; a tag of what they can't read isn't there."""
    found = {f"board:{board.pk}": modes_of(person, board=board.pk).get("board", "")} if board else {}
    if tag:
        mode = Watch.objects.filter(person=person, tag=OuterRef("pk")).values("mode")[:1]
        for pk, chosen in readable_tags(person).filter(name=tag).values_list("pk", Subquery(mode)):
            found[f"tag:{pk}"] = chosen or ""
    return found


def readable_tags(person: User) -> QuerySet[Tag]:
    """Of topics that the person may read: the words alone would tell what a closed board talks about."""
    boards = [board.pk for board in rules.readable_boards(person)]
    topics = Topic.objects.filter(tags=OuterRef("pk"), board__in=boards, standing=Standing.SHOWN)
    return Tag.objects.filter(Exists(topics))


def watch_page(person: User, *, before: str = "", after: str = "") -> KeyPage[Watch]:
    watches = Watch.objects.filter(person=person).select_related("topic", "tag", "writer")
    return page_by_key(watches, "made_at", size=WATCHES_ON_A_PAGE, before=before, after=after)


# --- for a post -------------------------------------------------------------------------------------------------------
def called(post: Post) -> QuerySet[User]:
    """Those whose names it mentions, among those who wrote in the topic lately: as the text marks them."""
    names = said_in(post.html).names
    if not names:
        return User.objects.none()
    recent = Post.objects.filter(
        topic=post.topic_id, number__gt=post.topic.last_number - MENTIONABLE, standing=Standing.SHOWN
    )
    written = {pk: name for pk, name in recent.values_list("author", "author__display_name").distinct() if name}
    folded = {name.casefold() for name in names}
    return User.objects.filter(pk__in=[pk for pk, name in written.items() if name.casefold() in folded])


def quoted(post: Post) -> QuerySet[User]:
    said = Post.objects.filter(pk__in=said_in(post.html).quoted, standing=Standing.SHOWN)
    return User.objects.filter(pk__in=said.values("author"))


def followers(post: Post, *, replies: bool) -> QuerySet[User]:
    """Of its topic; or, for what is new to them, of its author, and for a new topic of its board and tags.

    A mute beats a following of the same reach: who has muted the board hears nothing by way of a tag.
    """
    watches = Watch.objects.filter(mode=Mode.WATCH)
    if replies:
        return User.objects.filter(pk__in=watches.filter(topic=post.topic_id).values("person"))
    board = rules.board_of(post.topic)
    boards = [one.pk for one in (board, board.above) if one]
    wide = _by(post)
    around = Q(board__in=boards) | Q(tag__in=post.topic.tags.all())
    muted = Watch.objects.filter(around, mode=Mode.MUTE)
    chosen = watches.filter(wide | around if post.number == 1 else wide)
    return User.objects.filter(pk__in=chosen.values("person")).exclude(pk__in=muted.values("person"))


def reachable(people: QuerySet[User], post: Post, *, seen_too: bool = False) -> Iterator[int]:
    """Who of them wants to hear of it and may read it, as numbers; without those who have read it already."""
    silent = Watch.objects.filter(Q(topic=post.topic_id) | _by(post), mode=Mode.MUTE)
    wanted = people.filter(is_active=True).exclude(pk__in=silent.values("person"))
    if post.author_id:
        wanted = wanted.exclude(pk__in=Block.objects.filter(blocked=post.author_id).values("person"))
    if not seen_too:
        read = ReadMark.objects.filter(topic=post.topic_id, number__gte=post.number or 0)
        wanted = wanted.exclude(pk__in=read.values("person"))
    if rules.is_public(rules.board_of(post.topic)):
        yield from wanted.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
        return
    found = wanted.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield from (user.pk for user in _with_groups(batch) if rules.can_see_post(user, post))


def moderators_of(board: KnownBoard) -> list[int]:
    """Those to whom it falls: of the board's groups, or whoever was given all boards. Not every administrator."""
    everywhere = Permission.objects.filter(content_type__app_label="forum", codename="moderate")
    theirs = Q(groups__in=list(board.moderators)) | Q(groups__permissions__in=everywhere)
    found = User.objects.filter(theirs | Q(user_permissions__in=everywhere), is_active=True)
    return list(found.order_by("pk").values_list("pk", flat=True).distinct())


def answerers_of(proposal: Proposal) -> list[User]:
    """Who has to answer: the team of the organisation that was made responsible, else who speaks for the city."""
    if proposal.responsible_id:
        teams = Q(groups__partner_group__partner=proposal.responsible_id)
        mine = teams & Q(groups__partner_group__role__in=[Role.OWNER, Role.EDITOR])
    else:
        voice = Permission.objects.filter(content_type__app_label="forum", codename="answer_for_city")
        mine = Q(groups__permissions__in=voice) | Q(user_permissions__in=voice)
    found = User.objects.filter(mine, is_active=True).order_by("pk").distinct()
    return [user for user in found if rules.can_answer(user, proposal)]


def _by(post: Post) -> Q:
    """Watches of its author; of nobody where the account is gone."""
    return Q(writer=post.author_id) if post.author_id else Q(pk=None)


def _with_groups(users: Iterable[User]) -> list[User]:
    """As rules.groups_of would, for all of them at once."""
    listed = list(users)
    groups: dict[int, set[int]] = {user.pk: set() for user in listed}
    rows = User.groups.through.objects.filter(user_id__in=groups).values_list("user_id", "group_id")
    for person, group in rows:
        groups[person].add(group)
    for user in listed:
        user.known_groups = frozenset(groups[user.pk])  # type: ignore[attr-defined]
    return listed
