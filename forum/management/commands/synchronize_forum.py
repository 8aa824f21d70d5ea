from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from forum.counters import differences


class Command(BaseCommand):
    help = "Counts topics and posts anew and mends what differs; with --check it only says so."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="mend nothing, fail where something differs")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for difference in differences(mend=not options["check"]):
            self.stdout.write(str(difference))
            count += 1
        if count and options["check"]:
            raise CommandError(f"{count} differences. manage.py synchronize_forum mends them.")
        self.stdout.write(f"{count} differences{' mended' if count else ''}.")
