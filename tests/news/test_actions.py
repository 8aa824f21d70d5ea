from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale

from news import actions, queries
from news.enums import CityFeed
from news.models import FeedItem
from partners.enums import Trust
from tests.factories import make_news, make_partner, make_user

pytestmark = pytest.mark.django_db


def titles(language: str = "ru") -> list[str]:
    locale = Locale.objects.get(language_code=language)
    return [item.page.title for item in queries.feed_page(queries.city_items(locale)).items]


def test_item_of_a_trusted_partner_enters_the_city_feed_at_once(city):
    make_news("Новый станок", partner=make_partner(trust=Trust.TRUSTED))

    assert titles() == ["Новый станок"]


def test_item_of_another_partner_waits_for_the_media_team(city):
    partner = make_partner(trust=Trust.APPROVED)
    page = make_news("Новый станок", partner=partner)

    assert titles() == []
    assert [item.page.title for item in queries.partner_items(page.locale, partner.pk)] == ["Новый станок"]
    assert [item.page.title for item in queries.waiting_for_city()] == ["Новый станок"]


def test_approved_item_enters_the_city_feed_and_stays_there_when_published_again(city):
    page = make_news("Новый станок", partner=make_partner(trust=Trust.NEW))
    actions.approve_for_city(page.feed_item, by=make_user())

    page.title = "Новый токарный станок"
    page.save_revision().publish()

    assert titles() == ["Новый токарный станок"]
    assert not queries.waiting_for_city().exists()


def test_declined_item_stays_with_its_partner(city):
    page = make_news(partner=make_partner(trust=Trust.NEW))

    actions.decline_for_city(page.feed_item, by=make_user(), reason="Реклама")

    page.feed_item.refresh_from_db()
    assert (page.feed_item.city, page.feed_item.reason) == (CityFeed.DECLINED, "Реклама")
    assert titles() == []


def test_unpublished_item_leaves_the_feed_and_comes_back_where_it_was(city):
    page = make_news("Новый станок")
    shown = page.feed_item.published_at

    page.unpublish()
    assert titles() == []
    page.save_revision().publish()

    assert titles() == ["Новый станок"]
    assert FeedItem.objects.get().published_at == shown


def test_reader_sees_each_item_once_in_the_own_language_else_the_original(city):
    page = make_news("Новый станок")
    make_news("Без перевода")
    copy = page.copy_for_translation(Locale.objects.get(language_code="en"))
    copy.title = "A new lathe"
    copy.save_revision().publish()

    assert titles("ru") == ["Без перевода", "Новый станок"]
    assert sorted(titles("en")) == ["A new lathe", "Без перевода"]
    assert sorted(titles("be")) == ["Без перевода", "Новый станок"]


def test_draft_is_in_no_feed(city):
    make_news(publish=False)

    assert not FeedItem.objects.exists()


def test_pin_counts_until_its_moment(city):
    page = make_news("Закреплено")
    make_news("Новее")
    locale = page.locale

    actions.pin(page.feed_item, until=timezone.now() + timedelta(days=1), by=make_user())
    assert [item.page.title for item in queries.latest_news(locale, 5)] == ["Закреплено", "Новее"]
    actions.pin(page.feed_item, until=timezone.now() - timedelta(seconds=1), by=make_user())

    assert [item.page.title for item in queries.latest_news(locale, 5)] == ["Новее", "Закреплено"]


def test_deleted_item_leaves_the_feed(city):
    make_news().delete()

    assert titles() == []


def test_pages_by_key_have_every_item_once_in_both_directions(city):
    expected = [make_news().title for _ in range(7)][::-1]
    items = queries.city_items(city.locale)

    first = queries.feed_page(items, size=3)
    second = queries.feed_page(items, before=first.older, size=3)
    third = queries.feed_page(items, before=second.older, size=3)
    back = queries.feed_page(items, after=third.newer, size=3)

    assert [i.page.title for p in (first, second, third) for i in p.items] == expected
    assert (first.newer, third.older) == ("", "")
    assert [i.page.title for i in back.items] == [i.page.title for i in second.items]
