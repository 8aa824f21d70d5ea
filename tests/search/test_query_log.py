"""What people look for is counted, by nobody's name, and never in anybody's way."""

import io
import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from common import counting
from common.stored_pages import front
from search.models import AskedFor
from search.query_log import noting, visits, writing
from search.query_log.buffer import MOST_ROWS, MOST_VISITS, Buffer, Row
from search.query_log.words import filters_in_words, is_personal, normalised
from search.tasks import clear_what_was_asked_for
from tests.factories import make_user

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
OTHER = "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
COUNTS = ("hits", "asked", "visits", "clicks", "rank_sum", "rank_worst")


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    noting.buffer.rows.clear()
    noting.buffer.clicks.clear()
    yield
    noting.buffer.rows.clear()
    noting.buffer.clicks.clear()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"user-agent": BROWSER})


def look(client: Client, text: str, *, language: str = "ru", **asked: str):
    headers = {name: asked.pop(name) for name in ("user_agent", "sec_purpose", "x_forwarded_for") if name in asked}
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(f"/{language}/search/", {"q": text, **asked}, headers=headers or None)


def click(client: Client, **said: str | list[str]) -> int:
    """The answer's status; what is said goes as the script sends it."""
    body = "&".join(f"{name}={value}" for name, value in said.items())
    kind = "application/x-www-form-urlencoded"
    return client.post("/ru/search/clicked/", body, content_type=kind).status_code


def counted(text: str) -> list[tuple[int, ...]]:
    noting.buffer.flush()
    return list(AskedFor.objects.filter(text=text).order_by("filters").values_list(*COUNTS))


def texts() -> list[str]:
    noting.buffer.flush()
    return sorted(AskedFor.objects.values_list("text", flat=True))


# --- how it is written ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("  Ремонт \t ВЕЛОСИПЕДА\n", "ремонт велосипеда"),
        ("\u200bскрытый\u202e\x00", "скрытый"),
        ("Ｃ++", "c++"),
        ("а" * 500, "а" * 100),
        ("!!! ???", ""),
        ("", ""),
    ],
)
def test_text_is_written_in_one_way(typed, written):
    assert normalised(typed) == written


@pytest.mark.parametrize(
    "text",
    [
        "ivan@example.org",
        "кто такой иван＠почта.рф",
        "@ivanov",
        "89021234567",
        "мой +7 (902) 123-45-67",
        "22-33-44",
        "паспорт 25 04 123456",
        "٠١٢٣٤٥٦",
        "664000",
        "слово " * 30 + "ivan@example.org",
    ],
)
def test_what_could_be_somebodys_is_never_written(text):
    assert normalised(text) == ""


@pytest.mark.parametrize("text", ["9 мая", "09.05.2026", "2026-05-09", "курсы 2026/27", "1941–1945", "10 000 шагов"])
def test_dates_and_years_are_no_long_numbers(text):
    assert not is_personal(text)


def test_filters_are_written_in_words_and_sorted():
    chosen = {"kind": ("page", "news"), "district": ("left",), "topic": ("89021234567",)}

    assert filters_in_words(chosen) == "district=left kind=news kind=page"
    assert len(filters_in_words({"topic": tuple(f"{'x' * 70}-{number}" for number in range(9))})) <= 200


# --- what is counted --------------------------------------------------------------------------------------------------


def test_search_is_counted_with_its_hits_and_filters(city, reader, add):
    add("Шитьё", district="left")
    add("Шитьё у реки", district="right")

    look(reader, "Шитьё")
    look(reader, "шитьё ", district="left")
    look(reader, "шитьё ", district="left")

    assert counted("шитьё") == [(2, 1, 1, 0, 0, 0), (1, 2, 0, 0, 0, 0)]
    assert list(AskedFor.objects.order_by("filters").values_list("language", "filters", "day")) == [
        ("ru", "", timezone.localdate()),
        ("ru", "district=left", timezone.localdate()),
    ]


def test_search_that_finds_nothing_is_counted(city, reader):
    look(reader, "флейта")

    assert counted("флейта") == [(0, 1, 1, 0, 0, 0)]


