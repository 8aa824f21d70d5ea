"""The engine on a real cluster: it passes what every engine passes and, whatever fails, loses and leaks nothing."""

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from elasticsearch import Elasticsearch

from search import actions, engines
from search.actions import Answer
from search.checks import differences, repair
from search.engines import current_engine
from search.engines.elasticsearch import breaker, building, keeping, outbox, schema
from search.engines.elasticsearch.connection import client
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.writing import Written, send
from search.enums import Access, Kind
from search.models import Change, ClusterIndex, Entry
from search.registry import EntryDraft
from search.understanding.typed import parse
from search.wanted import Wanted
from tests.factories import make_city
from tests.search.conftest import ago, ask, titles
from tests.services.cluster import Server, free_port, until
from tests.services.conftest import variables

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.services, pytest.mark.xdist_group("elasticsearch")]
COUNTED = (
    "queries_of or asks_the_database or asked_for_as_often"  # the worker's part, done before each question, asks too
)
ASKING = (
    "contract",
    "understood",
    "when_and_order",
    "judged",
    "doors",
    "otherwise",
    "views",
)  # the other tests ask no engine, or one as these do


def run_tests(*arguments: str, **variables: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTEST_"))}
    command = [sys.executable, "-m", "pytest", "-q", *arguments]

    run = subprocess.run(
        command, cwd=ROOT, env=kept | variables, capture_output=True, text=True, timeout=900, check=False
    )

    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
    assert " passed" in run.stdout.splitlines()[-1]
    assert "skipped" not in run.stdout.splitlines()[-1]


def test_tests_pass_on_elasticsearch(elasticsearch_url):
    run_tests(
        *(*(f"tests/search/test_{name}.py" for name in ASKING), "tests/search/saved/test_leaks.py"),
        *("-k", f"not ({COUNTED})"),
        LC_SEARCH_ENGINE="elasticsearch",
        LC_ELASTICSEARCH_URL=elasticsearch_url,
    )


def test_workers_lose_nothing_on_postgresql_either(services):
    run_tests(
        *(__file__, "-k", "two_workers or mid_bulk or takes_over"),
        LC_DATABASE_URL=services.postgres,
        LC_TEST_ELASTICSEARCH_SERVER=variables("LC_TEST_ELASTICSEARCH_SERVER")[0],
    )


@pytest.fixture
def engine(server, settings, transactional_db) -> Iterator[ElasticsearchEngine]:
    """Of a site with indexes of its own, all of which answer and hold nothing yet."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = server.url
    settings.ELASTICSEARCH_PREFIX = f"test-{secrets.token_hex(4)}"
    engines._engine.cache_clear()
    made = current_engine()
    settings.ELASTICSEARCH_TIMEOUT = 20.0
    made.settle()
    made.find(Wanted(parse("разогрев")))  # a server that has just started takes longer
    settings.ELASTICSEARCH_TIMEOUT = 0.8
    yield made
    for name in indexes():
        building.drop(name)
    engines._engine.cache_clear()


def write(title: str, number: int = 1, **fields) -> None:
    draft = EntryDraft("ru", title, f"/{number}/", ago(0), **fields)
    actions.write([Answer(Kind.NEWS, f"tests.thing:{number}", draft)])


def remove(number: int = 1) -> None:
    actions.remove_keys([f"tests.thing:{number}"])


def on_cluster(text: str) -> list[int] | None:
    """What the cluster itself answers; None where it is not to be asked or does not answer."""
    engine = current_engine()
    found = engine._ask_cluster(Wanted(parse(text)))
    return found and [one.entry_id for one in found.ranked]


def wrong() -> list[str]:
    return [one.line for one in differences() if "nothing public stands for it" not in one.line]


def mended() -> bool:
    return keeping.is_complete() and not Change.objects.exists() and wrong() == []


def indexes() -> list[str]:
    return sorted(client().indices.get(index=schema.every_index()))


def test_what_is_written_is_found_by_the_cluster_after_the_worker_s_part(engine):
    write("Мастерская часов")

    assert on_cluster("часы") == []
    assert Change.objects.count() == 1
    engine.settle()
    assert on_cluster("часы") == [Entry.objects.get().pk]
    assert (Change.objects.count(), wrong(), engine.trouble()) == (0, [], "")


def test_a_page_stored_before_the_cluster_knew_is_not_shown_afterwards(engine, client):
    make_city()
    engine.settle()
    write("Мастерская часов")
    address = "/ru/search/?q=часы"

    before = client.get(address).content.decode()
    engine.keep()
    after = client.get(address).content.decode()

    assert ("Мастерская часов" in before, "Мастерская" in after) == (False, True)


def test_what_changes_late_does_not_bring_back_what_is_gone(engine):
    write("Мастерская часов")
    engine.settle()
    entry = Entry.objects.get()
    late = Written(
        entry.pk, "ru", entry.version, {"entry": entry.pk, "access": "public", "title": "час", "kind": "news"}
    )

    remove()
    engine.settle()
    fates = [one.fate.value for one in send([late], outbox.filled_indexes())]
    client().indices.refresh(index=schema.aliases())

    assert (fates, on_cluster("часы"), wrong()) == (["taken"], [], [])


def test_a_clock_that_is_set_back_neither_hides_nor_revives(engine, monkeypatch):
    write("Вечер вальса", 1)
    write("Вечер фокстрота", 2)
    engine.settle()
    monkeypatch.setattr("time.time_ns", lambda: 1_000)

    write("Вечер танго", 1)
    remove(2)
    engine.settle()

    assert [on_cluster(text) for text in ("вальс", "фокстрот")] == [[], []]
    assert on_cluster("танго") == [Entry.objects.get().pk]
    assert wrong() == []


def test_changes_of_a_clock_that_was_ahead_are_sent_and_meanwhile_the_database_answers(engine):
    write("Вечер танго")
    Change.objects.update(made_at=ago(-1), due_at=ago(-1))

    assert on_cluster("танго") is None
    assert titles(ask("танго")) == ["Вечер танго"]
    engine.settle()
    assert on_cluster("танго") == [Entry.objects.get().pk]


def test_what_is_closed_shows_nowhere_and_is_counted_no_more_when_a_change_waits_long(engine):
    write("Собрание участников", 1)
    write("Собрание открытое", 2)
    engine.settle()

    write("Собрание участников", 1, access=Access.MEMBERS)

    assert titles(ask("собрание")) == ["Собрание открытое"]
    Change.objects.update(made_at=timezone.now() - outbox.BEHIND - timedelta(seconds=1))
    assert (titles(ask("собрание")), ask("собрание").total) == (["Собрание открытое"], 1)
    assert engine.trouble() == "database instead of elasticsearch, 1 changes waiting"
    engine.settle()
    assert (titles(ask("собрание")), ask("собрание").total, engine.trouble()) == (["Собрание открытое"], 1, "")


def test_the_database_answers_while_the_server_is_killed_and_nothing_is_lost(engine, server, client):
    write("Мастерская часов", 1)
    write("Мастерская мебели", 2)
    engine.settle()

    server.kill()
    began = time.monotonic()
    write("Мастерская вывесок", 3)
    remove(2)
    answers = [titles(ask("мастерская")) for _ in range(6)]
    took = time.monotonic() - began
    ready = client.get("/readyz").json()

    assert answers == [["Мастерская вывесок", "Мастерская часов"]] * 6
    assert took < 3
    assert ready["components"]["search"] == "database instead of elasticsearch, 2 changes waiting"
    with pytest.raises(Exception, match="Connection"):
        engine.keeper.step()

    server.restart()
    until(mended, seconds=60, step=engine.keep)
    time.sleep(breaker.REST)
    assert len(on_cluster("мастерская")) == 2
    assert engine.trouble() == ""


def test_a_paused_server_costs_readers_less_than_a_second_and_then_nothing(engine, server):
    write("Мастерская часов")
    engine.settle()

    with server.paused():
        times = []
        for _ in range(6):
            began = time.monotonic()
            assert titles(ask("мастерская")) == ["Мастерская часов"]
            times.append(time.monotonic() - began)

    assert max(times) < 1
    assert max(times[breaker.FAILURES :]) < 0.3
    time.sleep(breaker.REST)
    assert on_cluster("мастерская") == [Entry.objects.get().pk]


def test_changes_wait_for_a_full_disk(engine):
    write("Мастерская часов")
    engine.settle()
    block = "index.blocks.read_only_allow_delete"
    client().indices.put_settings(index=schema.aliases(), settings={block: True})

    write("Мастерская мебели")
    for _ in range(3):
        engine.keep()
        time.sleep(0.6)

    assert Change.objects.filter(rejected="", attempts__gt=1).count() == 1
    Change.objects.update(made_at=timezone.now() - outbox.BEHIND * 2)
    assert (titles(ask("мебель")), titles(ask("часы"))) == (["Мастерская мебели"], [])
    client().indices.put_settings(index=schema.aliases(), settings={block: None})
    until(mended, seconds=30, step=engine.keep)
    client().indices.refresh(index=schema.aliases())
    assert on_cluster("мебель") == [Entry.objects.get().pk]


def test_a_server_that_comes_back_empty_is_filled_again(engine, server):
    write("Мастерская часов")
    engine.settle()

    server.kill()
    server.restart("--empty")

    assert titles(ask("часы")) == ["Мастерская часов"]
    engine.keeper.looked_at = -keeping.LOOKED_AT_EVERY
    until(mended, seconds=60, step=engine.keep)
    engine.breaker.succeeded()
    assert on_cluster("часы") == [Entry.objects.get().pk]


@pytest.mark.parametrize("damage", ["other fields", "emptied", "replaced", "deleted", "without its name"])
def test_an_index_that_was_changed_under_the_site_is_mended(engine, damage):
    write("Мастерская часов")
    engine.settle()
    name = next(name for name in indexes() if schema.language_of(name) == "ru")
    indices = client().indices

    if damage == "other fields":
        indices.put_mapping(index=name, properties={"colour": {"type": "keyword"}})
    elif damage == "emptied":
        client().delete_by_query(index=name, query={"match_all": {}}, refresh=True)
    elif damage == "replaced":
        indices.delete(index=name)
        indices.create(index=name, aliases={schema.alias("ru"): {}, schema.writes_alias(name): {}})
    elif damage == "deleted":
        indices.delete(index=name)
    else:
        indices.delete_alias(index=name, name=schema.alias("ru"))
    write("Мастерская мебели", 2)
    while outbox.send_due():
        pass
    engine.tidy()
    engine.keeper.looked_at = -keeping.LOOKED_AT_EVERY
    until(mended, seconds=40, step=engine.keep)
    indices.refresh(index=schema.aliases())

    assert len(on_cluster("мастерская")) == 2
    assert len(indexes()) == len(schema.languages())


def test_a_rejected_entry_holds_up_no_others_and_is_reported(engine, server):
    name = next(name for name in indexes() if schema.language_of(name) == "ru")
    write("Мастерская часов", 1)
    write("Мастерская мебели", 2)
    engine.settle()
    narrow = schema.mapping("ru")
    narrow["properties"]["author"] = {"type": "integer"}
    client().indices.delete(index=name)
    client().indices.create(
        index=name,
        mappings=narrow,
        settings=schema.settings_of("ru", filling=False),
        aliases={schema.alias("ru"): {}, schema.writes_alias(name): {}},
    )
    actions.write_again(Entry.objects.values_list("pk", flat=True))
    outbox.send_due()

    write("Мастерская часов", 1, author="person-1")
    write("Мастерская вывесок", 3)
    while outbox.send_due():
        pass
    client().indices.refresh(index=name)

    refused = Entry.objects.get(key="tests.thing:1")
    assert len(on_cluster("мастерская")) == 2
    assert on_cluster("часы") == []
    assert engine.trouble() == "1 entries rejected by elasticsearch"
    assert [line.split(":")[0] for line in wrong()] == [f"entry {refused.pk}"]
    engine.keeper.looked_at = -keeping.LOOKED_AT_EVERY
    until(mended, seconds=40, step=engine.keep)
    assert on_cluster("часы") == [refused.pk]


def test_a_new_index_takes_over_at_once_with_what_changed_meanwhile(engine, monkeypatch):
    monkeypatch.setattr(building, "AT_ONCE", 2)
    for number in range(1, 8):
        write(f"Урок {number}", number)
    engine.settle()
    before = set(indexes())

    row = building.begin("ru")
    building.advance(row)
    write("Урок вальса", 1)
    remove(2)
    write("Урок танго", 7)
    remove(6)
    write("Урок последний", 8)
    while outbox.send_due():
        pass
    client().indices.refresh(index=schema.aliases())
    meanwhile = sorted(on_cluster("урок"))
    call_command("rebuild_index", "--engine", "elasticsearch", stdout=StringIO())

    entries = sorted(Entry.objects.values_list("pk", flat=True))
    assert meanwhile == sorted(on_cluster("урок")) == entries
    assert (wrong(), len(indexes()), before & set(indexes())) == ([], 3, set())
    assert client().indices.exists(index=row.name)


def test_a_killed_rebuild_goes_on_where_it_was(engine, monkeypatch):
    monkeypatch.setattr(building, "AT_ONCE", 2)
    for number in range(1, 8):
        write(f"Урок {number}", number)
    engine.settle()
    row = building.begin("ru")
    building.advance(row)
    out = StringIO()

    call_command("rebuild_index", "--engine", "elasticsearch", stdout=out)

    assert "Rebuilt: 5 entries of ru" in out.getvalue()
    assert (wrong(), ClusterIndex.objects.get(language="ru").name) == ([], row.name)


def test_a_rebuild_that_nobody_goes_on_with_is_finished_by_the_worker(engine):
    write("Урок")
    engine.settle()
    row = building.begin("ru")

    engine.keep()
    assert not ClusterIndex.objects.get(name=row.name).serving
    ClusterIndex.objects.filter(name=row.name).update(touched_at=timezone.now() - building.IDLE * 2)
    until(lambda: ClusterIndex.objects.get(name=row.name).serving, seconds=20, step=engine.keep)

    assert (ClusterIndex.objects.get(language="ru").name, wrong()) == (row.name, [])


def test_check_finds_and_repairs_what_differs_in_the_cluster(engine):
    for number, title in enumerate(("Урок пения", "Урок танца", "Урок лепки"), start=1):
        write(title, number)
    engine.settle()
    first, second, third = Entry.objects.order_by("pk")
    index = ClusterIndex.objects.get(language="ru").name
    client().delete(index=index, id=str(first.pk))
    client().update(index=index, id=str(second.pk), doc={"title": "подмена"})
    Entry.everything.filter(pk=third.pk)._raw_delete("default")

    lines = [line for line in wrong() if "cluster" in line]
    assert lines == [
        f"news {first.key} ru: in the cluster missing",
        f"news {second.key} ru: in the cluster differs",
        f"entry {third.pk} in the cluster, which is gone or not public",
    ]
    repair([one for one in differences() if "cluster" in one.line])
    engine.settle()
    assert wrong() == []
    assert on_cluster("урок") == [second.pk, first.pk]


def test_tombstones_are_purged_after_a_day(engine):
    write("Урок")
    engine.settle()
    remove()
    engine.settle()
    index = ClusterIndex.objects.get(language="ru").name
    assert keeping.purge_tombstones() == 0

    client().update_by_query(index=index, query={"match_all": {}}, script="ctx._source.gone -= 90000000", refresh=True)

    assert keeping.purge_tombstones() == 1


def test_another_engine_leaves_nothing_that_could_be_taken_for_true(engine, settings):
    write("Урок")
    engine.settle()

    settings.SEARCH_ENGINE = "database"
    current_engine().keep()
    write("Урок танца")
    settings.SEARCH_ENGINE = "elasticsearch"

    assert on_cluster("урок") is None
    engine.keeper.looked_at = -keeping.LOOKED_AT_EVERY
    until(mended, seconds=40, step=engine.keep)
    client().indices.refresh(index=schema.aliases())
    assert on_cluster("танец") == [Entry.objects.get().pk]


@pytest.fixture
def start_worker(engine, settings, tmp_path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    known = connection.settings_dict
    address = f"sqlite:///{known['NAME']}"
    if connection.vendor == "postgresql":
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**known)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LC_")} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "LC_DATABASE_URL": address,
        "LC_DATA_DIR": str(tmp_path),
        "LC_SEARCH_ENGINE": "elasticsearch",
        "LC_ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL,
        "LC_ELASTICSEARCH_PREFIX": settings.ELASTICSEARCH_PREFIX,
    }

    def start() -> subprocess.Popen[bytes]:
        with (tmp_path / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def write_many(count: int) -> None:
    text = "слово о городе и реке " * 200
    drafts = (EntryDraft("ru", f"Урок {number}", "/", ago(0), body=text) for number in range(count))
    actions.write(Answer(Kind.NEWS, f"tests.thing:{number}", draft) for number, draft in enumerate(drafts))


def nothing() -> None:
    pass


def test_nothing_is_lost_when_a_worker_is_killed_in_mid_bulk(engine, start_worker, monkeypatch):
    write_many(3_000)
    first = start_worker()
    until(lambda: Change.objects.count() < 3_000, seconds=60, step=nothing)

    first.send_signal(signal.SIGKILL)
    first.wait()
    left = Change.objects.count()
    start_worker()

    assert 0 < left < 3_000
    until(lambda: not Change.objects.exists(), seconds=90, step=nothing)
    client().indices.refresh(index=schema.aliases())
    assert wrong() == []


def test_two_workers_at_once_do_no_harm(engine, start_worker):
    workers = [start_worker(), start_worker()]
    for round_ in range(3):
        write_many(400)
        for number in range(round_, 400, 7):
            remove(number)

    until(lambda: not Change.objects.exists(), seconds=90, step=nothing)
    client().indices.refresh(index=schema.aliases())
    assert wrong() == []
    assert [worker.poll() for worker in workers] == [None, None]


def test_what_is_published_is_found_within_two_seconds_beside_50_writes_a_second(engine, start_worker):
    start_worker()
    write("Разогрев", 0)
    until(lambda: not Change.objects.exists(), seconds=60, step=nothing)
    ended = threading.Event()

    def write_on() -> None:
        number = 10
        while not ended.wait(0.02):
            write(f"Заметка {number}", number)
            number += 1
        connection.close()

    writer = threading.Thread(target=write_on)
    writer.start()
    times = []
    for number in range(1, 6):
        write(f"Событие{number}", number)
        began = time.monotonic()
        until(lambda number=number: bool(on_cluster(f"событие{number}")), seconds=20, step=nothing)
        times.append(time.monotonic() - began)
    ended.set()
    writer.join()

    print("published → found, seconds:", [round(seconds, 2) for seconds in times])  # noqa: T201
    assert sorted(times)[len(times) // 2] < 2


def test_a_cluster_with_tls_and_a_key_is_asked_by_ca_and_key(settings, transactional_db):
    secure = Server(variables("LC_TEST_ELASTICSEARCH_SERVER")[0], free_port(), {"ES_SECURE": "1"})
    secure.start()
    try:
        owner = Elasticsearch(secure.url, ca_certs=secure.ca, basic_auth=("elastic", secure.password))
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_PREFIX = "test-secure"
        settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_CA = secure.url, secure.ca
        rights = {"city": {"cluster": ["monitor"], "indices": [{"names": ["test-secure-*"], "privileges": ["all"]}]}}
        settings.ELASTICSEARCH_API_KEY = owner.security.create_api_key(name="city", role_descriptors=rights)["encoded"]
        settings.ELASTICSEARCH_TIMEOUT = 20.0
        engine = ElasticsearchEngine()
        engines._engine.cache_clear()
        engine = current_engine()
        write("Мастерская часов")
        engine.settle()
        found = on_cluster("часы")
        settings.ELASTICSEARCH_API_KEY = "d3Jvbmc6d3Jvbmc="
        refused = on_cluster("часы")
        settings.ELASTICSEARCH_CA = ""
        untrusted = on_cluster("часы")
    finally:
        secure.stop()
        engines._engine.cache_clear()

    assert (found, refused, untrusted) == ([Entry.objects.get().pk], None, None)
