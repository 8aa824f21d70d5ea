from functools import partial
from itertools import accumulate
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import actions, registry
from search.engines import ENGINES
from search.enums import Kind
from search.progress import Progress


class Command(BaseCommand):
    help = (
        "Writes the search index anew from what is public, while the site serves. With --engine only what this engine "
        "holds, from the entries. Killed and begun again it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--engine", choices=ENGINES, default="", help="only what this engine holds")
        parser.add_argument("--kind", choices=Kind.values, default="", help="only what is of this kind")

    def handle(self, *args: Any, engine: str, kind: str, **options: Any) -> None:
        if engine == "database":
            self._rebuild_words(kind)
        elif engine == "elasticsearch":
            self._rebuild_cluster(kind)
        else:
            self._rebuild_everything(kind)

    def _rebuild_everything(self, kind: str) -> None:
        total = sum(source.count() for source in registry.sources(kind))
        done = Progress(self.stdout, "things", total).follow(actions.reindex_all(kind))
        self.stdout.write(f"Rebuilt: {done} things.")

    def _rebuild_words(self, kind: str) -> None:
        entries = actions.entries(kind)
        done = Progress(self.stdout, "database", entries.count()).follow(actions.rewrite(kind))
        self.stdout.write(f"Rebuilt: {done} entries.")

    def _rebuild_cluster(self, kind: str) -> None:
        if settings.SEARCH_ENGINE != "elasticsearch":
            raise CommandError("LC_SEARCH_ENGINE is not elasticsearch.")
        from search.engines.elasticsearch.building import NotTakenError
        from search.engines.elasticsearch.connection import FAILURES

        try:
            self._tell_cluster(kind) if kind else self._fill_cluster()
        except (*FAILURES, NotTakenError) as error:
            raise CommandError(f"{type(error).__name__}. Begun again, it goes on where it was.") from error

    def _tell_cluster(self, kind: str) -> None:
        from search.engines.elasticsearch import outbox

        pks = list(actions.entries(kind).order_by("pk").values_list("pk", flat=True))
        actions.write_again(pks)
        done = Progress(self.stdout, kind, len(pks)).follow(accumulate(iter(outbox.send_due, 0)))
        self.stdout.write(f"Sent: {done} entries.")

    def _fill_cluster(self) -> None:
        from search.engines.elasticsearch import building, keeping
        from search.engines.elasticsearch.schema import languages

        keeping.look_after()  # what was begun may be gone
        for language in languages():
            row = building.begin(language)
            progress = Progress(self.stdout, row.name, building.left(row))
            progress.follow(accumulate(iter(partial(building.advance, row), 0)))
            self.stdout.write(f"Rebuilt: {progress.done} entries of {language}, {progress.rate:.0f} a second.")
