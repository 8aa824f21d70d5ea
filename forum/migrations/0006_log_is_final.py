"""The database itself refuses to change or delete a decision; and what waits already lies on the desk.

Whoever alters the table on SQLite makes it anew there, without its triggers: run ``guard`` again after that.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER forum_decision_{verb} BEFORE {verb} ON forum_decision
BEGIN SELECT RAISE(ABORT, 'forum_decision is final'); END
"""
POSTGRES = (
    """
    CREATE FUNCTION forum_decision_is_final() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'forum_decision is final' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER forum_decision_final BEFORE UPDATE OR DELETE ON forum_decision
    FOR EACH ROW EXECUTE FUNCTION forum_decision_is_final()
    """,
)


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRES:
            schema_editor.execute(statement)
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(verb=verb))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS forum_decision_final ON forum_decision")
        schema_editor.execute("DROP FUNCTION IF EXISTS forum_decision_is_final()")
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS forum_decision_{verb}")


def lay_on_the_desk(apps, schema_editor):
    post_model, case_model = apps.get_model("forum", "Post"), apps.get_model("forum", "Case")
    waiting = post_model.objects.filter(standing="waiting").exclude(topic__standing="removed").select_related("topic")
    case_model.objects.bulk_create(
        case_model(matter="topic" if post.topic.standing == "waiting" else "post", post=post, opened_at=post.posted_at)
        for post in waiting.iterator(chunk_size=500)
    )


class Migration(migrations.Migration):
    dependencies = [("forum", "0005_safety")]

    operations = [
        migrations.RunPython(guard, unguard),
        migrations.RunPython(lay_on_the_desk, migrations.RunPython.noop),
    ]
