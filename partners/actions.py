"""Writes about partners. Each owns its transaction."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.coreutils import string_to_ascii
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageSubscription,
    Revision,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from accounts.models import User
from common.city_pages import is_public
from common.page_cache import drop
from partners.enums import Role, Trust
from partners.models import DirectoryEntry, Partner, PartnerGroup, PartnerIndexPage, PartnerPage, partner_tag

PAGE_PERMISSIONS = {
    Role.OWNER: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.EDITOR: ("add_page", "change_page", "publish_page"),
    Role.AUTHOR: ("add_page",),
}
COLLECTION_PERMISSIONS = {
    Role.OWNER: (
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    ),
    Role.EDITOR: (
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    ),
    Role.AUTHOR: ("add_image", "choose_image", "add_document", "choose_document"),
}
MODEL_PERMISSIONS = {
    Role.OWNER: ("access_admin", "submit_translation"),
    Role.EDITOR: ("access_admin", "submit_translation"),
    Role.AUTHOR: ("access_admin",),
}


class PartnerExistsError(Exception):
    """Another partner has this short address already."""


class PartnerArchivedError(Exception):
    """The partner has left; nobody joins its team."""


@transaction.atomic
def create_partner(
    *,
    index: PartnerIndexPage,
    page: PartnerPage,
    slug: str = "",
    by: User | None = None,
    publish: bool = True,
    **private: Any,
) -> Partner:
    """Page, team, collection, permissions and approval workflow of a new partner, all or nothing.

    `page` is unsaved; `private` are Partner's own fields. Without `slug` the address is made from the name.
    Raises PartnerExistsError when it is taken, by a partner or by another page of the directory.
    """
    index = PartnerIndexPage.objects.select_for_update().get(pk=index.pk)  # two at once would take the same place
    slug = (slug or slugify(page.slug or string_to_ascii(page.title)))[:80]
    if not slug or Partner.objects.filter(slug=slug).exists() or not Page._slug_is_available(page.slug or slug, index):
        raise PartnerExistsError(slug)
    collection = Collection.get_first_root_node().add_child(instance=Collection(name=page.title[:255]))
    partner = Partner.objects.create(
        slug=slug, collection=collection, workflow=Workflow.objects.create(name=page.title), **private
    )
    groups = {role: _create_group(partner, role) for role in Role}
    _approve_by(partner.workflow, groups[Role.OWNER], groups[Role.EDITOR])
    page.partner, page.slug, page.live, page.owner = partner, page.slug or slug, False, by
    index.add_child(instance=page)
    open_page(partner, page)
    revision = page.save_revision(user=by)
    if publish:
        revision.publish(user=by)
    log(instance=page, action="partners.create", user=by)
    return partner


def open_page(partner: Partner, page: Page) -> None:
    """Give the partner's team its rights upon one of its pages, and its workflow. Safe to repeat."""
    permissions = {found.codename: found for found in Permission.objects.filter(content_type__app_label="wagtailcore")}
    rights = [
        GroupPagePermission(group_id=partner_group.group_id, page=page, permission=permissions[codename])
        for partner_group in partner.groups.all()
        for codename in PAGE_PERMISSIONS[Role(partner_group.role)]
    ]
    GroupPagePermission.objects.bulk_create(rights, ignore_conflicts=True)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": partner.workflow})


@transaction.atomic
def add_member(partner: Partner, user: User, role: Role, *, by: User | None = None) -> None:
    """Put a person into the team. A person has one role at a partner: the new one replaces another."""
    if Partner.objects.select_for_update().get(pk=partner.pk).archived_at:
        raise PartnerArchivedError(partner.slug)
    for partner_group in partner.groups.select_related("group"):
        if partner_group.role == role:
            partner_group.group.user_set.add(user)
        else:
            partner_group.group.user_set.remove(user)
    _log_team(partner, user, role.value, by)


@transaction.atomic
def remove_member(partner: Partner, user: User, *, by: User | None = None) -> None:
    """What the person made stays the partner's; letters about its pages stop."""
    for partner_group in partner.groups.select_related("group"):
        partner_group.group.user_set.remove(user)
    PageSubscription.objects.filter(page__in=_pages_of(partner), user=user).delete()
    _log_team(partner, user, "", by)


@transaction.atomic
def change_private_part(partner: Partner, *, by: User, **fields: Any) -> None:
    """What the public doesn't see. The log says that it changed, not what stands there."""
    trust = fields.pop("trust", partner.trust)
    before = Partner.objects.select_for_update().get(pk=partner.pk)
    Partner.objects.filter(pk=partner.pk).update(**fields)
    if trust != before.trust:
        set_trust(partner, trust, by=by)
    for page in partner.pages.all():
        log(instance=page, action="partners.private", user=by)
    drop("partners", partner_tag(partner.pk))  # the page says since when it is a member


@transaction.atomic
def set_trust(partner: Partner, trust: Trust, *, by: User) -> None:
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    partner.trust = trust
    partner.save(update_fields=["trust"])
    for page in partner.pages.all():
        log(instance=page, action="partners.trust", user=by, data={"trust": trust})