def test_visits_are_told_apart_by_address_and_browser(city, reader, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    for address, agent in (("10.0.0.1", BROWSER), ("10.0.0.2", BROWSER), ("10.0.0.2", OTHER), ("10.0.0.1", BROWSER)):
        look(reader, "шитьё", x_forwarded_for=f"6.6.6.6, {address}", user_agent=agent)
        noting.buffer.flush()

    assert counted("шитьё") == [(0, 4, 3, 0, 0, 0)]


def test_address_a_reader_makes_up_is_not_believed(city, reader):
    look(reader, "шитьё", x_forwarded_for="10.0.0.1", user_agent=BROWSER)
    look(reader, "шитьё", x_forwarded_for="10.0.0.2", user_agent=BROWSER)

    assert counted("шитьё") == [(0, 2, 1, 0, 0, 0)]


def test_stored_page_that_django_never_sees_is_counted(city, reader, add):
    add("Шитьё")
    never = pytest.fail
    environ = RequestFactory()._base_environ(
        PATH_INFO="/ru/search/", QUERY_STRING="q=%D1%88%D0%B8%D1%82%D1%8C%D1%91", HTTP_USER_AGENT=BROWSER
    )
    look(reader, "шитьё")

    for _ in range(3):
        b"".join(front(never)(environ | {"wsgi.input": io.BytesIO()}, lambda status, headers: None))
    b"".join(front(never)(environ | {"REQUEST_METHOD": "HEAD"}, lambda status, headers: None))

    assert counted("шитьё") == [(1, 4, 1, 0, 0, 0)]


def test_page_from_the_middlewares_store_is_counted_for_strangers_and_members(city, reader):
    look(reader, "шитьё")
    look(reader, "шитьё")
    reader.force_login(make_user())
    look(reader, "шитьё")
    look(reader, "шитьё")

    assert counted("шитьё") == [(0, 4, 1, 0, 0, 0)]


@pytest.mark.parametrize(
    "agent", ["", "Mozilla/5.0 (compatible; YandexBot/3.0)", "Googlebot/2.1", "curl/8.0", "python-requests/2.32"]
)
def test_machines_are_not_counted(city, reader, agent):
    look(reader, "шитьё", user_agent=agent)
    look(reader, "шитьё", user_agent=agent)

    assert texts() == []


def test_browser_that_only_looks_ahead_is_not_counted(city, reader):
    look(reader, "шитьё", user_agent=BROWSER, sec_purpose="prefetch;prerender")

    assert texts() == []


def test_further_pages_are_no_search_of_their_own(city, reader, add):
    for number in range(25):
        add(f"Урок {number}")

    look(reader, "урок")
    look(reader, "урок", page="2")
    look(reader, "урок", page="2")

    assert counted("урок") == [(25, 1, 1, 0, 0, 0)]


def test_search_without_words_or_with_an_address_is_not_counted(city, reader):
    look(reader, "")
    look(reader, "ivan@example.org")
    look(reader, "8 902 123-45-67")

    assert texts() == []


def test_nothing_of_an_address_reaches_the_database(city, reader):
    look(reader, "шитьё")
    noting.buffer.flush()

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM search_askedfor")
        [row] = cursor.fetchall()

    assert len(row) == 11
    assert [value for value in row if isinstance(value, str)][-3:] == ["шитьё", "ru", ""]
    assert not any(isinstance(value, bytes | memoryview) for value in row)


def test_key_and_hashes_of_another_day_are_others(db):
    today = timezone.localdate()
    environ = {"REMOTE_ADDR": "10.0.0.1", "HTTP_USER_AGENT": BROWSER}

    first, again = visits.visit_of(environ, "шитьё", day=today), visits.visit_of(environ, "шитьё", day=today)
    other_words = visits.visit_of(environ, "урок", day=today)
    tomorrow = visits.visit_of(environ, "шитьё", day=today + timedelta(days=1))

    assert first == again
    assert len({first, other_words, tomorrow}) == 3


# --- clicks -----------------------------------------------------------------------------------------------------------


def test_clicks_add_to_the_search_they_answer(city, reader, add):
    add("Шитьё", district="left")
    look(reader, "Шитьё", district="left")

    answers = [click(reader, q="Шитьё", district="left", rank=rank) for rank in ("2", "9", "9")]

    assert answers == [204, 204, 204]
    assert counted("шитьё") == [(1, 1, 1, 2, 11, 9)]


def test_click_on_a_search_that_nobody_made_adds_nothing(city, reader):
    assert click(reader, q="шитьё", rank="1") == 204
    assert texts() == []


def test_click_waits_for_another_process_to_write_the_search(city, reader, settings):
    settings.SEARCH_LOG_SECONDS = 60
    noting.buffer.thread = threading.current_thread()  # as if one ran
    try:
        click(reader, q="шитьё", rank="1")
        noting.buffer.flush(all_clicks=False)
    finally:
        noting.buffer.thread = None

    assert len(noting.buffer.clicks) == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"q": "шитьё"},
        {"rank": "1"},
        *({"q": "шитьё", "rank": rank} for rank in ("0", "-1", "x", "٣", "201", "1e9")),
    ],
)
def test_click_that_no_page_sends_is_refused(city, reader, said):
    assert click(reader, **said) == 400


