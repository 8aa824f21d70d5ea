"""What somebody has written so far, as far as a new post is judged by it: in one query, written by hand.

Every post through a form asks this; composing three queries by the ORM takes longer than the database needs to answer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from accounts.models import User
from forum.enums import Standing

SQL = """
SELECT
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM forum_post WHERE author_id = %(person)s AND standing = %(shown)s LIMIT %(enough)s) s),
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM forum_post WHERE author_id = %(person)s AND posted_at > %(day)s LIMIT %(most)s) r),
    EXISTS (
        SELECT 1 FROM forum_post
        WHERE likeness = %(like)s AND posted_at > %(repeated)s AND author_id = %(person)s)
"""


@dataclass(frozen=True)
class Written:
    shown: int
    recent: int
    repeats: bool


def written_by(
    person: User, *, enough: int, since: datetime, most: int, like: int | None, repeated_since: datetime
) -> Written:
    """Counts no further than ``enough`` posts that are shown, and ``most`` of those since then, whatever they are.

    ``like``: forum.actions.steps.likeness of the new text.
    """
    asked: dict[str, Any] = {
        "person": person.pk,
        "shown": Standing.SHOWN.value,
        "enough": enough,
        "day": connection.ops.adapt_datetimefield_value(since),
        "most": most,
        "like": like,
        "repeated": connection.ops.adapt_datetimefield_value(repeated_since),
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL, asked)
        shown, recent, repeats = cursor.fetchone()
    return Written(shown, recent, bool(repeats))
