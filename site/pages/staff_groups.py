"""The network's own people: what the media team, coordinators and moderators may do. Stands above all that it names."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

MEDIA_TEAM, COORDINATORS, MODERATORS = "Media team", "Network coordinators", "Moderators"
GROUPS = (MEDIA_TEAM, COORDINATORS, MODERATORS)

WRITE = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
TAKE_DOWN = ("change_page", "publish_page", "lock_page", "unlock_page")
PAGES = {MEDIA_TEAM: WRITE, COORDINATORS: WRITE, MODERATORS: TAKE_DOWN}

FILES = tuple(f"{verb}_{thing}" for thing in ("image", "document") for verb in ("add", "change", "choose"))
COLLECTIONS = {MEDIA_TEAM: FILES, COORDINATORS: FILES, MODERATORS: ()}

# App and name of the permission; `app.model.*` is every permission on a model, `app.*` on all models of an app.
SEE = ("wagtailadmin.access_admin", "partners.see_every_partner")
WORDS = ("news.newscategory", "common.topic", "common.audience", "common.district")
RIGHTS = {
    MEDIA_TEAM: (
        *SEE,
        "news.run_desk",
        "news.newscategory.*",
        "search.synonymgroup.*",
        "search.pick.*",
        "search.see_searches",
        "wagtailredirects.redirect.*",
        "wagtail_localize.submit_translation",
    ),
    COORDINATORS: (
        *SEE,
        "partners.coordinate",
        "forum.board.*",
        "forum.answer.*",
        "forum.moderate",
        "forum.answer_for_city",
        *(f"{word}.*" for word in WORDS),
        "wagtailredirects.redirect.*",
        "wagtail_localize.submit_translation",
        "pages.*",
    ),
    MODERATORS: (*SEE, "forum.answer.*", "forum.moderate", "forum.view_board", "forum.change_board"),
}


def set_up_staff_groups() -> None:
    """Once, for a new city: what the city changes in the groups later stays. Wagtail's own two groups go."""
    if Group.objects.filter(name=COORDINATORS).exists():
        return
    Group.objects.filter(name__in=("Editors", "Moderators"), user=None).delete()
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for name in GROUPS:
        group = Group.objects.get_or_create(name=name)[0]
        group.permissions.add(*Permission.objects.filter(_any_of(RIGHTS[name])))
        GroupPagePermission.objects.bulk_create(
            [GroupPagePermission(group=group, page=root, permission=found) for found in _named(PAGES[name])],
            ignore_conflicts=True,
        )
        GroupCollectionPermission.objects.bulk_create(
            [
                GroupCollectionPermission(group=group, collection=collection, permission=found)
                for found in _named(COLLECTIONS[name])
            ],
            ignore_conflicts=True,
        )


def _named(codenames: tuple[str, ...]) -> list[Permission]:
    apps = ("wagtailcore", "wagtailimages", "wagtaildocs")
    return list(Permission.objects.filter(content_type__app_label__in=apps, codename__in=codenames))


def _any_of(rights: tuple[str, ...]) -> Q:
    found = Q(pk__in=[])
    for right in rights:
        app, *model, name = right.split(".")
        here = Q(content_type__app_label=app)
        if name != "*":
            found |= here & Q(codename=name)
        elif model:
            found |= here & Q(content_type__model=model[0])
        else:
            found |= here
    return found
