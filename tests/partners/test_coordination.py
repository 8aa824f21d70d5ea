"""What the network's coordinators do with partners in the CMS."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, PageLogEntry

from pages.staff_groups import COORDINATORS, MEDIA_TEAM
from partners.actions import add_member
from partners.enums import Role, Trust
from partners.models import Partner, PartnerPage
from tests.factories import make_partner, make_user

pytestmark = pytest.mark.django_db
INDEX, NEW = reverse("coordination:index"), reverse("coordination:new")


def member_of(group: str) -> Client:
    person = make_user()
    person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def coordinator(city) -> Client:
    return member_of(COORDINATORS)


def new_partner(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Клуб «Ёлка»",
        "slug": "",
        "kind": "club",
        "tagline": "Растим ёлки",
        "publish": "on",
        "trust": "new",
        "legal_name": "АНО «Ёлка»",
        **fields,
    }


def test_new_partner_comes_with_everything_and_leads_to_its_team(coordinator):
    response = coordinator.post(NEW, new_partner())

    partner = Partner.objects.get()
    assert response.url == reverse("coordination:team", args=[partner.pk])
    assert (partner.slug, partner.trust, partner.legal_name) == ("klub-elka", Trust.NEW, "АНО «Ёлка»")
    page = partner.pages.get()
    assert (page.title, page.live, page.locale.language_code) == ("Клуб «Ёлка»", True, "ru")


@pytest.mark.parametrize("fields", [{"slug": "elka"}, {"title": "Elka"}])
def test_taken_address_is_said_at_its_field_and_leaves_nothing(coordinator, fields):
    make_partner(slug="elka")
    before = Collection.objects.count()

    response = coordinator.post(NEW, new_partner(**fields))

    assert response.context["form"].errors.keys() == {"slug"}
    assert (Partner.objects.count(), PartnerPage.objects.count(), Collection.objects.count()) == (1, 1, before)


def test_private_part_is_changed_and_logged_without_its_words(coordinator):
    partner = make_partner(trust=Trust.NEW)
    fields = {"trust": "approved", "legal_name": "ООО «Тайное»", "member_since": "2026-03-01"}

    coordinator.post(reverse("coordination:edit", args=[partner.pk]), fields)

    partner.refresh_from_db()
    assert (partner.trust, partner.legal_name) == (Trust.APPROVED, "ООО «Тайное»")
    entries = PageLogEntry.objects.filter(page=partner.pages.get(), action__startswith="partners.")
    assert {"partners.private", "partners.trust"} <= set(entries.values_list("action", flat=True))
    assert "Тайное" not in str(list(entries.values_list("data", flat=True)))


def test_person_with_an_account_joins_the_team_and_leaves_it(coordinator):
    partner, person = make_partner(), make_user("anna@example.org")
    team = reverse("coordination:team", args=[partner.pk])

    coordinator.post(team, {"email": "Anna@Example.org", "role": "owner"})
    assert "anna@example.org" in coordinator.get(team).content.decode()
    coordinator.post(reverse("coordination:remove", args=[partner.pk, person.pk]))

    assert not person.groups.exists()
    logged = PageLogEntry.objects.filter(action="partners.team").order_by("pk").values_list("data__role", flat=True)
    assert list(logged) == ["owner", ""]


def test_unknown_address_is_said_at_its_field(coordinator):
    team = reverse("coordination:team", args=[make_partner().pk])

    response = coordinator.post(team, {"email": "nobody@example.org", "role": "owner"})

    assert response.context["form"].errors.keys() == {"email"}


def test_nobody_joins_an_archived_partner(coordinator):
    partner, person = make_partner(), make_user("anna@example.org")
    coordinator.post(reverse("coordination:archive", args=[partner.pk]))

    response = coordinator.post(
        reverse("coordination:team", args=[partner.pk]), {"email": "anna@example.org", "role": "owner"}
    )

    assert response.context["form"].non_field_errors()
    assert not person.groups.exists()


def test_archiving_asks_first(coordinator):
    partner = make_partner()
    address = reverse("coordination:archive", args=[partner.pk])

    assert coordinator.get(address).status_code == 200
    partner.refresh_from_db()
    assert partner.archived_at is None
    coordinator.post(address)

    partner.refresh_from_db()
    assert partner.archived_at is not None
    assert not partner.pages.get().live


@pytest.mark.parametrize("who", ["owner", MEDIA_TEAM])
@pytest.mark.parametrize("name", ["index", "new", "edit", "team", "archive"])
def test_others_do_not_see_the_private_part(city, who, name):
    partner = make_partner()
    if who == "owner":
        person = make_user()
        add_member(partner, person, Role.OWNER)
        client = Client()
        client.force_login(person)
    else:
        client = member_of(who)
    address = reverse(f"coordination:{name}", args=[] if name in {"index", "new"} else [partner.pk])

    assert client.get(address).url == reverse("wagtailadmin_home")
    assert client.post(address, new_partner(email="a@example.org", role="owner")).status_code == 302
    partner.refresh_from_db()
    assert (Partner.objects.count(), partner.archived_at, partner.legal_name) == (1, None, "")


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_do_not_grow(coordinator, count, django_assert_num_queries):
    for _ in range(count):
        make_partner()
    coordinator.get(INDEX)

    with django_assert_num_queries(11):
        coordinator.get(INDEX)


@pytest.mark.parametrize(("group", "kinds"), [(COORDINATORS, 4), (MEDIA_TEAM, 1)])
def test_vocabulary_is_kept_by_those_who_may(city, group, kinds):
    client = member_of(group)
    names = ["news_newscategory", "common_topic", "common_audience", "common_district"]

    opened = [client.get(reverse(f"wagtailsnippets_{name}:list")).status_code for name in names]

    assert opened.count(200) == kinds


def test_account_whose_address_nobody_confirmed_joins_no_team(coordinator):
    """A stranger may have signed up with the librarian's address."""
    stranger = make_user("librarian@example.org")
    EmailAddress.objects.update(verified=False)
    partner = make_partner()

    response = coordinator.post(
        reverse("coordination:team", args=[partner.pk]), {"email": stranger.email, "role": "editor"}
    )

    assert response.context["form"].errors.keys() == {"email"}
    assert stranger.groups.count() == 0
