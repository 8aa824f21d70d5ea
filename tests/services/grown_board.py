"""Run by test_on_postgresql.py: what `make bench-forum` fills the board with is what the site would have written."""

from collections import defaultdict

from bench.grow_forum import grow
from forum.counters import differences
from forum.models import Post
from search import registry
from search.actions import answer, entry_of
from search.documents import document_of, known_names
from search.models import Document, Entry, Suggestion
from search.starts import Start, starts_of

SETTLED = {"id", "version"}  # by the moment of writing


def test_grown_board_is_as_if_people_had_written_it(db):
    grow(1_000)

    posts = Post.objects.select_related("topic")
    source = next(source for source in registry.sources() if source.model is Post)
    written = {entry.key: entry for entry in Entry.everything.all()}
    documents = {document.pk: document for document in Document.objects.all()}
    suggestions = defaultdict(list)
    for row in Suggestion.objects.order_by("place").values(*Start._fields):
        suggestions[row["entry_id"]].append(row)
    names = known_names()

    assert list(differences()) == []
    assert posts.count() == len(written) == len(documents) == 1_000
    for post in posts:
        expected = entry_of(answer(post, source))
        entry = written[expected.key]
        expected.pk = entry.pk
        assert fields(entry) == fields(expected)
        assert fields(documents[entry.pk]) == fields(document_of(expected, names))
        assert suggestions[entry.pk] == [row._asdict() for row in starts_of(expected)]


def fields(row) -> dict[str, object]:
    return {name.attname: getattr(row, name.attname) for name in row._meta.fields if name.attname not in SETTLED}
