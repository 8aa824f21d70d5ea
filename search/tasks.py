"""What has to be said anew because a name changed that many things carry, and what goes with time. Safe to repeat."""

from datetime import timedelta

from django_tasks import task

from common.periodic import every
from search import actions
from search.query_log import writing
from search.understanding import lexicon


@task()
def index_partner(slug: str) -> None:
    actions.index_partner(slug)


@task()
def index_word(slugs: list[str], names: list[str]) -> None:
    actions.index_word(slugs, names)


@every(timedelta(seconds=30))
@task()
def learn_spellings() -> None:
    lexicon.learn_new()


@every(timedelta(days=1))
@task()
def forget_spellings() -> None:
    lexicon.forget_unsaid()


@every(timedelta(days=1))
@task()
def clear_what_was_asked_for() -> None:
    writing.clear_old()
