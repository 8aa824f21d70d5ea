from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.checks import differences


class Command(BaseCommand):
    help = "Compares what is public, the search entries and the engine; prints what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for line in differences():
            self.stdout.write(line)
            count += 1
        if count:
            raise CommandError(f"{count} differences. manage.py rebuild_index mends them.")
        self.stdout.write("0 differences.")
