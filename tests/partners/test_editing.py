"""What goes wrong while editors work, and what they are told."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Locale

from common.models import Picture
from news.models import NewsIndexPage, NewsPage
from partners.actions import add_member
from partners.enums import Role
from partners.models import Partner, PartnerPage
from tests.factories import make_news, make_partner, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(city) -> Partner:
    return make_partner("Музей")


def member(partner: Partner, role: Role = Role.EDITOR) -> Client:
    person = make_user()
    add_member(partner, person, role)
    client = Client()
    client.force_login(person)
    return client


def fields(page: NewsPage, **changes: object) -> dict[str, object]:
    row = {f"related_links-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM")}
    row |= {"title": page.title, "slug": page.slug, "lead": page.lead, "body-count": "0", "tags": ""}
    return row | {"related_links-MAX_NUM_FORMS": 5} | changes


def translate(client: Client, page: NewsPage, language: str = "en") -> None:
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    client.post(address, {"locales": [Locale.objects.get(language_code=language).pk]})


def test_taken_slug_is_said_at_its_field(partner):
    make_news(partner=partner, slug="fair")
    page = make_news(partner=partner)

    response = member(partner).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), fields(page, slug="fair"), follow=True
    )

    assert response.context["form"].errors.keys() == {"slug"}


def test_page_moved_away_while_it_is_edited_is_not_written(partner):
    client, page = member(partner), make_news("Наше", partner=partner)
    page.move(NewsIndexPage.objects.get(locale__language_code="ru"), "last-child")

    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), fields(page, title="Поздно"))

    assert response.url == reverse("wagtailadmin_home")
    assert NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Наше"


def test_page_moved_within_its_partner_while_it_is_edited_keeps_the_words(partner):
    english = partner.pages.get().copy_for_translation(Locale.objects.get(language_code="en"))
    client, page = member(partner), make_news("Наше", partner=partner)
    page.move(english, "last-child")

    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), fields(page, title="Новое"))

    page = NewsPage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().title == "Новое"
    assert page.get_parent().pk == english.pk


def test_translating_news_makes_the_partners_page_first_with_the_same_rights(partner):
    page = make_news("Новость", partner=partner)
    client = member(partner)

    translate(client, page)

    copy = NewsPage.objects.get(locale__language_code="en")
    above = PartnerPage.objects.get(locale__language_code="en")
    assert copy.get_parent().pk == above.pk
    assert above.partner == partner
    assert above.get_workflow() == partner.workflow
    assert client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk])).status_code == 200


def test_author_cannot_start_a_translation(partner):
    translate(member(partner, Role.AUTHOR), make_news(partner=partner))

    assert not NewsPage.objects.filter(locale__language_code="en").exists()


@pytest.mark.parametrize("role", list(Role))
def test_partners_own_page_is_not_deleted_by_its_team(partner, role):
    page = partner.pages.get()
    client = member(partner, role)

    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}")

    assert partner.pages.get().pk == page.pk


@pytest.mark.parametrize(("role", "live"), [(Role.OWNER, False), (Role.EDITOR, True), (Role.AUTHOR, True)])
def test_only_owners_take_the_whole_partner_offline(partner, role, live):
    member(partner, role).post(reverse("wagtailadmin_pages:unpublish", args=[partner.pages.get().pk]))

    assert partner.pages.get().live is live


def test_lying_picture_is_refused_with_a_reason(partner):
    lie = SimpleUploadedFile("photo.png", b"MZ" + b"\0" * 200, content_type="image/png")
    address = reverse("wagtailimages:add_multiple")
    fields = {"title": "Фото", "files[]": lie, "collection": partner.collection_id}

    response = member(partner).post(address, fields, headers={"X-Requested-With": "XMLHttpRequest"})

    assert response.json()["success"] is False
    assert response.json()["error_message"]
    assert not Picture.objects.exists()


def test_picture_goes_to_the_own_collection_whatever_is_asked(partner):
    other = make_partner()
    written = BytesIO()
    Image.new("RGB", (80, 60), "teal").save(written, "PNG")
    picture = SimpleUploadedFile("photo.png", written.getvalue(), content_type="image/png")
    fields = {"title": "Фото", "files[]": picture, "collection": other.collection_id}

    member(partner).post(reverse("wagtailimages:add_multiple"), fields, headers={"X-Requested-With": "XMLHttpRequest"})

    assert list(Picture.objects.values_list("collection", flat=True)) == [partner.collection_id]
