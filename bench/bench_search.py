"""How fast the index answers: fills a database of its own with invented entries and asks it.

    python bench/bench_search.py [--entries 100000] [--questions 300] [--database postgres://…]

Titles and texts are words of an invented language, drawn so that few are very common and most are rare, as in real
texts. Questions take words from entries' titles and texts, so that all of them have answers.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORDS, BATCH = 60_000, 500
KINDS = ["news"] * 8 + ["page", "partner"]
SYLLABLES = [first + second for first in "бвгдзклмнпрст" for second in "аеиоу"]
ENDINGS = ["", "а", "у", "ом", "ы", "ов", "ам", "ами", "ах", "е"]


def main() -> None:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        set_up(arguments.database or f"sqlite:///{folder}/bench.sqlite3", folder)
        fill(arguments.entries)
        ask(arguments.questions, arguments.entries)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How fast the index answers.")
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--database", default="", help="an empty database; without it one on SQLite, thrown away")
    return parser.parse_args()


def set_up(database: str, folder: str) -> None:
    os.environ |= {"LC_DATABASE_URL": database, "LC_DATA_DIR": folder, "LC_LOG_LEVEL": "WARNING"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill(entries: int) -> None:
    from search import actions
    from search.models import Entry

    if Entry.objects.count() >= entries:
        return
    started = time.perf_counter()
    for number in range(0, entries, BATCH):
        actions.write(answers(number, min(number + BATCH, entries)))
        print(f"\r{number + BATCH} of {entries}", end="", file=sys.stderr)
    seconds = time.perf_counter() - started
    print(f"\nwritten: {entries} entries, {entries / seconds:.0f} a second")


def answers(first: int, last: int) -> Iterator:
    from django.utils import timezone

    from search.actions import Answer
    from search.registry import EntryDraft

    for number in range(first, last):
        chance = random.Random(number)
        yield Answer(
            chance.choice(KINDS),
            f"bench.thing:{number}",
            EntryDraft(
                language=chance.choice(["ru", "ru", "ru", "en", "be"]),
                title=text(chance, 7),
                url=f"/thing/{number}/",
                published=timezone.now() - timezone.timedelta(days=chance.randrange(2000)),
                summary=text(chance, 20),
                body=text(chance, chance.randrange(30, 250)),
                partner=f"partner-{chance.randrange(40)}",
                partner_name=f"Организация {chance.randrange(40)}",
                topics=tuple(f"topic-{chance.randrange(20)}" for _ in range(chance.randrange(3))),
                district=f"district-{chance.randrange(6)}",
            ),
        )


WEIGHTS = list(accumulate(1 / (rank + 10) for rank in range(WORDS)))


def text(chance: random.Random, length: int) -> str:
    ranks = chance.choices(range(WORDS), cum_weights=WEIGHTS, k=length)
    return " ".join(word(rank) + chance.choice(ENDINGS) for rank in ranks)


def word(rank: int) -> str:
    syllables = []
    rank += len(SYLLABLES)
    while rank:
        rank, place = divmod(rank, len(SYLLABLES))
        syllables.append(SYLLABLES[place])
    return "".join(syllables) + "н"


def ask(questions: int, entries: int) -> None:
    from django.db import connection
    from django.test import Client

    from search.queries import find
    from search.query import Query

    chance = random.Random(1)
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
    print(f"\n{connection.vendor}, {entries} entries, {questions} questions each, milliseconds")
    print(f"{'question':34}{'p50':>8}{'p95':>8}{'max':>8}{'found':>8}")
    for name, make in asked.items():
        report(name, [timed(find, make()) for _ in range(questions)])
    client = Client(headers={"host": "localhost", "cookie": "sessionid=none"})
    pages = [
        timed(lambda query: client.get("/ru/search/", {"q": query.text}) and None, asked["3 words of a title"]())
        for _ in range(questions)
    ]
    report("the whole page, 3 words", pages)


def words_of(chance: random.Random, entries: int, field: str, count: int) -> str:
    from search.models import Entry

    written = []
    while len(written) < count:
        entry = Entry.objects.filter(key=f"bench.thing:{chance.randrange(entries)}").get()
        written = getattr(entry, field).split()
    return " ".join(chance.sample(written, count))


def timed(call, query) -> tuple[float, int]:
    started = time.perf_counter()
    results = call(query)
    return (time.perf_counter() - started) * 1000, results.total if results else 0


def report(name: str, measured: list[tuple[float, int]]) -> None:
    times = sorted(time for time, _ in measured)
    p95 = times[int(len(times) * 0.95)]
    found = statistics.median(total for _, total in measured)
    print(f"{name:34}{statistics.median(times):8.1f}{p95:8.1f}{times[-1]:8.1f}{found:8.0f}")


if __name__ == "__main__":
    main()