def test_click_is_a_short_form_sent_by_post(city, reader):
    address = "/ru/search/clicked/"

    assert click(reader, q="а" * 5_000, rank="1") == 400
    assert reader.post(address, '{"q": "шитьё"}', content_type="application/json").status_code == 400
    assert reader.post(address, {"q": "шитьё", "rank": "1"}).status_code == 400  # multipart
    assert reader.get(address).status_code == 405


def test_click_needs_no_token_and_counts_from_our_own_pages_only(city):
    client = Client(enforce_csrf_checks=True, headers={"user-agent": BROWSER})
    look(client, "шитьё")
    elsewhere = {"sec-fetch-site": "cross-site"}
    kind = "application/x-www-form-urlencoded"

    here = client.post("/ru/search/clicked/", "q=шитьё&rank=1", content_type=kind)
    there = client.post("/ru/search/clicked/", "q=шитьё&rank=2", content_type=kind, headers=elsewhere)

    assert (here.status_code, there.status_code) == (204, 204)
    assert counted("шитьё") == [(0, 1, 1, 1, 1, 1)]


def test_clicks_in_a_flood_are_not_counted(city, reader):
    look(reader, "шитьё")

    answers = {click(reader, q="шитьё", rank=str(rank)) for rank in range(1, 101)}

    assert answers == {204}
    assert counted("шитьё")[0][3] == 30


def test_results_carry_their_rank_and_tell_where_words_were_typed(city, client, add):
    for number in range(25):
        add(f"Урок {number}")

    second = client.get("/ru/search/", {"q": "урок", "page": "2"}).content.decode()
    everything = client.get("/ru/search/").content.decode()

    assert 'data-rank="21"' in second
    assert 'data-rank="20"' not in second
    assert 'data-clicked="/ru/search/clicked/"' in second
    assert "data-clicked" not in everything


# --- writing ----------------------------------------------------------------------------------------------------------


def row(text: str = "шитьё", day=None) -> Row:
    return Row(day or timezone.localdate(), text, "ru", "")


def test_two_processes_add_to_the_same_row(db):
    one, other = Buffer(writing.write), Buffer(writing.write)
    one.ask(row(), 3, b"1")
    one.ask(row(), 3, b"2")
    other.ask(row(), 4, b"2")
    other.ask(row(), 4, b"3")

    one.flush()
    other.flush()

    assert counted("шитьё") == [(4, 4, 3, 0, 0, 0)]


def test_writing_asks_the_database_in_one_go_for_the_rows_and_once_for_each(db, django_assert_num_queries):
    buffer = Buffer(writing.write)
    for number in range(5):
        buffer.ask(row(f"урок {number}"), 1, b"1")

    with django_assert_num_queries(9):  # savepoint and its end, the day's number of rows, new rows, five additions
        buffer.flush()


class Away:
    """Writes as search.query_log.writing does, to a database that can be away when everything is done."""

    def __init__(self) -> None:
        self.away = False

    def __call__(self, counts, clicks) -> None:
        with transaction.atomic():
            writing.write(counts, clicks)
            if self.away:
                raise OperationalError("database is locked")


def test_what_cannot_be_written_waits_and_counts_once(db, caplog):
    database = Away()
    buffer = Buffer(database)
    database.away = True
    buffer.ask(row(), 3, b"1")
    buffer.flush()
    buffer.ask(row(), 5, b"1")
    buffer.ask(row(), 5, b"2")
    database.away = False

    buffer.flush()
    buffer.flush()

    assert counted("шитьё") == [(5, 3, 2, 0, 0, 0)]
    assert "not written down yet: OperationalError" in caplog.text


