"""One look at a topic's page and its reader, before anything is rendered.

Written by hand: this is asked for every page of a topic that a signed-in reader opens, and composing it by the ORM
takes longer than the database needs to answer.
"""

from dataclasses import dataclass

from django.db import connection

from accounts.models import User
from forum.enums import Standing
from forum.models import POSTS_ON_A_PAGE, page_of

SQL = """
SELECT t.last_number,
    (SELECT m.number FROM forum_readmark m WHERE m.person_id = %(person)s AND m.topic_id = t.id),
    (SELECT w.mode FROM forum_watch w WHERE w.person_id = %(person)s AND w.topic_id = t.id),
    EXISTS (SELECT 1 FROM forum_support s WHERE s.person_id = %(person)s AND s.proposal_id = t.id),
    COALESCE(t.author_id = %(person)s, false)
    OR EXISTS (SELECT 1 FROM accounts_user_groups g WHERE g.user_id = %(person)s)
    OR EXISTS (SELECT 1 FROM accounts_user_user_permissions r WHERE r.user_id = %(person)s)
    OR EXISTS (SELECT 1 FROM forum_post p
        WHERE p.topic_id = t.id AND p.standing = %(waiting)s AND p.author_id = %(person)s)
    OR EXISTS (SELECT 1 FROM forum_post p
        WHERE p.topic_id = t.id AND p.number BETWEEN %(first)s AND %(last)s AND (p.author_id = %(person)s
            OR EXISTS (SELECT 1 FROM forum_reaction r WHERE r.post_id = p.id AND r.person_id = %(person)s)
            OR EXISTS (SELECT 1 FROM forum_block b WHERE b.person_id = %(person)s AND b.blocked_id = p.author_id)))
FROM forum_topic t WHERE t.id = %(topic)s AND t.standing = %(shown)s
"""


@dataclass(frozen=True)
class Glance:
    """``is_own``: something on the page is the reader's own (a right, a post, a reaction, a block, the topic)."""

    page: int
    last_number: int
    read: int
    mode: str
    supported: bool
    is_own: bool

    @property
    def pages(self) -> int:
        return page_of(self.last_number)

    @property
    def last_on_page(self) -> int:
        return min(self.page * POSTS_ON_A_PAGE, self.last_number)


def glance(person: User, topic: int, page: int) -> Glance | None:
    """None where there is no such topic, or not everybody who may read its board sees it."""
    first = (page - 1) * POSTS_ON_A_PAGE + 1
    asked: dict[str, int | str] = {
        "person": person.pk,
        "topic": topic,
        "first": first,
        "last": first + POSTS_ON_A_PAGE - 1,
        "waiting": Standing.WAITING.value,
        "shown": Standing.SHOWN.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL, asked)
        row = cursor.fetchone()
    if row is None:
        return None
    last_number, read, mode, supported, is_own = row
    return Glance(page, last_number, read or 0, mode or "", bool(supported), bool(is_own))
