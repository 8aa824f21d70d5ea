"""What has to be said anew because a name changed that many things carry. Safe to repeat."""

from django_tasks import task

from search import actions


@task()
def index_partner(slug: str) -> None:
    actions.index_partner(slug)


@task()
def index_word(slugs: list[str], names: list[str]) -> None:
    actions.index_word(slugs, names)
