"""Who may do what with proposals, and that those of closed boards come out nowhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.utils import timezone

from forum import actions, rules
from forum.actions import AnswerDraft
from forum.enums import Circle, Held, Standing, State, Status
from forum.models import Proposal, Topic
from notices.models import Notice
from partners.actions import add_member
from partners.enums import Role
from search.models import Entry
from tests.factories import make_board, make_district, make_partner, make_proposal, make_user

pytestmark = pytest.mark.django_db
SECRET = "Шаровая молния"
ROLES = (
    *("nobody", "member", "of the group", "moderator of the board", "moderator of all", "coordinator"),
    *("for the city", "owner", "editor", "team's author", "other owner", "locked out", "banned"),
)
MODERATORS = {"moderator of the board", "moderator of all"}
EVERY_MEMBER = set(ROLES) - {"nobody", "locked out", "banned"}


@pytest.fixture
def people(city, council, moderator) -> dict[str, object]:
    partner, other = make_partner(slug="library"), make_partner()
    found: dict[str, object] = {role: make_user() for role in ROLES}
    found |= {"nobody": AnonymousUser(), "moderator of the board": moderator}
    found["of the group"].groups.add(council)
    for role, codename in (
        ("moderator of all", "moderate"),
        ("coordinator", "coordinate"),
        ("for the city", "answer_for_city"),
    ):
        found[role].user_permissions.add(Permission.objects.get(codename=codename))
    for role, kind in (("owner", Role.OWNER), ("editor", Role.EDITOR), ("team's author", Role.AUTHOR)):
        add_member(partner, found[role], kind)
    add_member(other, found["other owner"], Role.OWNER)
    found["locked out"].is_active = False
    found["banned"].silent_until = timezone.now().replace(year=rules.LAST_YEAR)
    found["library"] = partner
    return found


def who(people, allowed) -> set[str]:
    return {role for role in ROLES if allowed(people[role])}


def make(people, keepers, council, **board) -> Proposal:
    proposal = make_proposal(
        make_board(moderators=(keepers,), groups=(council,), **board), by=people["of the group"], status=Status.REVIEW
    )
    Proposal.objects.filter(pk=proposal.pk).update(responsible=people["library"])
    proposal.refresh_from_db()
    return proposal


@pytest.mark.parametrize(
    ("board", "voters"),
    [
        ({}, EVERY_MEMBER),
        ({"who_replies": Circle.GROUPS}, {"of the group", *MODERATORS}),
        ({"who_reads": Circle.MEMBERS}, EVERY_MEMBER),
        ({"who_reads": Circle.GROUPS}, {"of the group", *MODERATORS}),
    ],
)
def test_who_supports(people, keepers, council, board, voters):
    proposal = make(people, keepers, council, **board)

    assert who(people, lambda person: rules.can_support(person, proposal)) == voters


@pytest.mark.parametrize(
    ("board", "handlers"),
    [({}, {*MODERATORS, "coordinator"}), ({"who_reads": Circle.GROUPS}, MODERATORS)],
)
def test_who_handles(people, keepers, council, board, handlers):
    proposal, other = (make(people, keepers, council, **board) for _ in range(2))

    assert who(people, lambda person: rules.can_handle(person, proposal.topic)) == handlers
    assert who(people, lambda person: rules.can_step(person, proposal, Status.ACCEPTED)) == handlers
    assert who(people, lambda person: rules.can_step(person, proposal, Status.DONE)) == set()
    assert who(people, lambda person: rules.can_merge(person, proposal, other)) == (handlers if not board else set())


def test_two_of_one_closed_board_may_be_merged(people, keepers, council):
    board = make_board(moderators=(keepers,), groups=(council,), who_reads=Circle.GROUPS)
    one, other = (make_proposal(board, by=people["of the group"]) for _ in range(2))

    assert who(people, lambda person: rules.can_merge(person, one, other)) == MODERATORS


@pytest.mark.parametrize(
    ("board", "answering"),
    [({}, {"for the city", "owner", "editor"}), ({"who_reads": Circle.GROUPS}, set())],
)
def test_who_answers(people, keepers, council, board, answering):
    proposal = make(people, keepers, council, **board)

    assert who(people, lambda person: rules.can_answer(person, proposal)) == answering
    proposal.responsible = None
    assert who(people, lambda person: rules.can_answer(person, proposal)) == answering & {"for the city"}


def test_who_amends(people, keepers, council):
    proposal = make(people, keepers, council)
    draft = AnswerDraft("Роща", "Да", partner=people["library"].pk)
    actions.answer(proposal.topic, draft, by=people["editor"])
    proposal = Proposal.objects.get(pk=proposal.pk)

    assert who(people, lambda person: rules.can_amend(person, proposal)) == {"owner", "editor"}
    proposal.answer.partner_id = None
    assert who(people, lambda person: rules.can_amend(person, proposal)) == {"for the city"}


@pytest.mark.parametrize(
    ("standing", "state", "voters"),
    [
        (Standing.SHOWN, State.LOCKED, EVERY_MEMBER),
        (Standing.SHOWN, State.ARCHIVED, set()),
        (Standing.WAITING, State.OPEN, set()),
        (Standing.REMOVED, State.OPEN, set()),
    ],
)
def test_where_the_topic_stands_counts(people, keepers, council, standing, state, voters):
    proposal = make(people, keepers, council)
    proposal.topic.standing, proposal.topic.state = standing, state

    assert who(people, lambda person: rules.can_support(person, proposal)) == voters


@pytest.mark.parametrize(
    ("status", "editors"),
    [(Status.SUBMITTED, {*MODERATORS, "author"}), (Status.COLLECTING, MODERATORS), (Status.DONE, MODERATORS)],
)
def test_who_rewords_and_removes(people, keepers, status, editors):
    author = make_user()
    post = make_proposal(make_board(moderators=(keepers,)), by=author, status=status).topic.posts.get()
    everybody = {role: people[role] for role in ROLES} | {"author": author}

    assert {role for role, person in everybody.items() if rules.can_edit(person, post)} == editors
    assert {role for role, person in everybody.items() if rules.can_remove(person, post)} == editors


@pytest.mark.parametrize("action", ["support", "handle", "answer", "edit"])
def test_views_ask_the_same_rules(people, keepers, council, client, action):
    """A door that a rule closes isn't there; where it is open, the page is."""
    proposal = make(people, keepers, council)
    allowed = {
        "support": EVERY_MEMBER | {"banned"},  # the door is there; the action says no, in words
        "handle": {*MODERATORS, "coordinator"},
        "answer": {"for the city", "owner", "editor"},
        "edit": MODERATORS,
    }[action]
    opened = set()

    for role in ROLES:
        client.logout()
        if role != "nobody":
            people[role].save()
            client.force_login(people[role])
        ask = client.post if action == "support" else client.get
        answer = ask(f"/ru/forum/proposals/{proposal.pk}/{action}/")
        if answer.status_code in {200, 302} and "/login/" not in answer.get("Location", ""):
            opened.add(role)

    assert opened == allowed
    assert "banned" not in {role for role in ROLES if proposal.support_rows.filter(person=people[role].pk).exists()}


