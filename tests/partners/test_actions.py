from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Collection, Locale, PageSubscription, Revision, Workflow, WorkflowState

from partners import actions, queries
from partners.enums import Role
from partners.models import DirectoryEntry, Partner, PartnerIndexPage, PartnerPage
from tests.factories import make_news, make_partner, make_user

pytestmark = pytest.mark.django_db


def test_create_partner_makes_everything_a_partner_needs(city):
    partner = make_partner("Библиотека на Лисихе", slug="lisiha")

    page = partner.pages.get()
    assert page.live
    assert page.get_workflow() == partner.workflow
    assert list(partner.groups.order_by("role").values_list("role", flat=True)) == ["author", "editor", "owner"]
    rights = {
        g.role: set(g.group.page_permissions.values_list("permission__codename", flat=True))
        for g in partner.groups.all()
    }
    assert rights == {
        "owner": {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
        "editor": {"add_page", "change_page", "publish_page"},
        "author": {"add_page"},
    }
    assert set(
        partner.groups.get(role=Role.AUTHOR).group.collection_permissions.values_list("permission__codename", flat=True)
    ) == {"add_image", "choose_image", "add_document", "choose_document"}


def test_create_partner_with_a_taken_address_leaves_nothing(city):
    make_partner(slug="lisiha")
    before = (Partner.objects.count(), Group.objects.count(), Collection.objects.count(), Workflow.objects.count())

    with pytest.raises(actions.PartnerExistsError):
        make_partner(slug="lisiha")

    assert (
        Partner.objects.count(),
        Group.objects.count(),
        Collection.objects.count(),
        Workflow.objects.count(),
    ) == before


def test_create_partner_is_all_or_nothing(city, monkeypatch):
    def break_down(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "log", break_down)
    before = (Group.objects.count(), Collection.objects.count(), Workflow.objects.count())

    with pytest.raises(RuntimeError):
        make_partner(slug="lisiha")

    assert not Partner.objects.exists()
    assert not PartnerPage.objects.exists()
    assert (Group.objects.count(), Collection.objects.count(), Workflow.objects.count()) == before


def test_translation_of_a_page_gets_the_same_rights(city):
    partner = make_partner()
    page = partner.pages.get()

    copy = page.copy_for_translation(Locale.objects.get(language_code="en"))

    def rights(of: PartnerPage) -> set[tuple[str, str]]:
        return set(of.group_permissions.values_list("group__name", "permission__codename"))

    assert rights(copy) == rights(page)
    assert len(rights(copy)) == 9
    assert copy.get_workflow() == partner.workflow


def test_facts_follow_the_original_into_translations(city):
    page = make_partner(phones=["1"]).pages.get()
    copy = page.copy_for_translation(Locale.objects.get(language_code="en"))
    copy.save_revision().publish()

    page.phones, page.tagline = ["2"], "Новое"
    page.save_revision().publish()

    copy.refresh_from_db()
    assert copy.phones == ["2"]
    assert copy.tagline == "Учим тому, что умеем"
    copy.latest_revision.publish()
    copy.refresh_from_db()
    assert copy.phones == ["2"]


def test_archived_partner_is_offline_and_its_team_has_no_rights(city):
    partner = make_partner()
    item = make_news(partner=partner)
    editor = make_user()
    actions.add_member(partner, editor, Role.EDITOR)

    actions.archive_partner(partner, by=make_user())

    item.refresh_from_db()
    assert not item.live
    assert not partner.pages.get().live
    assert not DirectoryEntry.objects.exists()
    assert not editor.groups.exists()
    assert not type(editor).objects.get(pk=editor.pk).has_perm("wagtailadmin.access_admin")


def test_member_has_one_role_at_a_partner(city):
    partner, person = make_partner(), make_user()
    actions.add_member(partner, person, Role.AUTHOR)

    actions.add_member(partner, person, Role.OWNER)

    assert list(person.groups.values_list("partner_group__role", flat=True)) == ["owner"]
    assert queries.partners_of(person.pk) == [partner.pk]


def test_partner_page_cannot_be_made_by_hand(city):
    assert not PartnerPage.can_create_at(PartnerIndexPage.objects.first())


def test_address_is_made_from_a_russian_name(city):
    index = PartnerIndexPage.objects.get(locale__language_code="ru")

    partner = actions.create_partner(index=index, page=PartnerPage(title="Клуб «Ёлка»", tagline="Растим"))

    assert partner.slug == "klub-elka"
    assert partner.pages.get().slug == "klub-elka"


def test_create_partner_where_another_page_has_the_address_is_refused(city):
    index = PartnerIndexPage.objects.get(locale__language_code="ru")
    make_partner(slug="lisiha")
    page = PartnerPage.objects.get()
    page.slug = "moved"
    page.save()

    with pytest.raises(actions.PartnerExistsError):
        actions.create_partner(index=index, page=PartnerPage(title="Новая", tagline="…", slug="moved"))


def test_archived_partner_publishes_nothing_later(city):
    partner, author = make_partner(), make_user()
    later = make_news(partner=partner, publish=False)
    later.save_revision(approved_go_live_at=timezone.now() + timedelta(minutes=1))
    asked = make_news(partner=partner, publish=False)
    state = partner.workflow.start(asked, author)
    PageSubscription.objects.create(page=asked, user=author, comment_notifications=True)

    actions.archive_partner(partner, by=make_user())

    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_CANCELLED
    assert not PageSubscription.objects.exists()


def test_nobody_joins_an_archived_partner(city):
    partner = make_partner()
    actions.archive_partner(partner, by=make_user())

    with pytest.raises(actions.PartnerArchivedError):
        actions.add_member(partner, make_user(), Role.OWNER)


def test_removed_member_gets_no_more_letters_about_the_partners_pages(city):
    ours, theirs, person = make_partner(), make_partner(), make_user()
    for partner in (ours, theirs):
        actions.add_member(partner, person, Role.EDITOR)
        PageSubscription.objects.create(page=partner.pages.get(), user=person, comment_notifications=True)

    actions.remove_member(ours, person)

    assert queries.partners_of(person.pk) == [theirs.pk]
    assert list(PageSubscription.objects.values_list("page__title", flat=True)) == [theirs.pages.get().title]
