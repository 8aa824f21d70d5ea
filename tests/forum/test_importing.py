"""manage.py import_discussions."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from forum.actions import importing
from forum.counters import differences
from forum.enums import Standing
from forum.models import Board, Imported, Post, Topic
from search.models import Entry
from tests.factories import make_board, make_user

pytestmark = pytest.mark.django_db

RECORDS: list[dict[str, Any]] = [
    {"type": "user", "id": 7, "name": "Вера С.", "email": "Vera@Example.org"},
    {"type": "user", "id": "8/ж", "name": "Безымянный"},
    {"type": "board", "id": 1, "slug": "old-crafts", "title": {"ru": "Ремесло", "en": "Crafts"}},
    {"type": "board", "id": 2, "slug": "knives", "title": "Ножи", "above": 1},
    {
        "type": "topic",
        "id": 55,
        "board": 2,
        "author": 7,
        "title": "Где точат ножи?",
        "kind": "question",
        "started_at": "2019-03-06T18:00",
        "tags": ["Ножи", "мастерские"],
    },
    {
        "type": "post",
        "id": 901,
        "topic": 55,
        "author": 7,
        "posted_at": "2019-03-06T18:00",
        "text": "Подскажите **место**.",
    },
    {
        "type": "post",
        "id": 902,
        "topic": 55,
        "author": "8/ж",
        "posted_at": "2019-03-07T09:30:00+08:00",
        "text": "У вокзала.",
    },
]


@pytest.fixture
def bring(tmp_path: Path):
    def run(records: list[Any], name: str = "old.jsonl", **options: Any) -> str:
        path = tmp_path / name
        lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records]
        path.write_text("\n".join(lines), "utf-8")
        printed = StringIO()
        call_command("import_discussions", path, stdout=printed, stderr=StringIO(), **options)
        return printed.getvalue()

    return run


def counts(printed: str) -> dict[str, tuple[int, int]]:
    return {line.split()[0]: (int(line.split()[1]), int(line.split()[3])) for line in printed.splitlines()}


def test_old_forum_comes_with_its_people_dates_and_numbers(bring):
    printed = bring(RECORDS)

    topic = Topic.objects.get()
    assert counts(printed) == {"user": (2, 0), "board": (2, 0), "topic": (1, 0), "post": (2, 0)}
    assert (topic.title, topic.kind, topic.standing, topic.last_number, topic.replies) == (
        "Где точат ножи?",
        "question",
        "shown",
        2,
        1,
    )
    assert topic.author.email == "vera@example.org"
    assert topic.last_posted_at.isoformat() == "2019-03-07T01:30:00+00:00"
    assert topic.last_author.display_name == "Безымянный"
    assert sorted(topic.tags.values_list("name", flat=True)) == ["мастерские", "ножи"]
    assert topic.board.parent.slug == "old-crafts"
    assert list(topic.posts.order_by("number").values_list("number", "html")) == [
        (1, "<p>Подскажите <strong>место</strong>.</p>"),
        (2, "<p>У вокзала.</p>"),
    ]


def test_counters_equal_a_recount(bring):
    bring(RECORDS)

    assert list(differences()) == []


def test_same_file_twice_brings_everything_once(bring):
    bring(RECORDS)

    printed = bring(RECORDS)

    assert counts(printed) == {"user": (0, 2), "board": (0, 2), "topic": (0, 1), "post": (0, 2)}
    assert (User.objects.count(), Topic.objects.count(), Post.objects.count()) == (2, 1, 2)


def test_stopped_in_the_middle_it_goes_on(bring, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    bring(RECORDS[:6])

    bring(RECORDS)

    assert list(Post.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert list(differences()) == []


def test_batch_that_fails_leaves_nothing_behind(bring, monkeypatch):
    monkeypatch.setattr(importing.index, "index_all", lambda things: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        bring(RECORDS)

    assert (User.objects.count(), Post.objects.count(), Imported.objects.count()) == (0, 0, 0)


def test_two_old_forums_do_not_mix(bring):
    bring(RECORDS, name="first.jsonl")

    bring(RECORDS, name="second.jsonl")

    assert Topic.objects.count() == 2
    assert User.objects.filter(email="vera@example.org").count() == 1
    assert Board.objects.count() == 2


def test_posts_are_found_at_once(bring):
    bring(RECORDS)

    assert Entry.objects.filter(kind="topic").count() == 2


def test_posts_on_a_closed_board_are_not_found(bring):
    make_board(slug="knives", who_reads="members")

    bring(RECORDS)

    assert Entry.objects.count() == 0


def test_account_with_the_same_address_keeps_its_name(bring):
    user = make_user(email="vera@example.org", display_name="Вера Сергеева")

    bring(RECORDS)

    assert Topic.objects.get().author == user
    assert User.objects.get(pk=user.pk).display_name == "Вера Сергеева"


def test_nobody_can_sign_in_to_an_account_without_an_address(bring):
    bring(RECORDS[:2])

    nameless = User.objects.get(display_name="Безымянный")
    assert nameless.email.endswith("@imported.invalid")
    assert not nameless.has_usable_password()


def test_people_whose_numbers_look_alike_stay_two_people(bring):
    bring([{"type": "user", "id": "8/ж", "name": "Один"}, {"type": "user", "id": "8/щ", "name": "Другой"}])

    assert sorted(User.objects.values_list("display_name", flat=True)) == ["Другой", "Один"]


def test_topic_without_posts_is_seen_by_nobody(bring):
    bring(RECORDS[:5])

    assert Topic.objects.get().standing == Standing.REMOVED


def test_what_does_not_fit_is_named_and_the_rest_is_brought(bring, capsys):
    odd = [
        "{broken",
        [1, 2],
        {"type": "reaction", "id": 1},
        {"type": "topic", "id": 56, "board": 9, "title": "Куда", "started_at": "2019-03-06"},
        {"type": "topic", "id": 57, "board": 1, "title": "", "started_at": "2019-03-06"},
        {"type": "topic", "id": 58, "board": 1, "title": "Когда", "started_at": "вчера"},
        {"type": "topic", "id": 59, "board": 1, "title": "Что", "started_at": "2019-03-06T18:00", "kind": "rant"},
        {"type": "post", "id": 904, "topic": 404, "posted_at": "2019-03-06T18:00", "text": "Где я?"},
        {"type": "post", "id": 905, "topic": 55, "posted_at": "2019-02-30T18:00", "text": "Нет такого дня"},
        {"type": "post", "id": 906, "topic": 55, "posted_at": "2019-03-09T18:00", "text": "Ы" * 200_001},
        {"type": "user", "id": 9},
        {"type": "user", "id": 10, "name": "Вера", "email": "vera at home"},
        {"type": "board", "id": 3, "slug": "desk", "title": "Стол"},
        {"type": "topic", "id": 60, "board": 1, "title": "Идея", "started_at": "2019-03-06T18:00", "kind": "proposal"},
    ]

    with pytest.raises(CommandError, match=r"^14 lines were refused"):
        bring([*RECORDS, *odd])

    assert Post.objects.count() == 2
    assert list(differences()) == []


def test_control_characters_and_forged_markup_do_no_harm(bring):
    text = "До\x00свидания \u202eназад <script>alert(1)</script>"

    bring([*RECORDS[:6], {"type": "post", "id": 7, "topic": 55, "posted_at": "2019-03-09T18:00", "text": text}])

    assert Post.objects.get(number=2).html == "<p>Досвидания назад &lt;script&gt;alert(1)&lt;/script&gt;</p>"


@pytest.mark.parametrize(
    ("name", "written", "told"),
    [("кириллица.jsonl", b"{}", "Latin letters"), ("old.jsonl", "Вера".encode("cp1251"), "isn't UTF-8")],
)
def test_file_that_cannot_be_read_is_told_in_a_line(tmp_path, name, written, told):
    (tmp_path / name).write_bytes(written)

    with pytest.raises(CommandError, match=told):
        call_command("import_discussions", tmp_path / name, stdout=StringIO(), stderr=StringIO())


def test_file_that_is_not_there_is_told_in_a_line(tmp_path):
    with pytest.raises(CommandError, match="can't be read"):
        call_command("import_discussions", tmp_path / "nowhere.jsonl", stdout=StringIO(), stderr=StringIO())