# --- nothing leaks ----------------------------------------------------------------------------------------------------
@pytest.fixture
def closed(city, council) -> Proposal:
    """A group's proposal with everything there is, beside a public one that is like it."""
    make_district("leninsky", "Ленинский")
    insider, keeper = make_user(display_name="Пётр Тайный"), make_user(is_superuser=True)
    insider.groups.add(council)
    make_proposal(make_board("Открытый", slug="open"), title="Общий зал")
    board = make_board("Совет", slug="council", who_reads=Circle.GROUPS, groups=(council,), threshold=9)
    proposal = make_proposal(
        board,
        by=insider,
        title=f"{SECRET}: зал",
        text=SECRET,
        district="leninsky",
        tags=("тайна",),
        status=Status.REVIEW,
    )
    actions.answer(proposal.topic, AnswerDraft("Совет", SECRET), by=keeper)
    actions.answer(proposal.topic, AnswerDraft("Совет", f"{SECRET}!"), by=keeper)
    Proposal.objects.filter(pk=proposal.pk).update(waiting_since=timezone.now() - timedelta(days=99))
    return proposal


def leaks(text: str) -> list[str]:
    return [word for word in (SECRET, "тайна", "Совет", "Пётр Тайный", "99 дн") if word in text]


def body(answer) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.mark.parametrize("role", ["nobody", "member"])
def test_closed_boards_proposals_come_out_nowhere(closed, client, member, role):
    if role == "member":
        client.force_login(member)
    public = Proposal.objects.get(topic__title="Общий зал")
    lists = [
        *("proposals/", "proposals/?sort=supported", "proposals/?sort=waiting", "proposals/?status=review"),
        *("proposals/?district=leninsky", "proposals/?board=open", "proposals/?waiting=1"),
        *("proposals/proposals.csv", "proposals/proposals.json", "proposals/proposals.csv?district=leninsky"),
        *("", "atom/", "open/", f"topics/{public.pk}/"),
    ]
    if role == "member":
        lists += ["proposals/similar/?q=шаровая молния зал", "open/propose/", "proposals/new/"]
    gone = [
        f"topics/{closed.pk}/",
        f"proposals/{closed.pk}/answer/history/",
        *(f"proposals/{closed.pk}/{door}/" for door in ("edit", "handle", "answer") if role == "member"),
        *(["council/propose/"] if role == "member" else []),
    ]

    assert {path: leaks(body(client.get(f"/ru/forum/{path}", follow=True))) for path in lists} == {
        path: [] for path in lists
    }
    assert {path: client.get(f"/ru/forum/{path}").status_code for path in gone} == dict.fromkeys(gone, 404)
    html = body(client.get("/ru/forum/proposals/"))
    assert '<span>Ленинский</span> <b class="num">1' not in html


