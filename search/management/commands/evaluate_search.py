import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import evaluation
from search.engines import ENGINES
from search.evaluation import EvaluationError, Outcome, Question, Text
from search.scratch import NoTablesError, scratch_index

SEED = 7
HEAD = f"{'language':>10} {'questions':>10} {'R@1':>7} {'R@10':>7} {'MRR@10':>7} {'p50 ms':>8} {'p95 ms':>8}"


class Command(BaseCommand):
    help = "Asks judged questions of an index made for that alone, and tells how often and how fast it answers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", type=Path, required=True, help="JSON lines: id, title, text, language")
        parser.add_argument("--queries", type=Path, required=True, help="JSON lines: query, language, relevant (ids)")
        parser.add_argument("--engine", choices=ENGINES, help="the one in use, unless another is named")
        spoilt = parser.add_mutually_exclusive_group()
        spoilt.add_argument("--typos", action="store_true", help="one letter wrong in every word longer than four")
        spoilt.add_argument("--layout", action="store_true", help="typed with the keyboard in another language")
        parser.add_argument("--worst", type=int, default=0, help="so many questions that found nothing are printed")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            texts = evaluation.read_texts(options["corpus"])
            questions = evaluation.read_questions(options["queries"])
        except (OSError, EvaluationError) as error:
            raise CommandError(str(error)) from error
        if not texts or not questions:
            raise CommandError("Nothing to ask.")
        try:
            outcomes = self._ask(texts, questions, options)
        except NoTablesError as error:
            raise CommandError("The database has no tables yet: run manage.py migrate first.") from error
        self._print(outcomes)

    def _ask(self, texts: list[Text], questions: list[Question], options: dict[str, Any]) -> dict[str, Outcome]:
        outcomes: dict[str, Outcome] = defaultdict(Outcome)
        with scratch_index(options["engine"] or settings.SEARCH_ENGINE) as engine:
            evaluation.fill(engine, texts)
            spoil = self._spoil(options)
            for question, rank, seconds, text in evaluation.ask(engine, questions, spoil):
                for name in (question.language, "all"):
                    outcomes[name].ranks.append(rank)
                    outcomes[name].seconds.append(seconds)
                if not rank and options["worst"] > 0:
                    options["worst"] -= 1
                    self.stdout.write(f"{text!r} should find {', '.join(sorted(question.relevant))}")
        return outcomes

    def _spoil(self, options: dict[str, Any]) -> evaluation.Spoil:
        if options["layout"]:
            return evaluation.in_other_layout
        return evaluation.misspelled(random.Random(SEED)) if options["typos"] else evaluation.as_asked  # noqa: S311

    def _print(self, outcomes: dict[str, Outcome]) -> None:
        self.stdout.write(HEAD)
        for name, one in sorted(outcomes.items(), key=lambda pair: pair[0] == "all"):
            figures = f"{one.recall(1):7.3f} {one.recall(10):7.3f} {one.reciprocal_rank():7.3f}"
            times = f"{one.milliseconds(50):8.1f} {one.milliseconds(95):8.1f}"
            self.stdout.write(f"{name:>10} {len(one.ranks):>10} {figures} {times}")
