"""`make bench-search`: the search on each engine, each in a database of its own that is thrown away.

    python -m bench.run_search [--sqlite 100000] [--postgres 1000000] [--cluster 1000000] [--questions 300]

0 leaves one out. PostgreSQL and Elasticsearch are those of `make services`; the cluster is filled from the database.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg

BENCH = Path(__file__).with_name("bench_search.py")


def main() -> None:
    parser = argparse.ArgumentParser(description="The search on each engine.")
    for engine, entries in (("sqlite", 100_000), ("postgres", 1_000_000), ("cluster", 1_000_000)):
        parser.add_argument(f"--{engine}", type=int, default=entries, help="so many entries; 0: not at all")
    parser.add_argument("--questions", type=int, default=300)
    asked = parser.parse_args()
    if asked.sqlite:
        run(asked.sqlite, asked.questions)
    if asked.postgres or asked.cluster:
        on_postgresql(asked)


def on_postgresql(asked: argparse.Namespace) -> None:
    server = os.environ["LC_TEST_POSTGRES_URL"]
    name = f"bench_{uuid4().hex[:12]}"
    database = f"{server.rpartition('/')[0]}/{name}"
    with psycopg.connect(server.replace("postgres://", "postgresql://"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            if asked.postgres:
                run(asked.postgres, asked.questions, "--database", database)
            if asked.cluster:
                cluster = os.environ["LC_TEST_ELASTICSEARCH_URL"]
                run(asked.cluster, asked.questions, "--database", database, "--cluster", cluster)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(entries: int, questions: int, *arguments: str) -> None:
    command = [sys.executable, str(BENCH), "--entries", str(entries), "--questions", str(questions), *arguments]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
