"""What has to be done again and again, whatever the apps above do."""

from datetime import timedelta

from django.core.management import call_command
from django_tasks import task

from common import renditions, statistics
from common.periodic import every


@every(timedelta(minutes=1))
@task()
def publish_scheduled() -> None:
    """Pages whose hour has come go live, expired ones go."""
    call_command("publish_scheduled")


@every(timedelta(days=1))
@task()
def clear_away() -> None:
    """Sessions that ended and the results of tasks that nobody will look at any more."""
    call_command("clearsessions")
    call_command("prune_db_task_results", min_age_days=2, failed_min_age_days=30, verbosity=0)


@every(timedelta(hours=1))
@task()
def look_at_tables() -> None:
    """So that questions to the database are answered by the right index, however much has been written meanwhile."""
    statistics.gather()


@task()
def make_renditions(picture_id: int, specs: list[str]) -> None:
    """Sizes and formats of a picture that a page was shown without."""
    renditions.make(picture_id, specs)
