"""The words of the entries, in a table that each database searches in its own way.

To Django it is one model. On SQLite it is an FTS5 table that keeps its own text; the tokenizer only splits at spaces and
punctuation, because the words come as stems. On PostgreSQL a generated column turns the same words into a tsvector
without its parser, which would take apart what we hold together.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.utils import NotSupportedError

SQLITE = """
CREATE VIRTUAL TABLE search_document USING fts5(
    title, label, summary, body, marks,
    detail = none, columnsize = 0, tokenize = "unicode61 remove_diacritics 0 tokenchars '=-_^'"
)
"""
POSTGRESQL = """
CREATE TABLE search_document (
    rowid bigint PRIMARY KEY,
    title text NOT NULL, label text NOT NULL, summary text NOT NULL, body text NOT NULL, marks text NOT NULL,
    words tsvector NOT NULL GENERATED ALWAYS AS (array_to_tsvector(
        string_to_array(title, ' ') || string_to_array(label, ' ') || string_to_array(summary, ' ')
        || string_to_array(body, ' ') || string_to_array(marks, ' ')
    )) STORED
);
CREATE INDEX search_document_words ON search_document USING gin (words);
"""
TABLES = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def create_table(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    if vendor not in TABLES:
        raise NotSupportedError(f"The search index runs on SQLite and PostgreSQL, not on {vendor}.")
    for statement in TABLES[vendor].split(";"):
        if statement.strip():
            schema_editor.execute(statement)


def drop_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_document")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_entry")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create_table, drop_table)],
            state_operations=[
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                db_column="rowid",
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="document",
                                serialize=False,
                                to="search.entry",
                            ),
                        ),
                        ("title", models.TextField()),
                        (
                            "label",
                            models.TextField(help_text="Topics, audiences, organisation, district, place, keywords."),
                        ),
                        ("summary", models.TextField()),
                        ("body", models.TextField()),
                        ("marks", models.TextField()),
                    ],
                    options={"verbose_name": "search document", "verbose_name_plural": "search documents"},
                ),
            ],
        ),
    ]
