"""The log of decisions is read from its newest row on.

Sites that were laid out before there was a board: their coordinators and moderators get its rights, once.

Cities that are laid out later get them with their groups (pages.staff_groups). What a city changes afterwards stays.
"""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations, models

ANSWERS = [f"{verb}_answer" for verb in ("add", "change", "delete", "view")]
RIGHTS = {
    "Network coordinators": [
        *(f"{verb}_board" for verb in ("add", "change", "delete", "view")),
        *ANSWERS,
        "moderate",
        "answer_for_city",
    ],
    "Moderators": [*ANSWERS, "moderate", "view_board", "change_board"],
}


def give_rights(apps: Any, editor: Any) -> None:
    """Wagtail has a group of moderators too, before a city is laid out: only with coordinators it is ours."""
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    if not Group.objects.filter(name="Network coordinators").exists():
        return
    _make_permissions(apps)
    for name, rights in RIGHTS.items():
        found = Permission.objects.filter(content_type__app_label="forum", codename__in=rights)
        for group in Group.objects.filter(name=name):
            group.permissions.add(*found)


def _make_permissions(apps: Any) -> None:
    """Django makes them after the last migration, which is too late for this one."""
    app = apps.get_app_config("forum")
    known, app.models_module = app.models_module, app.models_module or True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = known


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0011_drafts"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AddIndex("decision", models.Index(fields=["-at", "-id"], name="decision_newest")),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
