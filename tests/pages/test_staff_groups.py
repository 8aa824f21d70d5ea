from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Page

from accounts.models import User
from pages.actions import lay_out_city
from pages.staff_groups import COORDINATORS, MEDIA_TEAM, MODERATORS
from tests.factories import make_news, make_partner, make_user

pytestmark = pytest.mark.django_db
give_rights = import_module("forum.migrations.0012_safety_gaps").give_rights

ASKED = [
    "wagtailadmin.access_admin",
    "partners.see_every_partner",
    "partners.coordinate",
    "news.run_desk",
    "news.change_newscategory",
    "common.change_district",
    "wagtailredirects.add_redirect",
    "forum.moderate",
    "forum.change_board",
    "forum.delete_board",
    "search.see_searches",
    "search.change_synonymgroup",
    "search.delete_pick",
]


def member_of(name: str) -> User:
    person = make_user()
    person.groups.add(Group.objects.get(name=name))
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        (MEDIA_TEAM, [True, True, False, True, True, False, True, False, False, False, True, True, True]),
        (COORDINATORS, [True, True, True, False, True, True, True, True, True, True, False, False, False]),
        (MODERATORS, [True, True, False, False, False, False, False, True, True, False, False, False, False]),
    ],
)
def test_rights_of_the_networks_people(city, name, may):
    person = member_of(name)

    assert [person.has_perm(right) for right in ASKED] == may


@pytest.mark.parametrize("name", [MEDIA_TEAM, COORDINATORS, MODERATORS])
def test_they_work_on_every_page_in_every_language(city, name):
    person = member_of(name)
    pages = [make_news(partner=make_partner()), *Page.objects.filter(depth=2)]

    assert [page.permissions_for_user(person).can_publish() for page in pages] == [True] * 4


def test_wagtails_own_groups_are_replaced_once(city):
    assert set(Group.objects.values_list("name", flat=True)) == {MEDIA_TEAM, COORDINATORS, MODERATORS}
    Group.objects.get(name=MODERATORS).permissions.clear()

    lay_out_city()

    assert not Group.objects.get(name=MODERATORS).permissions.exists()


@pytest.mark.parametrize(
    ("name", "rights"),
    [
        (COORDINATORS, ["add_board", "answer_for_city", "change_answer", "moderate"]),
        (MODERATORS, ["change_answer", "change_board", "moderate"]),
        (MEDIA_TEAM, []),
    ],
)
def test_sites_laid_out_before_the_board_get_its_rights_and_keep_what_they_have(city, name, rights):
    for group in Group.objects.all():
        group.permissions.remove(*group.permissions.filter(content_type__app_label="forum"))
    before = set(Group.objects.get(name=name).permissions.all())

    for _ in range(2):
        give_rights(apps, None)

    now = Group.objects.get(name=name).permissions.all()
    asked = ["add_board", "answer_for_city", "change_answer", "change_board", "moderate"]
    given = set(now.filter(content_type__app_label="forum", codename__in=asked).values_list("codename", flat=True))
    assert given >= set(rights)
    assert bool(given) is bool(rights)
    assert set(now) >= before


def test_wagtails_own_moderators_get_no_rights_of_the_board(db):
    Group.objects.get_or_create(name=MODERATORS)
    Group.objects.filter(name=COORDINATORS).delete()

    give_rights(apps, None)

    assert not Group.objects.filter(permissions__content_type__app_label="forum").exists()
