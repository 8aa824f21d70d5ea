"""Every address of the board that names something, asked for something closed. A new view has to be named here."""

import pytest

from forum import actions, urls
from forum.enums import Circle, Ground, Penalty, Status
from forum.models import Case, Decision
from tests.factories import make_board, make_moderator, make_proposal, make_report, make_talk, make_user

pytestmark = pytest.mark.django_db
SECRET = "Шаровая молния"
TOPIC = {"topic", "topic_json", "topic_atom", "unread", "reply", "arrange", "merge_topics", "split_topic"}
PROPOSAL = {"edit_proposal", "support", "handle_proposal", "answer_proposal", "answer_history"}
POST = {"post", "history", "edit", "remove", "react", "accept", "approve", "report", "why", "restore"}
PERSON = {"report_person", "block", "desk_person", "note", "sanction"}
CASE, DECISION, SANCTION = {"case", "take"}, {"decision"}, {"lift"}
BOARD = {"board", "board_atom", "start", "propose"}


@pytest.fixture
def closed(city, council) -> dict[str, int | str]:
    """What every address would name: all of it of a board that is a group's, or of somebody who writes only there."""
    insider = make_user(display_name=f"{SECRET} Иванович")
    insider.groups.add(council)
    board = make_board(SECRET, slug="closed", who_reads=Circle.GROUPS, groups=(council,))
    proposal = make_proposal(board, by=insider, status=Status.COLLECTING, title=SECRET, text=SECRET)
    post = proposal.topic.posts.select_related("topic").get()
    reader, judge = make_user(), make_moderator()
    reader.groups.add(council)
    make_report(post, by=reader, ground=Ground.OTHER, words=SECRET)
    sanction = actions.sanction(insider, Penalty.SILENCE, by=judge, reason=SECRET, days=3)
    things = {**dict.fromkeys(TOPIC | PROPOSAL, proposal.pk), **dict.fromkeys(POST, post.pk)}
    things |= dict.fromkeys(PERSON, insider.pk) | dict.fromkeys(CASE, Case.objects.get().pk)
    things |= dict.fromkeys(DECISION, Decision.objects.latest("pk").pk) | dict.fromkeys(SANCTION, sanction.pk)
    return things | dict.fromkeys(BOARD, "closed")


def named() -> dict[str, str]:
    """Name → route of all that takes an argument."""
    return {one.name: str(one.pattern) for one in urls.urlpatterns if "<" in str(one.pattern)}


def asked(client, closed, method: str) -> dict[str, tuple[int, bool]]:
    found = {}
    for name, route in named().items():
        path = route.replace("<int:pk>", str(closed[name])).replace("<slug:slug>", str(closed[name]))
        answer = getattr(client, method)(f"/ru/forum/{path}", follow=True)
        found[name] = (answer.status_code, SECRET in answer.content.decode())
    return found


def test_every_address_is_named(closed):
    assert set(closed) == set(named())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["member", "moderator of another board"])
def test_no_address_opens_what_is_closed(client, closed, member, moderator, keepers, method, who):
    make_talk(make_board(moderators=(keepers,)), by=member)
    client.force_login(member if who == "member" else moderator)

    found = asked(client, closed, method)

    assert {name: answer for name, answer in found.items() if answer not in [(404, False), (405, False)]} == {}


@pytest.mark.parametrize("word", ["", "off"])
def test_blocking_by_number_does_not_tell_who_has_an_account(client, city, member, word):
    hidden = make_user(display_name=SECRET)
    client.force_login(member)

    answer = client.post(f"/ru/forum/people/{hidden.pk}/block/", {word: "1"} if word else {}, follow=True)

    assert SECRET not in answer.content.decode()


def test_no_address_shows_a_stranger_what_is_closed(client, closed):
    """Whoever isn't signed in is asked to do so, or finds nothing."""
    found = {method: asked(client, closed, method) for method in ("get", "post")}

    leaks = {(method, name) for method, answers in found.items() for name, (_code, leak) in answers.items() if leak}
    assert leaks == set()
    assert {code for answers in found.values() for code, _leak in answers.values()} <= {200, 404, 405}
