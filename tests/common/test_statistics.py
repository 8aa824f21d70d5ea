"""What SQLite knows of its tables, so that it takes no index by guess."""

import pytest
from django.db import connection
from django.utils import timezone

from common.models import PeriodicJob
from common.tasks import look_at_tables

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sees to it by itself"),
]


def test_how_many_rows_a_table_has_is_known_after_the_task():
    PeriodicJob.objects.all().delete()
    PeriodicJob.objects.bulk_create(PeriodicJob(name=f"job-{number}", due_at=timezone.now()) for number in range(7))

    look_at_tables.call()

    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [PeriodicJob._meta.db_table])
        assert {int(stat.split()[0]) for (stat,) in cursor.fetchall()} == {7}
