import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from forum.actions.importing import Line, Outcome, import_records

KINDS = ("user", "board", "topic", "post")
SHOWN_REFUSALS = 50


class Command(BaseCommand):
    help = "Brings an old forum from a file of JSON lines (docs/import.md). Stopped, it goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="name of the old forum; the file's name unless told otherwise")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        source = slugify(options["source"] or path.stem)[:60]
        if not source:
            raise CommandError("Give the old forum a name in Latin letters: --source old-forum")
        outcome = Outcome()
        try:
            with path.open(encoding="utf-8-sig", errors="strict") as lines:
                for outcome in import_records(_records(lines), source=source):
                    self._tell_progress(outcome)
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} isn't UTF-8 (byte {error.start}). Convert it first.") from error
        self._tell_all(outcome)

    def _tell_progress(self, outcome: Outcome) -> None:
        done = sum(outcome.brought.values()) + sum(outcome.known.values())
        self.stderr.write(f"\r{done} records", ending="")

    def _tell_all(self, outcome: Outcome) -> None:
        self.stderr.write("")
        for kind in KINDS:
            self.stdout.write(f"{kind:6} {outcome.brought[kind]:>9} brought {outcome.known[kind]:>9} were here already")
        for number, why in outcome.refused[:SHOWN_REFUSALS]:
            self.stdout.write(f"line {number}: {why}")
        if outcome.refused:
            raise CommandError(f"{len(outcome.refused)} lines were refused. Mend them and import the file again.")


def _records(lines: Iterator[str]) -> Iterator[Line]:
    """Streams: a line at a time. What is no JSON is refused by whoever reads the record."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError:
                yield number, {}
