"""Fills the board in bulk: `python bench/grow_forum.py 1000000` leaves so many posts, a twentieth of them in one topic.

At most 50,000 stand in the long topic. Written by COPY, with their entries in the index: as if people had written them.
Prints, as JSON, the addresses that are measured.
"""

import json
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection, models, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from common import markdown  # noqa: E402
from forum import scopes  # noqa: E402
from forum.counters import differences  # noqa: E402
from forum.enums import Kind, Liking, Standing  # noqa: E402
from forum.models import Board, BoardText, Post, Reaction, ReadMark, Tally, Topic, page_of  # noqa: E402
from forum.search_entries import REPLY_WORTH  # noqa: E402
from search.documents import Names, heading_of, known_names  # noqa: E402
from search.models import Document, Entry, Suggestion  # noqa: E402
from search.starts import starts_of  # noqa: E402
from search.text import stems  # noqa: E402

LONGEST = 50_000
USUAL = 20  # posts in a topic
PEOPLE = 2_000
WORDS = (
    "мастерская",
    "велосипед",
    "вечер",
    "район",
    "библиотека",
    "занятие",
    "преподаватель",
    "группа",
    "ребёнок",
    "расписание",
    "ключ",
    "стол",
    "лампа",
    "трамвай",
    "остановка",
    "суббота",
    "запись",
    "бесплатно",
    "инструмент",
    "курс",
    "язык",
    "разговор",
    "книга",
    "компьютер",
    "телефон",
    "сосед",
    "сад",
    "рассада",
)
TEXTS = 400


def texts() -> list[tuple[str, str]]:
    """(source, HTML) of posts of 10 to 90 words."""
    sources = [" ".join(random.choices(WORDS, k=random.randint(10, 90))).capitalize() + "." for _ in range(TEXTS)]
    return [(source, markdown.render(source)) for source in sources]


