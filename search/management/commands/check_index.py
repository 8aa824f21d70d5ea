from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import checks
from search.engines import current_engine
from search.engines.base import Difference


class Command(BaseCommand):
    help = "Compares what is public, the search entries and the engines; prints what differs, by kind."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write anew what differs, then compare again")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        found = self._print(checks.differences())
        if found and repair:
            self._repair(found)
            found = self._print(checks.differences())
        if found:
            raise CommandError(f"{_summary(found)}. manage.py check_index --repair mends them.")
        self.stdout.write("0 differences.")

    def _repair(self, found: list[Difference]) -> None:
        checks.repair(found)
        while current_engine().keep():
            pass
        self.stdout.write(f"Repaired: {_summary(found)}.")

    def _print(self, found: Iterable[Difference]) -> list[Difference]:
        """Those of one kind together."""
        ordered = sorted(found, key=lambda one: one.kind)
        for one in ordered:
            self.stdout.write(one.line)
        return ordered


def _summary(found: list[Difference]) -> str:
    counts = Counter(one.kind for one in found)
    return f"{len(found)} differences ({', '.join(f'{kind} {count}' for kind, count in counts.items())})"
