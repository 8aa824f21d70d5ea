"""Entries say in which places they stand, so that one can search inside a board or a topic.

What is in the index already says it after `manage.py rebuild_index --kind topic`.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_proposals_are_found"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="within",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Slugs of the places it stands in, with spaces between: topic-12.",
                max_length=200,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="entry",
            name="is_part",
            field=models.BooleanField(default=False, help_text="Its title is that of the whole it is a part of."),
        ),
        migrations.AlterField(
            model_name="entry",
            name="access",
            field=models.CharField(
                choices=[
                    ("public", "Everybody"),
                    ("members", "Members"),
                    ("within", "Those who may read where it stands"),
                ],
                default="public",
                max_length=10,
            ),
        ),
    ]