def grow(wanted: int) -> dict[str, Any]:
    random.seed(wanted)
    now = timezone.now()
    people = _people()
    boards = [_board(number) for number in range(8)]
    lengths = [min(LONGEST, wanted // 20)]
    while (left := wanted - sum(lengths)) > 0:
        lengths.append(min(left, random.randint(1, 2 * USUAL - 1)))
    first = _next(Topic)
    moments = [now - timedelta(minutes=number) for number in range(len(lengths))]
    _copy(Topic, _topics(lengths, boards, people, moments, first))
    _copy(Post, _posts(lengths, people, moments, first, _next(Post), texts()))
    _copy_index(first)
    _tell_sequences(Topic, Post, Entry)
    _like(people)
    for board in boards:
        Tally.objects.get_or_create(board=board)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    list(differences(mend=True))
    reader = User.objects.get(email="reader@bench.example")
    ReadMark.objects.bulk_create(
        [ReadMark(person=reader, topic_id=pk, number=1) for pk in range(first, first + min(500, len(lengths)))]
    )
    deep = Topic.objects.filter(board=boards[0]).order_by("-last_posted_at", "-pk")
    return {
        "long": first,
        "short": first + 1,
        "pages": page_of(lengths[0]),
        "board": boards[0].slug,
        "deep": _key(deep),
    }


def _key(topics: models.QuerySet[Topic]) -> str:
    """Of a page so deep that a thousand others come before it, or all but one."""
    from common.keyset import page_by_key

    most = min(20_000, max(0, topics.count() - 25))
    edge = topics[most]
    page = page_by_key(
        Topic.objects.filter(board=edge.board_id, last_posted_at__gte=edge.last_posted_at).order_by(),
        "last_posted_at",
        size=max(1, most),
        before="",
        after="",
    )
    return page.older


def _people() -> Sequence[int]:
    User.objects.get_or_create(email="reader@bench.example")
    User.objects.bulk_create(
        [User(email=f"bench{n}@bench.example", display_name=f"Житель {n}") for n in range(PEOPLE)],
        ignore_conflicts=True,
    )
    return list(User.objects.filter(email__startswith="bench").values_list("pk", flat=True))


def _board(number: int) -> Board:
    board = Board(slug=f"bench-{number}")
    board.texts = [BoardText(language="ru", title=f"Раздел {number}", description="Замер")]
    board.save()
    return board


def _next(model: type[models.Model]) -> int:
    """Asked before COPY begins: the connection can't answer while it runs."""
    return (model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def _topics(
    lengths: Sequence[int], boards: Sequence[Board], people: Sequence[int], moments: Sequence[Any], first: int
) -> Iterator[Topic]:
    for number, length in enumerate(lengths):
        yield Topic(
            pk=first + number,
            board=boards[number % len(boards)],
            kind=Kind.DISCUSSION,
            title=f"{random.choice(WORDS).capitalize()} {random.choice(WORDS)} {number}",
            language="ru",
            author_id=random.choice(people),
            last_author_id=random.choice(people),
            last_number=length,
            replies=length - 1,
            started_at=moments[number] - timedelta(minutes=length),
            last_posted_at=moments[number],
        )


def _posts(
    lengths: Sequence[int],
    people: Sequence[int],
    moments: Sequence[Any],
    first: int,
    pk: int,
    said: Sequence[tuple[str, str]],
) -> Iterator[Post]:
    for topic, length in enumerate(lengths):
        for number in range(1, length + 1):
            source, html = random.choice(said)
            yield Post(
                pk=pk,
                topic_id=first + topic,
                number=number,
                author_id=random.choice(people),
                source=source,
                html=html,
                standing=Standing.SHOWN,
                posted_at=moments[topic] - timedelta(minutes=length - number),
            )
            pk += 1


def _copy(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])


def _copy_index(first: int) -> None:
    """As search.documents writes it. A title and a text are stemmed once, and what has them gets a copy."""
    entry, document, post, topic = (model._meta.db_table for model in (Entry, Document, Post, Topic))
    names = known_names()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE headed"
            " (topic_id bigint PRIMARY KEY,"
            " within text, url text, title text, marks text, borrowed text[], places text)"
        )
        rows = [_heading(one, names) for one in Topic.objects.filter(pk__gte=first)]
        with cursor.copy("COPY headed FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("ANALYZE headed")
        cursor.execute(
            f"INSERT INTO {entry} (kind, key, language, translation_key, is_original, access, within, is_part, partner,"
            " topics, audiences, district, published, boost, version, partner_name, author, place, title, url,"
            " keywords, summary, body)"
            " SELECT 'topic', 'forum.post:' || p.id, 'ru', 'forum.post:' || p.id, true, 'public', h.within,"
            " p.number > 1, '', '', '', '', p.posted_at, CASE WHEN p.number = 1 THEN 0 ELSE %s END, p.id, '',"
            " 'person-' || p.author_id, '', t.title,"
            " CASE WHEN p.number = 1 THEN h.url ELSE '/ru/forum/posts/' || p.id || '/' END, '',"
            " CASE WHEN length(p.source) > 300 THEN regexp_replace(left(p.source, 300), ' [^ ]*$', '') || '…'"
            " ELSE p.source END, p.source"
            f" FROM {post} p JOIN {topic} t ON t.id = p.topic_id JOIN headed h ON h.topic_id = t.id",
            [REPLY_WORTH],
        )
        cursor.execute("CREATE TEMP TABLE stemmed (words text PRIMARY KEY, stems text)")
        said = Entry.objects.filter(key__startswith="forum.post:").values_list("summary", "body").distinct()
        known = {words: " ".join(stems(words, "ru")) for both in said for words in both}
        cursor.executemany("INSERT INTO stemmed VALUES (%s, %s)", list(known.items()))
        cursor.execute(
            f"INSERT INTO {document} (rowid, title, label, summary, body, marks)"
            " SELECT e.id, h.title, '', s.stems, b.stems, h.marks || CASE WHEN e.is_part THEN coalesce(("
            " SELECT string_agg(' -' || own, '' ORDER BY number)"
            " FROM unnest(h.borrowed) WITH ORDINALITY AS o(own, number)"
            " WHERE NOT own = ANY (string_to_array(b.stems, ' '))), '') ELSE '' END || h.places"
            " || ' author=' || e.author"
            f" FROM {entry} e JOIN {post} p ON e.key = 'forum.post:' || p.id JOIN headed h ON h.topic_id = p.topic_id"
            " JOIN stemmed s ON s.words = e.summary JOIN stemmed b ON b.words = e.body"
        )
    suggest(Entry.objects.filter(key__startswith="forum.post:", is_part=False))


def suggest(entries: models.QuerySet[Entry]) -> None:
    """Read before they are written: one connection does one thing at a time."""
    _copy(Suggestion, [Suggestion(**row._asdict()) for entry in entries for row in starts_of(entry)])


def _heading(topic: Topic, names: Names) -> tuple[object, ...]:
    within = " ".join(scopes.around(topic))
    entry = Entry(title=topic.title, language=topic.language, kind="topic", within=within)
    heading = heading_of(entry, names, set())
    own = [mark for mark in heading.marks.split() if mark.startswith("^")]
    places = [mark for mark in heading.marks.split() if not mark.startswith("^")]
    borrowed = sorted(set(heading.title.split()))
    return topic.pk, within, topic.own_url(), heading.title, " ".join(own), borrowed, " " + " ".join(places)


def _tell_sequences(*written: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        for model in written:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'),"
                f" (SELECT max(id) FROM {model._meta.db_table}))"
            )


def _like(people: Sequence[int]) -> None:
    """A tenth of the newest 100,000 posts was useful to somebody."""
    newest = Post.objects.order_by("-pk").values_list("pk", flat=True)[:100_000:10]
    Reaction.objects.bulk_create(
        [Reaction(post_id=pk, person_id=random.choice(people), kind=Liking.USEFUL) for pk in newest],
        ignore_conflicts=True,
        batch_size=5_000,
    )


if __name__ == "__main__":
    begun = time.monotonic()
    with transaction.atomic():
        told = grow(int(sys.argv[1]))
    print(
        f"{Post.objects.count()} posts, {Topic.objects.count()} topics in {time.monotonic() - begun:.0f} s",
        file=sys.stderr,
    )
    print(json.dumps(told))
