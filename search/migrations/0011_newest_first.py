"""On PostgreSQL: the newest documents are found without the others, and rows are short.

Whatever follows each other has a word of its own: 4,096 documents a ``part=``, 65,536 an ``era=``. Texts and words stand
beside their rows, so that thousands of rows are looked through in few pages. What waits to be sorted into the index is
read by every search, so little may wait.
"""

from django.db import migrations

POSTGRESQL = """
DROP INDEX search_document_words;
ALTER TABLE search_document SET (toast_tuple_target = 128);
ALTER TABLE search_entry SET (toast_tuple_target = 512);
ALTER TABLE search_document DROP COLUMN words;
ALTER TABLE search_document ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS (array_to_tsvector(
    string_to_array(title, ' ') || string_to_array(label, ' ') || string_to_array(summary, ' ')
    || string_to_array(body, ' ') || string_to_array(marks, ' ')
    || ARRAY['part=' || (rowid >> 12)::text, 'era=' || (rowid >> 16)::text]
)) STORED;
CREATE INDEX search_document_words ON search_document USING gin (words) WITH (gin_pending_list_limit = 256)
"""


def write_words_anew(apps, schema_editor):
    """Takes about four minutes for a million entries, and nobody searches meanwhile."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL.split(";"):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0010_suggestions")]

    operations = [migrations.RunPython(write_words_anew, migrations.RunPython.noop)]
