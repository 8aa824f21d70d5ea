"""How titles begin, in a table whose index holds all that is asked for, so that no row has to be looked up.

By hand, for what Django can't say: letters are compared by their codes, whatever the database's own order is, and rows
go with their entry inside the database, so that to remove a reply takes no statement more.

What is in the index already is suggested after `manage.py rebuild_index`.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE = """
CREATE TABLE search_suggestion (
    entry_id bigint NOT NULL REFERENCES search_entry (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    place smallint NOT NULL,
    start varchar(40) {collation} NOT NULL,
    worth integer NOT NULL,
    PRIMARY KEY (entry_id, place)
) {kept}
"""
INDEX = "CREATE INDEX search_suggestion_worth ON search_suggestion (worth, start, entry_id)"
KINDS = {
    "sqlite": {"collation": "COLLATE BINARY", "kept": "WITHOUT ROWID"},
    "postgresql": {"collation": 'COLLATE "C"', "kept": ""},
}


def create_table(apps, schema_editor):
    schema_editor.execute(TABLE.format(**KINDS[schema_editor.connection.vendor]))
    schema_editor.execute(INDEX)


def drop_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE search_suggestion")


class Migration(migrations.Migration):
    dependencies = [("search", "0009_saved_searches")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(create_table, drop_table)],
            state_operations=[
                migrations.CreateModel(
                    name="Suggestion",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "entry_id", "place", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "place",
                            models.PositiveSmallIntegerField(
                                help_text="Which word of the title it begins with, from 0."
                            ),
                        ),
                        (
                            "start",
                            models.CharField(help_text="Folded words with a space after each, cut.", max_length=40),
                        ),
                        (
                            "worth",
                            models.IntegerField(
                                help_text="In months, the newer the more; of a title’s beginning more than of any middle."
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="suggestions",
                                to="search.entry",
                            ),
                        ),
                    ],
                    options={"verbose_name": "suggestion", "verbose_name_plural": "suggestions"},
                ),
            ],
        ),
    ]
