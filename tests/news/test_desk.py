"""The media team's desk in the CMS."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from accounts.models import User
from news import actions
from news.enums import CityFeed
from news.models import FeedItem
from pages.staff_groups import COORDINATORS, MEDIA_TEAM
from partners.actions import add_member
from partners.enums import Role, Trust
from tests.factories import make_news, make_partner, make_user

pytestmark = pytest.mark.django_db
DESK = reverse("news_desk:index")


@pytest.fixture
def media(city) -> User:
    person = make_user()
    person.groups.add(Group.objects.get(name=MEDIA_TEAM))
    return person


@pytest.fixture
def desk(media) -> Client:
    client = Client()
    client.force_login(media)
    return client


@pytest.fixture
def item(city) -> FeedItem:
    """News of a partner that is not trusted yet."""
    partner = make_partner("Дом ремёсел", trust=Trust.NEW)
    return make_news("Новый станок", partner=partner, lead="Учим точить.").feed_item


def url(name: str, item: FeedItem) -> str:
    return reverse(f"news_desk:{name}", args=[item.pk])


def test_desk_shows_what_waits_with_its_partner_and_the_start_of_its_text(desk, item):
    html = desk.get(DESK).content.decode()

    assert all(text in html for text in ("Новый станок", "Дом ремёсел", "Учим точить."))
    assert html.count("<h1") == 1


def test_approved_item_enters_the_city_feed_and_the_log(desk, media, item):
    response = desk.post(url("approve", item))

    item.refresh_from_db()
    assert response.url == DESK
    assert (item.city, item.decided_by) == (CityFeed.SHOWN, media)
    assert PageLogEntry.objects.filter(page=item.page, action="news.shown", user=media).exists()


def test_declined_item_keeps_the_reason(desk, item):
    desk.post(url("decline", item), {"reason": "Реклама"})

    item.refresh_from_db()
    assert (item.city, item.reason) == (CityFeed.DECLINED, "Реклама")


def test_declining_needs_a_reason(desk, item):
    response = desk.post(url("decline", item), {"reason": " "})

    item.refresh_from_db()
    assert response.context["form"].errors.keys() == {"reason"}
    assert item.city == CityFeed.PENDING


def test_item_is_pinned_until_a_moment_and_let_go(desk, city):
    item = make_news("Ярмарка").feed_item
    until = timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=2)

    desk.post(url("pin", item), {"until": f"{until:%Y-%m-%d %H:%M}"})
    item.refresh_from_db()
    assert item.pinned_until == until
    desk.post(url("unpin", item))

    item.refresh_from_db()
    assert item.pinned_until is None


def test_pinning_into_the_past_is_refused(desk, city):
    item = make_news().feed_item

    response = desk.post(url("pin", item), {"until": "2020-01-01 10:00"})

    assert response.context["form"].errors.keys() == {"until"}


def test_published_items_are_found_by_title(desk, city):
    make_news("Ярмарка мастеров")
    make_news("Лекция о звёздах")

    shown = desk.get(DESK, {"q": "ярмарка"[1:]}).context["shown"]

    assert [item.page.title for item in shown] == ["Ярмарка мастеров"]


@pytest.mark.parametrize("name", ["approve", "unpin"])
def test_nothing_changes_by_following_a_link(desk, item, name):
    assert desk.get(url(name, item)).status_code == 405


def people_without_the_right() -> list[str]:
    return ["owner of a partner", COORDINATORS]


@pytest.mark.parametrize("who", people_without_the_right())
@pytest.mark.parametrize("name", ["approve", "decline", "pin", "unpin"])
def test_others_are_turned_away(city, item, who, name):
    person = make_user()
    if who == COORDINATORS:
        person.groups.add(Group.objects.get(name=who))
    else:
        add_member(item.partner, person, Role.OWNER)
    client = Client()
    client.force_login(person)

    response = client.post(url(name, item), {"reason": "Так", "until": "2100-01-01 10:00"})

    item.refresh_from_db()
    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert (item.city, item.pinned_until) == (CityFeed.PENDING, None)
    assert client.get(DESK).status_code == 302


def test_menu_says_how_many_wait(desk, item):
    html = desk.get(reverse("wagtailadmin_home")).content.decode()

    assert DESK in html
    assert "(1)" in html


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_desk_do_not_grow(desk, media, count, django_assert_num_queries):
    for _ in range(count):
        make_news(partner=make_partner(trust=Trust.NEW))
        actions.pin(make_news(partner=make_partner()).feed_item, until=timezone.now() + timedelta(days=1), by=media)
    desk.get(DESK)

    with django_assert_num_queries(16):
        desk.get(DESK)
