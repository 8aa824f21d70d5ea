"""What has to be said anew because a name changed, learning spellings, what goes with time, what the engine needs.

Safe to repeat.
"""

from datetime import timedelta

from django_tasks import task

from common.loops import all_the_time
from common.periodic import every
from search import actions
from search.engines import current_engine
from search.query_log import writing
from search.saved import arrivals, mailing, upkeep
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


@all_the_time(wait=timedelta(seconds=0.3))
def keep_engine() -> bool:
    return current_engine().keep()


@every(timedelta(minutes=10))
@task()
def tidy_engine() -> None:
    current_engine().tidy()


@every(timedelta(minutes=5))
@task()
def tell_of_searches() -> None:
    """What came is noted first, and what went forgotten: then it is known what is new."""
    arrivals.note()
    arrivals.forget_gone()
    mailing.send_due()
    if mailing.is_anything_due():
        tell_of_searches.enqueue()


@every(timedelta(days=1))
@task()
def look_after_saved_searches() -> None:
    upkeep.look_after()
