"""What SQLite knows of its tables, so that it takes no index by guess. PostgreSQL sees to it by itself."""

from django.db import connection
from django.utils import timezone

from common.models import PeriodicJob
from common.tasks import look_at_tables

QUERIES = {"sqlite": 2, "postgresql": 0}
KNOWN = {"sqlite": {7}, "postgresql": set()}


def known_rows(table: str) -> set[int]:
    if connection.vendor != "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [table])
        return {int(stat.split()[0]) for (stat,) in cursor.fetchall()}


def test_how_many_rows_a_table_has_is_known_after_the_task(db, django_assert_num_queries):
    PeriodicJob.objects.all().delete()
    PeriodicJob.objects.bulk_create(PeriodicJob(name=f"job-{number}", due_at=timezone.now()) for number in range(7))

    with django_assert_num_queries(QUERIES[connection.vendor]):
        look_at_tables.call()

    assert known_rows(PeriodicJob._meta.db_table) == KNOWN[connection.vendor]
