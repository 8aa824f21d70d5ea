"""How fast the index answers: fills a database of its own with invented entries and asks it.

    python bench/bench_search.py [--entries 100000] [--questions 300] [--database postgres://…] [--cluster http://…]

Titles and texts are words of an invented language, drawn so that few are very common and most are rare, as in real
texts. Questions take words from entries' titles and texts, so that all of them have answers.
"""

# ruff: noqa: E402 – the database is chosen before Django is set up
import argparse
import gc
import io
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from functools import cache
from itertools import accumulate
from typing import Any

import django

PARSER = argparse.ArgumentParser(description="How fast the index answers.")
PARSER.add_argument("--entries", type=int, default=100_000)
PARSER.add_argument("--questions", type=int, default=300)
PARSER.add_argument("--database", default="", help="an empty database; without it one on SQLite, thrown away")
PARSER.add_argument("--cluster", default="", help="ask this Elasticsearch; what is made there is taken away again")
ARGUMENTS = PARSER.parse_args()
FOLDER = tempfile.TemporaryDirectory(prefix="bench-search-")
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    "LC_DATABASE_URL": ARGUMENTS.database or f"sqlite:///{FOLDER.name}/bench.sqlite3",
    "LC_DATA_DIR": FOLDER.name,
    "LC_STATIC_ROOT": FOLDER.name,
    "LC_LOG_LEVEL": "WARNING",
    "LC_ELASTICSEARCH_PREFIX": f"bench-{os.getpid()}",
    "LC_ELASTICSEARCH_URL": ARGUMENTS.cluster,
}
django.setup()

from django.conf import settings
from django.core.cache import cache as store
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from common import statistics as table_statistics
from search import actions
from search.actions import Answer
from search.engines import current_engine
from search.models import Entry
from search.queries import Results, find
from search.query import Query
from search.registry import EntryDraft
from search.suggestions import suggest
from search.understanding import lexicon
from search.understanding.keyboard import TO_LATIN

WORDS, BATCH = 60_000, 500
REBUILT = 20_000
WRITES, WRITES_A_SECOND = 500, 50
EVERY = 0.3  # seconds, as the worker looks after what is to be told to a cluster
PARTNERS = 40
SYLLABLES = [first + second for first in "бвгдзклмнпрст" for second in "аеиоу"]
ENDINGS = ["", "а", "у", "ом", "ы", "ов", "ам", "ами", "ах", "е"]
# As often as words and their endings are in texts that people write: after a million words a tenth are new ones.
WEIGHTS = list(accumulate((rank + 20) ** -1.15 for rank in range(WORDS)))
HOW_OFTEN = list(accumulate([40, 16, 10, 8, 7, 6, 5, 4, 2, 2]))


def main() -> None:
    call_command("migrate", verbosity=0)
    fill(ARGUMENTS.entries)
    look_after()
    with cluster() if ARGUMENTS.cluster else nullcontext():
        if not ARGUMENTS.cluster:
            rebuild(min(ARGUMENTS.entries, REBUILT))
        ask(ARGUMENTS.questions, ARGUMENTS.entries)
        publish()
    if not ARGUMENTS.cluster:
        type_(ARGUMENTS.questions, ARGUMENTS.entries)