def test_click_counts_once_though_the_first_writing_failed(db):
    database = Away()
    buffer = Buffer(database)
    buffer.ask(row(), 3, b"1")
    buffer.flush()
    buffer.click(row(), 7, b"c")
    database.away = True
    buffer.flush()
    waiting = len(buffer.clicks)
    database.away = False

    buffer.flush()
    buffer.click(row(), 7, b"c")
    buffer.flush()

    assert waiting == 1
    assert counted("шитьё") == [(3, 1, 1, 1, 7, 7)]


def test_a_flood_is_not_kept(db):
    buffer = Buffer(writing.write)
    for number in range(MOST_ROWS + 50):
        buffer.ask(row(f"урок {number}"), 1, b"1")
    for number in range(MOST_VISITS + 50):
        buffer.ask(row("урок 0"), 1, number.to_bytes(4, "big"))

    assert len(buffer.rows) == MOST_ROWS
    assert sum(len(count.visits) for count in buffer.rows.values()) == MOST_VISITS
    assert buffer.rows[row("урок 0")].asked == MOST_VISITS + 51


def test_a_day_has_so_many_rows_and_no_more(db, monkeypatch):
    monkeypatch.setattr(writing, "MOST_ROWS_A_DAY", 2)
    buffer = Buffer(writing.write)
    for text in ("а", "б"):
        buffer.ask(row(text), 1, b"1")
    buffer.flush()

    for text in ("б", "в"):
        buffer.ask(row(text), 1, b"2")
    buffer.flush()

    assert list(AskedFor.objects.order_by("text").values_list("text", "asked")) == [("а", 1), ("б", 2)]


def test_counting_never_breaks_a_page(city, reader, caplog):
    counting.register(noting.NAME, lambda shown, environ: 1 / 0)
    try:
        answers = [look(reader, "шитьё").status_code for _ in range(2)]
    finally:
        counting.register(noting.NAME, noting.count)

    assert answers == [200, 200]
    assert caplog.text.count("not counted: search") == 2


def test_counting_works_without_the_shared_cache(city, reader, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *args, **kwargs: False)
    monkeypatch.setattr(cache, "get", lambda *args, **kwargs: None)
    visits._keys.clear()

    visit = visits.visit_of({"REMOTE_ADDR": "10.0.0.1"}, day=timezone.localdate())

    assert len(visit) == 16
    assert visits.is_first(visit, timezone.localdate()) is False


def test_page_costs_no_query_for_being_counted(city, reader, django_assert_num_queries):
    look(reader, "шитьё")

    with django_assert_num_queries(0):
        look(reader, "шитьё")

    assert counted("шитьё")[0][1] == 2


def test_threads_count_all_of_it(db):
    buffer = Buffer(writing.write)

    def ask() -> None:
        for number in range(200):
            buffer.ask(row(f"урок {number % 3}"), 1, b"1")

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(count.asked for count in buffer.rows.values()) == 800


@pytest.mark.django_db(transaction=True)
def test_thread_writes_by_itself(settings):
    settings.SEARCH_LOG_SECONDS = 0.05
    buffer = Buffer(writing.write)
    try:
        buffer.ask(row(), 3, b"1")
        buffer.click(row(), 2, b"c")

        assert _soon(lambda: AskedFor.objects.filter(asked=1, clicks=1, rank_sum=2).exists())
    finally:
        buffer.stop()


@pytest.mark.django_db(transaction=True)
def test_what_a_web_servers_worker_has_counted_is_written_when_it_ends(settings):
    settings.SEARCH_LOG_SECONDS = 3_600
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()
    worker = multiprocessing.get_context("fork").Process(target=lambda: Buffer(writing.write).ask(row(), 3, b"1"))

    worker.start()
    worker.join(timeout=30)

    assert worker.exitcode == 0
    assert list(AskedFor.objects.values_list("text", "asked", "visits")) == [("шитьё", 1, 1)]


def _soon(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def test_rows_go_after_180_days(db):
    today = timezone.localdate()
    for days in (179, 180, 181, 400):
        AskedFor.objects.create(day=today - timedelta(days=days), text="шитьё", language="ru", hits=1)

    clear_what_was_asked_for.call()
    clear_what_was_asked_for.call()

    assert [(today - day).days for day in AskedFor.objects.order_by("-day").values_list("day", flat=True)] == [179, 180]
