"""Days, orders and certain entries: the same of every engine."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from search.engines import current_engine
from search.models import Entry
from search.query import Query
from search.understanding import understand
from search.wanted import NEWEST, Days
from tests.search.conftest import ago, ask, titles


def test_what_has_expired_is_in_no_answer(add):
    add("Запись на весну", until=ago(1))
    add("Запись на осень", until=ago(-1))

    results = ask("запись")

    assert (titles(results), results.total, results.facets["kind"]) == (["Запись на осень"], 1, {"news": 1})
    assert titles(ask("")) == ["Запись на осень"]


def test_days_narrow_by_when_it_takes_place_else_by_when_it_was_published(add):
    add("Ярмарка сегодня", starts=ago(0), days_old=40)
    add("Ярмарка через месяц", starts=ago(-40))
    add("Ярмарка идёт", starts=ago(20), ends=ago(-20), days_old=40)
    add("Ярмарка была", days_old=40)
    add("Ярмарка объявлена")
    today = localdate()

    results = ask("ярмарка", days=Days(today, today))

    assert sorted(titles(results)) == ["Ярмарка идёт", "Ярмарка объявлена", "Ярмарка сегодня"]
    assert (results.total, results.unfiltered) == (3, 5)
    assert results.facets["when"]["today"] == 3
    assert sorted(titles(ask("", days=Days(today, today)))) == sorted(titles(results))


def test_a_day_begins_and_ends_in_the_city(add):
    """Between midnight there and midnight in Greenwich the two dates differ."""
    zone = ZoneInfo("Asia/Irkutsk")
    for hour, title in ((-1, "Накануне"), (0, "Первое"), (7, "Утро"), (23, "Последнее"), (24, "Назавтра")):
        moment = datetime(2027, 3, 10, tzinfo=zone) + timedelta(hours=hour, minutes=30)
        add(title, starts=moment, ends=moment + timedelta(minutes=10))
    day = date(2027, 3, 10)

    assert sorted(titles(ask("", days=Days(day, day)))) == ["Первое", "Последнее", "Утро"]


def test_days_count_as_if_no_days_were_chosen(add):
    add("Ярмарка мёда", starts=ago(0), district="left")
    add("Ярмарка книг", starts=ago(-400), district="right")
    future = localdate() + timedelta(days=400)

    facets = ask("ярмарка", days=Days(future, future)).facets

    assert facets["when"]["today"] == 1
    assert facets["district"] == {"right": 1}


def test_days_find_what_the_pool_did_not_hold(add, small_pool):
    add("Ярмарка мёда", starts=ago(-400))
    for number in range(7):
        add(f"Ярмарка {number}")
    day = localdate() + timedelta(days=400)

    assert titles(ask("ярмарка", days=Days(day, day))) == ["Ярмарка мёда"]


def test_the_newest_come_first_where_that_is_wanted(add):
    add("Лекция", days_old=3)
    add("Вечер", body="После чая лекция.", days_old=1)
    add("Лекция о лекциях", days_old=9)

    assert titles(ask("лекция", order="date")) == ["Вечер", "Лекция", "Лекция о лекциях"]


def test_the_nearest_come_first_and_what_is_nowhere_last(add):
    add("Клуб далеко", latitude=52.4, longitude=104.5)
    add("Клуб в сети")
    add("Клуб рядом", latitude=52.281, longitude=104.281)

    found = ask("клуб", order="near", near="52.28,104.28")

    assert titles(found) == ["Клуб рядом", "Клуб далеко", "Клуб в сети"]


def test_a_thing_of_two_kinds_is_one_among_all(add):
    add("Скамейки", kind="proposal", within="forum board-1 topic-1")
    add("Скамейки", body="За!", kind="topic", is_part=True, within="forum board-1 topic-1")
    add("Скамейки у дома")

    results = ask("скамейки")
    narrowed = ask("скамейки", kind="topic")

    assert results.facets["kind"] == {"proposal": 1, "topic": 1, "news": 1}
    assert (results.total, results.widened) == (2, {})
    assert (narrowed.total, narrowed.widened) == (1, {"kind": 2})


def test_among_some_entries_only_those_are_ranked_and_counted_in_the_total(add):
    kept = {add("Велосипед", days_old=1).pk, add("Велосипед зимой", language="be", days_old=2).pk, add("Самокат").pk}
    add("Новый велосипед")
    everything = understand(Query("велосипед", order=NEWEST)).wanted

    found = current_engine().find(replace(everything, among=frozenset(kept)))
    nothing = current_engine().find(replace(everything, among=frozenset()))

    assert [Entry.objects.get(pk=one.entry_id).title for one in found.ranked] == ["Велосипед", "Велосипед зимой"]
    assert (found.total, found.unfiltered) == (2, 3)
    assert (nothing.ranked, nothing.total) == ([], 0)


def test_certain_entries_are_found_though_many_better_ones_fit(add, small_pool, monkeypatch):
    monkeypatch.setattr("search.engines.database.JUDGED", 2)
    old = [add("Лодка", body=f"Весло {number}", district="left", days_old=99).pk for number in range(2)]
    for number in range(small_pool):
        add(f"Лодка {number}", district="left" if number < 3 else "right")
    wanted = understand(Query("лодка", chosen={"district": ("left",)})).wanted

    found = current_engine().find(replace(wanted, among=frozenset(old)))

    assert sorted(one.entry_id for one in found.ranked) == old
