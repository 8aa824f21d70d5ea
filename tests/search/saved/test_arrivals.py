"""What is new, and what only looks so."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from search import actions as index
from search.actions import Answer
from search.enums import Access, Kind
from search.models import Arrival, Entry, Reached
from search.registry import EntryDraft
from search.saved import arrivals
from tests.search.conftest import ago


def again(entry: Entry, **fields) -> None:
    """Written once more, with other words."""
    known = {"title": entry.title, "language": entry.language, "url": entry.url, "published": entry.published}
    known["translation_key"] = entry.translation_key
    index.write([Answer(entry.kind, entry.key, EntryDraft(**{**known, **fields}))])


def came() -> dict[str, datetime]:
    return dict(Arrival.objects.values_list("thing", "at"))


def test_thing_comes_when_its_entry_was_written_whenever_it_was_published(add):
    entry = add("Старое", days_old=900)

    arrivals.note()

    assert came() == {entry.translation_key: datetime.fromtimestamp(entry.version / 1_000_000, UTC)}


def test_thing_that_is_written_again_does_not_come_again(add):
    entry = add("Новость")
    arrivals.note()
    before = came()

    again(entry, title="Новость, исправленная")
    arrivals.note()

    assert came() == before


def test_translation_is_no_new_thing(add):
    add("Новость", translation_key="one")
    arrivals.note()
    before = came()

    add("News", language="en", translation_key="one")
    arrivals.note()

    assert came() == before


def test_thing_comes_when_everybody_may_see_it(add):
    entry = add("Тайна", access=Access.MEMBERS)
    arrivals.note()
    hidden = came()

    again(entry, access=Access.PUBLIC)
    arrivals.note()

    assert (hidden, list(came())) == ({}, [entry.translation_key])


def test_thing_that_went_soon_comes_again(add):
    entry = add("Новость")
    arrivals.note()
    before = came()[entry.translation_key]
    index.remove_keys([entry.key])
    arrivals.note()
    gone = arrivals.forget_gone()

    again(entry)
    arrivals.note()

    assert gone == 1
    assert came()[entry.translation_key] > before


def test_thing_that_went_after_a_long_time_does_not_come_again(add):
    entry = add("Новость")
    arrivals.note()
    Arrival.objects.update(at=ago(40))

    index.remove_keys([entry.key])

    assert (arrivals.forget_gone(), list(came())) == (0, [entry.translation_key])


def test_entry_of_a_long_transaction_comes_no_earlier_than_what_was_told(add):
    add("Первая")
    arrivals.note()
    late = add("Поздняя")
    Entry.objects.filter(pk=late.pk).update(version=late.version - 20 * 60 * 1_000_000)
    began = timezone.now()

    arrivals.note()

    told_until = began - arrivals.SETTLED
    assert came()[late.translation_key] > told_until


def test_what_was_there_before_anybody_counted_is_old(add):
    entry = add("Давняя")
    Entry.objects.update(version=1_600_000_000_000_000)

    arrivals.note()

    assert came()[entry.translation_key] == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    assert Reached.objects.get(name=arrivals.NAME).version == 1_600_000_000_000_000


def test_more_than_a_batch_is_noted_once(add, monkeypatch):
    monkeypatch.setattr(arrivals, "BATCH", 2)
    for number in range(5):
        add(f"Новость {number}")

    noted = [arrivals.note(), arrivals.note()]

    assert (noted, Arrival.objects.count()) == ([5, 0], 5)


def test_entries_between_are_those_of_all_languages(add):
    entries = {add("Новость", translation_key="one").pk, add("News", language="en", translation_key="one").pk}
    add("Тайна", kind=Kind.TOPIC, access=Access.MEMBERS, translation_key="one")
    arrivals.note()
    now = timezone.now()

    hour = timedelta(hours=1)
    assert arrivals.entries_between(now - hour, now) == entries
    assert arrivals.entries_between(now, now + hour) == frozenset()
