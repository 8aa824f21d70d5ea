from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from notices import actions
from notices.actions import Happening, tell
from notices.models import Notice
from tests.factories import make_user


def happening(key: str = "post:7", kind: str = "to_me", **fields) -> Happening:
    return Happening(kind, key, fields.pop("thread", "topic:5"), "/forum/posts/7/", **fields)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("person", "key").values_list("person__email", "key"))


def test_people_are_told_once_however_often_it_is_said(anna, boris):
    for _ in range(3):
        tell([anna.pk, boris.pk, anna.pk], happening())

    assert told() == [("anna@example.org", "post:7"), ("boris@example.org", "post:7")]


def test_who_did_it_is_never_told(anna, boris):
    tell([anna.pk, boris.pk], happening(actor=anna.pk))

    assert told() == [("boris@example.org", "post:7")]


def test_locked_and_unknown_accounts_are_left_out(anna, boris):
    User.objects.filter(pk=boris.pk).update(is_active=False)

    tell([anna.pk, boris.pk, 999_999], happening())

    assert told() == [("anna@example.org", "post:7")]


def test_nobody_to_tell_is_no_mistake(db):
    tell([], happening())

    assert told() == []


def test_unknown_kind_is_a_mistake_of_the_caller(anna):
    with pytest.raises(KeyError):
        tell([anna.pk], happening(kind="unheard"))


def test_what_was_read_stays_read_when_it_is_told_again(anna):
    tell([anna.pk], happening())
    actions.mark_read(anna, "topic:5")

    tell([anna.pk], happening())

    assert Notice.objects.get().read_at is not None


def test_opening_a_thread_marks_it_read_for_that_person_alone(anna, boris):
    for key, thread in (("post:1", "topic:5"), ("post:2", "topic:5"), ("post:3", "topic:6")):
        tell([anna.pk, boris.pk], happening(key, thread=thread))

    assert actions.mark_read(anna, "topic:5") == 2

    left = Notice.objects.filter(read_at=None).order_by("person", "key")
    assert list(left.values_list("person", "key")) == [
        (anna.pk, "post:3"),
        (boris.pk, "post:1"),
        (boris.pk, "post:2"),
        (boris.pk, "post:3"),
    ]


def test_all_are_marked_read_up_to_the_one_that_was_seen(anna):
    for number in range(3):
        tell([anna.pk], happening(f"post:{number}"))
    seen = Notice.objects.get(key="post:1")

    actions.mark_all_read(anna, seen.pk)

    assert list(Notice.objects.filter(read_at=None).values_list("key", flat=True)) == ["post:2"]


def test_what_needs_nobody_any_more_is_withdrawn_from_all(anna, boris):
    tell([anna.pk, boris.pk], happening("waiting:7"))
    tell([anna.pk, boris.pk], happening("waiting:8"))

    actions.withdraw([anna.pk, boris.pk], "waiting:7")

    assert set(Notice.objects.filter(read_at=None).values_list("key", flat=True)) == {"waiting:8"}


def test_ten_thousand_are_told_in_batches(db, django_assert_num_queries):
    people = User.objects.bulk_create(
        [User(email=f"crowd{number}@example.org", display_name=str(number)) for number in range(10_000)]
    )
    inserts = 6 if connection.vendor == "sqlite" else 1  # it takes fewer values in one statement
    queries = 20 * (2 + inserts) + 2  # each batch: who is active, what they want, the rows; the transaction around

    with django_assert_num_queries(queries):
        tell((person.pk for person in people), happening())

    assert Notice.objects.count() == 10_000


@pytest.mark.django_db(transaction=True)
def test_told_by_several_at_once_is_told_once():
    people = [make_user().pk for _ in range(5)]

    def work(_: int) -> None:
        try:
            tell(people, happening())
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(4)))

    assert Notice.objects.count() == 5
