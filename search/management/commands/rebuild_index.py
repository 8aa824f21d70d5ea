from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search import actions
from search.enums import Kind


class Command(BaseCommand):
    help = "Writes the search index anew from what is public, while the site serves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kind", choices=Kind.values, default="", help="only what is of this kind")

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for done in actions.reindex_all(options["kind"]):
            self.stdout.write(f"\r{done} things", ending="")
            self.stdout.flush()
        self.stdout.write(f"\rRebuilt: {done} things.")