@contextmanager
def cluster() -> Iterator[None]:
    """Filled from the entries, and asked from then on. A server that has just begun takes its time."""
    from search.engines.elasticsearch import schema
    from search.engines.elasticsearch.connection import client

    settings.SEARCH_ENGINE = "elasticsearch"
    started = time.perf_counter()
    call_command("rebuild_index", engine="elasticsearch", stdout=io.StringIO())
    print(f"rebuilt: {ARGUMENTS.entries / (time.perf_counter() - started):.0f} entries a second")
    patience, settings.ELASTICSEARCH_TIMEOUT = settings.ELASTICSEARCH_TIMEOUT, 20.0
    ask(ARGUMENTS.questions // 5, ARGUMENTS.entries)
    settings.ELASTICSEARCH_TIMEOUT = patience
    yield
    client().indices.delete(index=",".join(client().indices.get(index=schema.every_index())))


def fill(entries: int) -> None:
    if Entry.objects.count() >= entries:
        return
    started = time.perf_counter()
    for number in range(0, entries, BATCH):
        actions.write(answers(number, min(number + BATCH, entries)))
        print(f"\r{number + BATCH} of {entries}", end="", file=sys.stderr)
    seconds = time.perf_counter() - started
    print(f"\nwritten: {entries} entries, {entries / seconds:.0f} a second")


def look_after() -> None:
    """As the worker does within the hour: words that may be misspelled, and what the database knows of its tables."""
    lexicon.learn_new()
    table_statistics.gather()
    connection.close()  # one that is open goes on with what it knew


def rebuild(most: int) -> None:
    """As `rebuild_index --engine database` does, of so many; what they hold is written anew."""
    store.clear()
    started = time.perf_counter()
    done = next(done for done in actions.rewrite() if done >= most)
    print(f"rebuilt: {done / (time.perf_counter() - started):.0f} entries a second")
    store.clear()


def publish() -> None:
    """How long after its transaction something is found, while fifty are written each second."""
    written: list[tuple[int, float]] = []
    is_over = threading.Event()

    def write() -> None:
        for number in range(WRITES):
            draft = EntryDraft("ru", f"новинка{number} {os.getpid()}", f"/new/{number}/", timezone.now())
            actions.write([Answer("page", f"bench.new:{number}", draft)])
            written.append((number, time.perf_counter()))
            time.sleep(max(0.0, started + (number + 1) / WRITES_A_SECOND - time.perf_counter()))
        connection.close()

    def keep() -> None:
        while not is_over.is_set():
            if not current_engine().keep():
                time.sleep(EVERY)
        connection.close()

    started, delays = time.perf_counter(), []
    threads = [threading.Thread(target=write), threading.Thread(target=keep)]
    for thread in threads:
        thread.start()
    while threads[0].is_alive():
        if written:
            number, moment = written[-1]
            while not find(Query(f"новинка{number}", exact=True)).total:
                time.sleep(0.005)
            delays.append((time.perf_counter() - moment) * 1000)
        time.sleep(0.1)
    is_over.set()
    for thread in threads:
        thread.join()
    delays.sort()
    speed = WRITES / (written[-1][1] - started)
    p95 = delays[int(len(delays) * 0.95)]
    print(
        f"\nfound after a write, {speed:.0f} writes a second: p50 {statistics.median(delays):.0f} ms, p95 {p95:.0f} ms"
    )
    actions.remove_keys([f"bench.new:{number}" for number in range(WRITES)])


def answers(first: int, last: int) -> Iterator:
    for number in range(first, last):
        chance = random.Random(number)
        yield Answer(
            "partner" if number < PARTNERS else chance.choice(["news", "news", "page"]),
            f"bench.thing:{number}",
            EntryDraft(
                language=chance.choice(["ru", "ru", "ru", "en", "be"]),
                title=text(chance, 7),
                url=f"/thing/{number}/",
                published=timezone.now() - timedelta(days=chance.randrange(2000)),
                summary=text(chance, 20),
                body=text(chance, chance.randrange(30, 250)),
                partner=f"partner-{number % PARTNERS}",
                partner_name=f"Организация {number % PARTNERS}",
                topics=tuple(f"topic-{chance.randrange(20)}" for _ in range(chance.randrange(3))),
                district=f"district-{chance.randrange(6)}",
            ),
        )


def text(chance: random.Random, length: int) -> str:
    ranks = chance.choices(range(WORDS), cum_weights=WEIGHTS, k=length)
    endings = chance.choices(ENDINGS, cum_weights=HOW_OFTEN, k=length)
    return " ".join(word(rank) + ending for rank, ending in zip(ranks, endings, strict=True))


@cache
def word(rank: int) -> str:
    syllables = []
    rank += len(SYLLABLES)
    while rank:
        rank, place = divmod(rank, len(SYLLABLES))
        syllables.append(SYLLABLES[place])
    return "".join(syllables) + "н"


def ask(questions: int, entries: int) -> None:
    chance = random.Random(1)
    find(Query(word(1)))
    gc.collect()
    gc.freeze()  # as config.wsgi does
    asked = {
        "2 words of a title": lambda: Query(words_of(chance, entries, "title", 2)),
        "3 words of a title": lambda: Query(words_of(chance, entries, "title", 3)),
        "4 words of a text": lambda: Query(words_of(chance, entries, "body", 4)),
        "8 words of a text": lambda: Query(words_of(chance, entries, "body", 8)),
        "3 words, one kind and district": lambda: Query(
            words_of(chance, entries, "title", 3), chosen={"kind": ("news",), "district": ("district-1",)}
        ),
        "the most common word": lambda: Query(word(chance.randrange(3))),
        "no words": lambda: Query(),
        "no words, one topic": lambda: Query(chosen={"topic": (f"topic-{chance.randrange(20)}",)}),
    }
    print(
        f"\n{settings.SEARCH_ENGINE}, {connection.vendor}, {entries} entries, {questions} questions each, milliseconds"
    )
    print(f"{'question':34}{'p50':>8}{'p95':>8}{'max':>8}{'p95 CPU':>8}{'found':>8}")
    for name, make in asked.items():
        report(name, [timed(find, make()) for _ in range(questions)])
    client = Client(headers={"host": "localhost", "cookie": "sessionid=none"})  # signed in: past the page cache
    report("the whole page, 3 words", [timed(page_of(client), asked["3 words of a title"]()) for _ in range(questions)])


def type_(questions: int, entries: int) -> None:
    """What is suggested after so many letters of a title, as the search field asks for it."""
    chance = random.Random(2)
    typed = {
        "1 letter": lambda: words_of(chance, entries, "title", 1)[:1],
        "2 letters": lambda: words_of(chance, entries, "title", 1)[:2],
        "3 letters": lambda: words_of(chance, entries, "title", 1)[:3],
        "5 letters": lambda: words_of(chance, entries, "title", 1)[:5],
        "a word": lambda: words_of(chance, entries, "title", 1),
        "2 words of a title, any order": lambda: words_of(chance, entries, "title", 2)[:-2],
        "3 words of a title, any order": lambda: words_of(chance, entries, "title", 3)[:-2],
        "the other keyboard": lambda: words_of(chance, entries, "title", 1)[:5].translate(TO_LATIN["ru"]),
        "what nobody says": lambda: "щ" + words_of(chance, entries, "title", 1)[:5],
    }
    print(f"\n{'suggestions for':34}{'p50':>8}{'p95':>8}{'max':>8}{'p95 CPU':>8}{'found':>8}")
    for name, make in typed.items():
        report(name, [timed(suggested, make()) for _ in range(questions)])


def suggested(text: str) -> int:
    return len(suggest(text, "ru"))


def page_of(client: Client) -> Callable[[Query], None]:
    def get(query: Query) -> None:
        assert client.get("/ru/search/", {"q": query.text}).status_code == 200

    return get


def words_of(chance: random.Random, entries: int, field: str, count: int) -> str:
    written = []
    while len(written) < count:
        entry = Entry.objects.filter(key=f"bench.thing:{chance.randrange(entries)}").first()
        written = getattr(entry, field).split() if entry else []
    return " ".join(chance.sample(written, count))


def timed(call: Callable[[Any], Results | int | None], query: Query | str) -> tuple[float, float, int]:
    """Milliseconds by the clock, milliseconds of this process, how much was found."""
    started, worked = time.perf_counter(), time.process_time()
    results = call(query)
    seconds = time.perf_counter() - started, time.process_time() - worked
    return seconds[0] * 1000, seconds[1] * 1000, getattr(results, "total", results) or 0


def report(name: str, measured: list[tuple[float, float, int]]) -> None:
    clock = sorted(one[0] for one in measured)
    work = sorted(one[1] for one in measured)
    at = int(len(measured) * 0.95)
    found = statistics.median(one[2] for one in measured)
    figures = (statistics.median(clock), clock[at], clock[-1], work[at])
    print(f"{name:34}{''.join(f'{figure:8.1f}' for figure in figures)}{found:8.0f}", flush=True)


if __name__ == "__main__":
    main()
