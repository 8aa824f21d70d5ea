"""/api/v1/news and /api/v1/partners."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale

from news import actions
from news.models import FeedItem, NewsCategory
from partners.enums import Trust
from partners.models import PartnerPage
from tests.api.conftest import moment
from tests.factories import make_district, make_news, make_partner, make_picture, make_topic, make_user

pytestmark = pytest.mark.django_db


def test_a_news_item_says_what_is_known_of_it(city, ask):
    partner = make_partner("Библиотека", slug="library")
    category = NewsCategory.objects.create(slug="places", name="Места", locale=Locale.get_default())
    page = make_news("Открыли", partner=partner, cover=make_picture(), author_line="Вера", categories=[category])

    (item,) = ask("news")["items"]

    assert item.pop("image").startswith("http://testserver/media/images/")
    assert item.pop("dateModified") >= item["datePublished"]
    assert item == {
        "@type": "NewsArticle",
        "@id": f"http://testserver{page.url}",
        "headline": "Открыли",
        "description": "Что случилось.",
        "inLanguage": "ru",
        "datePublished": moment(page.feed_item.published_at),
        "articleSection": [{"identifier": "places", "name": "Места"}],
        "author": {"@type": "Person", "name": "Вера"},
        "publisher": {"@type": "Organization", "identifier": "library", "name": "Библиотека"},
    }


def test_news_of_a_partner_are_all_it_publishes(city, ask):
    partner = make_partner(slug="library", trust=Trust.NEW)
    make_news("Ждёт", partner=partner)
    declined = make_news("Только у партнёра", partner=partner)
    actions.decline_for_city(declined.feed_item, by=make_user(), reason="Реклама")

    assert ask("news")["items"] == []
    assert [item["headline"] for item in ask("news", partner="library")["items"]] == ["Только у партнёра", "Ждёт"]


def test_news_are_narrowed_by_category_district_and_month(city, ask):
    category = NewsCategory.objects.create(slug="places", name="Места", locale=Locale.get_default())
    near = make_partner(district=make_district("left", "Левый берег"))
    make_news("Здание", categories=[category])
    make_news("Рядом", partner=near)
    old = make_news("Давно")
    FeedItem.objects.filter(page=old).update(published_at=timezone.now().replace(year=2020, month=3, day=10))

    def found(**asked) -> list[str]:
        return [item["headline"] for item in ask("news", **asked)["items"]]

    assert found(category="places") == ["Здание"]
    assert found(district="left") == ["Рядом"]
    assert found(year=2020, month=3) == ["Давно"]
    assert found(year="", month="", category="", district="") == ["Рядом", "Здание", "Давно"]


def test_news_page_by_page_miss_nothing_when_something_new_comes(city, ask):
    for number in range(5):
        page = make_news(f"Новость {number}")
        FeedItem.objects.filter(page=page).update(published_at=timezone.now() - timedelta(days=number))

    first = ask("news", limit=2)
    make_news("Свежее")
    second = ask("news", limit=2, cursor=first["nextCursor"])
    third = ask("news", limit=2, cursor=second["nextCursor"])

    pages = [[item["headline"][-1] for item in answer["items"]] for answer in (first, second, third)]
    assert pages == [["0", "1"], ["2", "3"], ["4"]]
    assert "nextCursor" not in third


def test_partners_page_by_page_in_the_order_of_their_names(city, ask):
    for name in "ВБАД":
        make_partner(name)

    first = ask("partners", limit=2)
    make_partner("Аа")
    second = ask("partners", limit=2, cursor=first["nextCursor"])

    assert [item["name"] for answer in (first, second) for item in answer["items"]] == ["А", "Б", "В", "Д"]
    assert "nextCursor" not in second


def test_a_partner_says_what_is_known_of_it(library, ask):
    (item,) = ask("partners")["items"]

    assert [item.pop(name).startswith("http://testserver/media/") for name in ("logo", "image")] == [True, True]
    assert item == {
        "@type": "Library",
        "@id": "http://testserver/ru/partners/grove/",
        "identifier": "grove",
        "kind": "library",
        "name": "Библиотека «Роща»",
        "alternateName": "Роща",
        "description": "Учим тому, что умеем",
        "inLanguage": "ru",
        "url": "https://roscha.example/",
        "telephone": ["+7 (3952) 00-00-22"],
        "email": "roscha@biblio.example",
        "sameAs": ["https://vk.example/roscha"],
        "location": {
            "@type": "Place",
            "name": "Библиотека «Роща»",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "ул. Сосновая, 5",
                "addressRegion": "Октябрьский",
            },
            "geo": {"@type": "GeoCoordinates", "latitude": 52.2, "longitude": 104.3},
            "openingHoursSpecification": [
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": "Monday",
                    "opens": "10:00",
                    "closes": "19:00",
                }
            ],
            "amenityFeature": [{"@type": "LocationFeatureSpecification", "name": "Вход без ступеней", "value": True}],
        },
        "knowsAbout": [{"identifier": "crafts", "name": "Ремёсла"}],
        "audience": [],
        "knowsLanguage": ["ru"],
        "areaServed": {"identifier": "oktyabrsky", "name": "Октябрьский"},
    }


def test_partners_are_narrowed(library, ask):
    make_partner("Клуб", kind="club", access=["lift"], topics=[make_topic("games", "Игры")])

    def found(**asked) -> list[str]:
        return [item["name"] for item in ask("partners", **asked)["items"]]

    assert found(kind="club") == found(access="lift") == found(topic="games") == ["Клуб"]
    assert found(district="oktyabrsky") == ["Библиотека «Роща»"]
    assert found(kind="", access="", topic="nothing") == []


def test_where_there_is_no_translation_the_original_comes_and_says_its_language(library, ask):
    (partner,), (item,) = (ask(name, language="en")["items"] for name in ("partners", "news"))

    assert (partner["inLanguage"], item["inLanguage"]) == ("ru", "ru")
    assert partner["location"]["amenityFeature"][0]["name"] == "Step-free entrance"


@pytest.mark.parametrize(
    ("name", "asked", "parameter"),
    [
        ("news", {"limit": "many"}, "limit"),
        ("news", {"limit": 101}, "limit"),
        ("news", {"limit": -1}, "limit"),
        ("news", {"partner": "\x00"}, "partner"),
        ("news", {"month": 13}, "month"),
        ("news", {"year": "99999"}, "year"),
        ("news", {"language": "fr"}, "language"),
        ("partners", {"kind": "shop"}, "kind"),
        ("partners", {"access": "stairs"}, "access"),
        ("partners", {"topic": "' OR 1=1 --"}, "topic"),
    ],
)
def test_values_that_cannot_be_are_named(city, client, name, asked, parameter):
    response = client.get(f"/api/v1/{name}", asked)

    said = response.json()
    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")
    assert [fault["parameter"] for fault in said["errors"]] == [parameter]
    assert said["type"] == "http://testserver/api/v1/docs#bad-parameter"


@pytest.mark.parametrize("name", ["news", "partners"])
@pytest.mark.parametrize("cursor", ["x", "MjA.forged", "\x00", "ё" * 5000, "."])
def test_a_forged_cursor_is_refused(city, client, name, cursor):
    response = client.get(f"/api/v1/{name}", {"cursor": cursor})

    assert (response.status_code, response.json()["type"]) == (400, "http://testserver/api/v1/docs#bad-cursor")


@pytest.mark.parametrize(("name", "expected"), [("news", 5), ("partners", 6)])
@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_a_list_do_not_grow(city, client, django_assert_num_queries, name, expected, number):
    picture = make_picture()
    for _ in range(number):
        partner = make_partner(cover=picture, logo=picture, district=make_district(), topics=[make_topic()])
        make_news(partner=partner, cover=picture)
    client.get(f"/api/v1/{name}", {"limit": 100})

    with django_assert_num_queries(expected):
        assert len(client.get(f"/api/v1/{name}", {"limit": 100}).json()["items"]) == number


def test_a_renamed_partner_is_called_so_at_once(library, ask, django_capture_on_commit_callbacks):
    page = PartnerPage.objects.get(partner=library)
    page.title = "Читальня"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    assert ask("partners")["items"][0]["name"] == "Читальня"
    assert ask("news")["items"][0]["publisher"]["name"] == "Читальня"