def test_index_and_notices_know_nothing_of_it(closed, member):
    assert list(Entry.objects.filter(kind="proposal").values_list("title", flat=True)) == ["Общий зал"]
    assert Notice.objects.filter(person=member).count() == 0


def test_exports_of_an_insider_are_public_too(closed, client, council):
    insider = make_user()
    insider.groups.add(council)
    client.force_login(insider)

    assert SECRET in body(client.get("/ru/forum/proposals/"))
    for ending in ("csv", "json"):
        assert leaks(body(client.get(f"/ru/forum/proposals/proposals.{ending}"))) == []


@pytest.mark.parametrize("standing", [Standing.WAITING, Standing.REMOVED])
def test_waiting_and_removed_ones_stay_inside(city, client, member, keepers, moderator, standing):
    board = make_board(held=Held.ALL, moderators=(keepers,))
    proposal = make_proposal(board, by=member, title=SECRET, text=SECRET, status=Status.SUBMITTED)
    post = proposal.topic.posts.get()
    if standing == Standing.REMOVED:
        actions.remove(actions.approve(post, by=moderator), by=moderator)
    paths = ["proposals/", "proposals/?status=submitted", "proposals/proposals.csv", "proposals/proposals.json"]

    assert {path: leaks(body(client.get(f"/ru/forum/{path}"))) for path in paths} == {path: [] for path in paths}
    assert client.get(f"/ru/forum/topics/{proposal.pk}/").status_code == 404
    assert Topic.objects.get().standing == standing


def test_nobody_merges_or_links_into_what_they_may_not_read(closed, client, moderator, keepers):
    own = make_proposal(make_board(moderators=(keepers,)))
    client.force_login(moderator)

    answer = client.post(f"/ru/forum/proposals/{own.pk}/handle/", {"do": "merge", "into": str(closed.pk), "note": ""})

    assert (answer.status_code, leaks(answer.content.decode())) == (200, [])
    assert Proposal.objects.get(pk=own.pk).merged_into is None
