"""Role × what a board allows × what somebody does, at every door: pages, feeds, search, exports, letters, widgets."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import transaction

from accounts.models import User
from forum.actions import watching
from forum.enums import Circle, Kind, Liking, Mode
from forum.models import Post, Proposal, Reaction, Support, Topic
from notices import mailing
from notices.actions import save_preferences
from notices.enums import Pace
from notices.models import Notice, Preferences
from tests.factories import make_board, make_news, make_proposal, make_reply, make_user
from tests.forum.conftest import GROUP, MEMBERS, MODERATORS, ROLES

pytestmark = pytest.mark.django_db
SECRET = "Шаровая молния"
CIRCLES = {Circle.EVERYONE: set(ROLES), Circle.MEMBERS: MEMBERS, Circle.GROUPS: GROUP}
# What knows the reader, and what looks the same to everybody and so may show only what everybody may read.
PERSONAL = {
    "all boards": "forum/",
    "board": "forum/matrix/",
    "topic": "forum/topics/{topic}/",
    "JSON": "forum/topics/{topic}/json/",
    "post": "forum/posts/{post}/",
    "search in the topic": "forum/search/?q={words}&topic={topic}",
    "search on the board": "forum/search/?q={words}&board=matrix",
    "search on all boards": "forum/search/?q={words}",
    "proposals": "forum/proposals/",
}
SHARED = {
    "Atom": "forum/atom/",
    "Atom of the board": "forum/matrix/atom/",
    "Atom of the topic": "forum/topics/{topic}/atom/",
    "search of the city": "search/?q={words}",
    "open data, CSV": "forum/proposals/proposals.csv",
    "open data, JSON": "forum/proposals/proposals.json",
    "news it is about": "{news}",
}


@pytest.fixture
def make_matrix(city, council, keepers) -> Callable[..., Topic]:
    """A board of these settings with a proposal about a news item, and a reply in it."""

    def made(**settings: str) -> Topic:
        board = make_board("Раздел", slug="matrix", groups=(council,), moderators=(keepers,), **settings)
        insider = make_user(is_superuser=True)
        proposal = make_proposal(board, by=insider, title=SECRET, page=make_news("Новость"))
        make_reply(proposal.topic, by=insider, text=f"{SECRET} и ответ")
        return Topic.objects.get(pk=proposal.pk)

    return made


def come(client, person) -> None:
    client.logout()
    if isinstance(person, User):
        client.force_login(person)


def open_doors(client, addresses: dict[str, str], topic: Topic) -> set[str]:
    named = {"topic": topic.pk, "post": topic.posts.latest("pk").pk, "words": quote("молния")}
    news = topic.page.url.removeprefix("/ru/")
    found = {
        name: client.get(f"/ru/{address.format(**named, news=news)}", follow=True)
        for name, address in addresses.items()
    }
    return {name for name, answer in found.items() if SECRET in words_of(answer)}


def words_of(answer) -> str:
    text = re.sub("</?mark>", "", answer.getvalue().decode())
    return json.dumps(json.loads(text), ensure_ascii=False) if "json" in answer["Content-Type"] else text


@pytest.mark.parametrize("reads", CIRCLES)
def test_who_reads_through_which_door(client, people, make_matrix, reads):
    topic = make_matrix(who_reads=reads)
    shown = set(SHARED) if reads == Circle.EVERYONE else set()
    seen = {}

    for role, person in people.items():
        come(client, person)
        seen[role] = open_doors(client, PERSONAL | SHARED, topic)

    assert seen == {role: shown | (set(PERSONAL) if role in CIRCLES[reads] else set()) for role in ROLES}


@pytest.mark.parametrize("reads", CIRCLES)
def test_who_hears_of_a_post(people, make_matrix, reads, django_capture_on_commit_callbacks):
    """Each of them follows the topic. Somebody without an account cannot; who is locked out hears nothing."""
    topic = make_matrix(who_reads=reads)
    followers = {role: person for role, person in people.items() if isinstance(person, User)}
    for person in followers.values():
        save_preferences(Preferences(person=person, followed=Pace.AT_ONCE))
        watching.set_watch(person, "topic", topic.pk, Mode.WATCH)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        post = make_reply(topic, by=topic.author, text=f"{SECRET} снова")
    mailing.send_due()

    expected = CIRCLES[reads] - {"nobody", "locked out"}
    told = set(Notice.objects.filter(key=f"post:{post.pk}").values_list("person", flat=True))
    written_to = {address for message in mail.outbox if SECRET in message.body for address in message.to}
    assert {role for role, person in followers.items() if person.pk in told} == expected
    assert {role for role, person in followers.items() if person.email in written_to} == expected


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- what people do ---------------------------------------------------------------------------------------------------
def start(client, topic: Topic) -> bool:
    said = {"kind": Kind.DISCUSSION, "title": "Новая тема", "text": "Слова"}
    client.post("/ru/forum/matrix/new/", said)
    return Topic.objects.filter(title="Новая тема").exists()


def reply(client, topic: Topic) -> bool:
    client.post(f"/ru/forum/topics/{topic.pk}/reply/", {"text": "Новый ответ"})
    return Post.objects.filter(source="Новый ответ").exists()


def react(client, topic: Topic) -> bool:
    client.post(f"/ru/forum/posts/{topic.posts.latest('pk').pk}/react/", {"reaction": Liking.USEFUL})
    return Reaction.objects.exists()


def support(client, topic: Topic) -> bool:
    client.post(f"/ru/forum/proposals/{topic.pk}/support/", {"support": "on"})
    return Support.objects.exists()


def edit(client, topic: Topic) -> bool:
    client.post(f"/ru/forum/posts/{topic.posts.latest('pk').pk}/edit/", {"text": "Исправлено"})
    return Post.objects.filter(source="Исправлено").exists()


def remove(client, topic: Topic) -> bool:
    said = {"ground": "insult", "reason": "Так нельзя"}
    client.post(f"/ru/forum/posts/{topic.posts.latest('pk').pk}/remove/", said)
    return Post.objects.filter(standing="removed").exists()


def lock(client, topic: Topic) -> bool:
    client.post(f"/ru/forum/topics/{topic.pk}/arrange/", {"state": "locked"})
    return Topic.objects.filter(state="locked").exists()


def step_on(client, topic: Topic) -> bool:
    said = {"do": "step", "status": "review", "note": ""}
    client.post(f"/ru/forum/proposals/{topic.pk}/handle/", said)
    return Proposal.objects.filter(status="review").exists()


def report(client, topic: Topic) -> bool:
    said = {"ground": "insult", "words": "Обидно"}
    client.post(f"/ru/forum/posts/{topic.posts.latest('pk').pk}/report/", said)
    return topic.posts.latest("pk").cases.exists()


WRITING = (start, reply, support)  # a vote is a word in the matter: whoever may reply has one
TAKING_PART = (react, report)
MODERATING = (edit, remove, lock, step_on)


@pytest.mark.parametrize("deed", [*WRITING, *TAKING_PART, *MODERATING], ids=lambda deed: deed.__name__)
@pytest.mark.parametrize(("reads", "writes"), [*product(CIRCLES, (Circle.MEMBERS, Circle.GROUPS))])
def test_who_does_what(client, people, make_matrix, reads, writes, deed):
    topic = make_matrix(who_reads=reads, who_starts=writes, who_replies=writes)
    done = set()

    for role, person in people.items():
        with undone():
            come(client, person)
            if deed(client, topic):
                done.add(role)

    may = {**dict.fromkeys(WRITING, CIRCLES[writes]), **dict.fromkeys(TAKING_PART, MEMBERS)}
    assert done == CIRCLES[reads] & may.get(deed, MODERATORS)
