"""What the database knows of its tables. Without it SQLite takes an index by guess, often one that fits all rows."""

from django.db import connection

ROWS = 400  # of each index are looked at: enough to tell a good one from a bad one


def gather() -> None:
    """PostgreSQL sees to it by itself. Connections that are open already go on with what they knew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS}")
            cursor.execute("ANALYZE")