@transaction.atomic
def archive_partner(partner: Partner, *, by: User) -> None:
    """Take the partner off the site: its pages go offline, its team loses every right. Nothing is deleted."""
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    if partner.archived_at:
        return
    partner.archived_at = timezone.now()
    partner.save(update_fields=["archived_at"])
    for page in partner.pages.all():
        for child in Page.objects.descendant_of(page, inclusive=True).live().order_by("-depth").specific():
            UnpublishPageAction(child, user=by).execute(skip_permission_checks=True)
        log(instance=page, action="partners.archive", user=by)
    _stop_work(partner, by)
    _close_groups(partner)
    drop("partners", "news", partner_tag(partner.pk))


@transaction.atomic
def carry_facts_over(page: PartnerPage) -> None:
    """Make the facts of a partner alike on its pages of every language, after one of them was published.

    The original gives, the translations take: an address that moved must not stay wrong in English. Their newest
    revision takes it too, else the next publishing would bring the old facts back.
    """
    original = original_of(page)
    if original is None:
        return
    targets = [page] if page.pk != original.pk else list(original.get_translations().specific())
    for target in targets:
        _copy_facts(original, target)


def original_of(page: PartnerPage) -> PartnerPage | None:
    """The page that the others were translated from: the partner's first."""
    return PartnerPage.objects.filter(translation_key=page.translation_key).order_by("pk").first()


@transaction.atomic
def list_in_directory(page: PartnerPage) -> None:
    """After publishing: the row by which the directory finds the page, if everybody may open it."""
    from partners.names import letter_of, sort_key_of

    if page.alias_of_id or not is_public(page):
        unlist(page)
        return
    key = sort_key_of(page.title)
    DirectoryEntry.objects.update_or_create(
        page=page,
        defaults={
            "locale_id": page.locale_id,
            "translation_key": page.translation_key,
            "sort_key": key,
            "letter": letter_of(key),
        },
    )
    _mark_original(page)
    drop("partners", partner_tag(page.partner_id))


@transaction.atomic
def unlist(page: PartnerPage) -> None:
    DirectoryEntry.objects.filter(page=page).delete()
    _mark_original(page)
    drop("partners", partner_tag(page.partner_id))


def _mark_original(page: PartnerPage) -> None:
    entries = DirectoryEntry.objects.filter(translation_key=page.translation_key)
    first = entries.order_by("page_id").values_list("pk", flat=True).first() or 0
    entries.exclude(pk=first).filter(original=True).update(original=False)
    entries.filter(pk=first, original=False).update(original=True)


def _create_group(partner: Partner, role: Role) -> Group:
    group = Group.objects.create(name=f"{partner.slug}: {role.value}")
    PartnerGroup.objects.create(partner=partner, role=role, group=group)
    group.permissions.set(Permission.objects.filter(codename__in=MODEL_PERMISSIONS[role]))
    rights = Permission.objects.filter(codename__in=COLLECTION_PERMISSIONS[role])
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection=partner.collection, permission=right) for right in rights
    )
    return group


def _approve_by(workflow: Workflow, *groups: Group) -> None:
    with translation.override("ru"):
        task = GroupApprovalTask.objects.create(name=f"{workflow.name}: {translation.gettext('approval')}"[:255])
    task.groups.set(groups)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)


def _log_team(partner: Partner, user: User, role: str, by: User | None) -> None:
    """An empty role: the person left."""
    page = partner.pages.order_by("pk").first()
    if page and by:
        log(instance=page, action="partners.team", user=by, data={"person": user.pk, "role": role})


def _pages_of(partner: Partner) -> list[Page]:
    return [
        page
        for top in partner.pages.all()
        for page in Page.objects.descendant_of(top, inclusive=True).order_by("path").specific()
    ]


def _stop_work(partner: Partner, by: User) -> None:
    """Nothing of the partner's is published later by the clock or by an approval, nobody gets letters about it."""
    pages = _pages_of(partner)
    ids = [str(page.pk) for page in pages]
    revisions = Revision.page_revisions.filter(object_id__in=ids, approved_go_live_at__isnull=False)
    revisions.update(approved_go_live_at=None)
    for state in WorkflowState.objects.active().filter(workflow=partner.workflow):
        state.cancel(user=by)
    PageSubscription.objects.filter(page__in=pages).delete()


def _close_groups(partner: Partner) -> None:
    groups = [partner_group.group for partner_group in partner.groups.select_related("group")]
    GroupPagePermission.objects.filter(group__in=groups).delete()
    GroupCollectionPermission.objects.filter(group__in=groups).delete()
    for group in groups:
        group.permissions.clear()
        group.user_set.clear()


def _copy_facts(source: PartnerPage, target: PartnerPage) -> None:
    facts = {
        PartnerPage._meta.get_field(name).attname: getattr(source, PartnerPage._meta.get_field(name).attname)
        for name in source.FACTS
    }  # type: ignore[union-attr]
    PartnerPage.objects.filter(pk=target.pk).update(**facts)
    for name in source.SHARED_WORDS:
        words = list(getattr(source, name).values_list("pk", flat=True))
        _set_words(target, name, words)
    revision = target.latest_revision
    if revision:
        fresh = source.serializable_data()
        kept = {name: fresh[name] for name in (*source.FACTS, *source.SHARED_WORDS)}
        revision.content = revision.content | kept
        revision.save(update_fields=["content"])
    drop(partner_tag(target.partner_id), "partners")


def _set_words(target: PartnerPage, name: str, words: list[int]) -> None:
    page = PartnerPage.objects.get(pk=target.pk)
    setattr(page, name, words)
    getattr(page, name).commit()
