"""/api/v1/search: what the results page finds, for programs."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from search.understanding import lexicon
from tests.api.conftest import moment
from tests.factories import make_district, make_news, make_picture, make_topic
from tests.search.test_views import NAUGHTY

pytestmark = pytest.mark.django_db


def names(answer) -> list[str]:
    return [item["name"] for item in answer["items"]]


def choices(answer, facet: str) -> list[tuple[str, int, bool]]:
    (found,) = [one for one in answer["facets"] if one["name"] == facet]
    return [(choice["identifier"], choice["count"], choice["chosen"]) for choice in found["choices"]]


def test_an_item_says_what_is_known_of_it(city, ask, add):
    make_topic("crafts", "Ремёсла")
    make_district("left", "Левый берег")
    entry = add(
        "Шитьё & мы",
        summary="Нитки <дадут>.",
        topics=("crafts",),
        district="left",
        partner="grove",
        partner_name="Роща",
        place="ул. Сосновая, 5",
        latitude=52.2,
        longitude=104.3,
        picture_id=make_picture().pk,
    )

    (item,) = ask("search", q="нитки")["items"]

    image = item.pop("image")
    assert image.startswith("http://testserver/media/images/")
    assert item == {
        "@type": "NewsArticle",
        "@id": f"http://testserver{entry.url}",
        "identifier": entry.key,
        "kind": "news",
        "name": "Шитьё & мы",
        "description": "Нитки <дадут>.",
        "highlight": "<mark>Нитки</mark> &lt;дадут&gt;.",
        "inLanguage": "ru",
        "datePublished": moment(entry.published),
        "publisher": {"@type": "Organization", "identifier": "grove", "name": "Роща"},
        "location": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "streetAddress": "ул. Сосновая, 5"},
            "geo": {"@type": "GeoCoordinates", "latitude": 52.2, "longitude": 104.3},
        },
        "about": [{"identifier": "crafts", "name": "Ремёсла"}],
        "audience": [],
        "areaServed": {"identifier": "left", "name": "Левый берег"},
    }


def test_facets_count_as_if_nothing_were_chosen_in_them(city, ask, add):
    add("Шитьё", kind="news", district="left")
    add("Шитьё", kind="partner", district="left")
    add("Шитьё", kind="partner", district="right")

    answer = ask("search", q="шитьё", kind=["partner"], district=["left", "moon"])

    assert answer["numberOfItems"] == 1
    assert choices(answer, "kind") == [("news", 1, False), ("partner", 1, True)]
    assert choices(answer, "district") == [("left", 1, True), ("right", 1, False), ("moon", 0, True)]


def test_names_of_choices_are_in_the_readers_language(city, ask, add):
    add("Museum", language="en")

    answer = ask("search", language="en")

    assert answer["facets"][0]["choices"] == [{"identifier": "news", "name": "News", "count": 1, "chosen": False}]
    assert answer["facets"][2]["name"] == "inLanguage"
    assert choices(ask("search", language="be", inLanguage="ru"), "inLanguage") == [("en", 1, False), ("ru", 0, True)]


def test_following_cursors_leads_through_everything_once(city, ask, add):
    for number in range(45):
        add(f"Урок {number}")

    seen, asked = [], {"q": "урок", "limit": 15}
    while True:
        answer = ask("search", **asked)
        seen += names(answer)
        if "nextCursor" not in answer:
            break
        asked["cursor"] = answer["nextCursor"]

    assert (len(seen), len(set(seen)), answer["numberOfItems"]) == (45, 45, 45)


def test_the_next_page_is_linked_in_the_header(city, client, add):
    for number in range(3):
        add(f"Урок {number}")

    first = client.get("/api/v1/search", {"q": "урок", "limit": 2})
    address, _, relation = first["Link"].partition("; ")
    second = client.get(address.strip("<>"))

    assert relation == 'rel="next"'
    assert len(second.json()["items"]) == 1
    assert "Link" not in second


@pytest.mark.parametrize(
    "changed", [{"q": "другое"}, {"district": "left"}, {"language": "en"}, {"cursor": "MjA.forged"}, {"cursor": "\x00"}]
)
def test_a_cursor_is_good_for_its_own_question_alone(city, client, ask, add, changed):
    for number in range(3):
        add(f"Урок {number}", district="left")
    asked = {"q": "урок", "limit": 1}
    asked["cursor"] = ask("search", **asked)["nextCursor"]

    response = client.get("/api/v1/search", asked | changed)

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert response.json()["type"] == "http://testserver/api/v1/docs#bad-cursor"


@pytest.mark.parametrize("value", ["' OR 1=1 --", "a" * 500, "\x00", "x) | (y"])
def test_what_no_choice_can_be_is_refused_by_name(city, client, value):
    response = client.get("/api/v1/search", {"topic": value, "inLanguage": value})

    assert response.status_code == 422
    assert [fault["parameter"] for fault in response.json()["errors"]] == ["inLanguage", "topic"]


def test_whatever_is_asked_gets_an_answer(city, ask, add):
    add("Ремонт велосипедов")

    assert [ask("search", q=text)["more"] for text in NAUGHTY] == [False] * len(NAUGHTY)


def test_empty_fields_of_a_form_count_as_not_said(city, ask, add):
    add("Ремонт")

    answer = ask("search", q="", language="", cursor="", kind="", topic="", inLanguage="")

    assert names(answer) == ["Ремонт"]


def test_the_database_is_asked_as_often_for_20_hits_as_for_1(city, client, add):
    picture = make_picture()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/api/v1/search", {"q": "урок"})
        return len(captured)

    add("Урок", topics=("games",), partner="bench", picture_id=picture.pk)
    queries()  # what a process keeps for itself, and the picture's rendition
    cache.delete("search:size")
    with_one = queries()
    for number in range(19):
        add(f"Урок {number}", topics=("games",), partner=f"partner-{number}", picture_id=picture.pk)
    cache.delete("search:size")
    with_many = queries()

    assert (with_one, with_many) == (8, 8)


def test_a_publication_is_found_at_once(city, ask, django_capture_on_commit_callbacks):
    before = ask("search", q="велопробег")["numberOfItems"]

    with django_capture_on_commit_callbacks(execute=True):
        make_news("Ночной велопробег")

    assert (before, ask("search", q="велопробег")["numberOfItems"]) == (0, 1)


def test_days_and_order_are_asked_for_as_on_the_page(city, ask, add):
    make_district("left", "Левый берег", latitude=52.3, longitude=104.3)
    add("Ярмарка у реки", days_old=3, latitude=52.3, longitude=104.3)
    add("Ярмарка на горе", days_old=400, latitude=53.3, longitude=104.3)

    month_ago = str(localdate() - timedelta(days=30))

    assert names(ask("search", **{"q": "ярмарка", "from": month_ago})) == ["Ярмарка у реки"]
    assert names(ask("search", q="ярмарка", to=month_ago)) == ["Ярмарка на горе"]
    assert names(ask("search", q="ярмарка", sort="date")) == ["Ярмарка у реки", "Ярмарка на горе"]
    assert names(ask("search", q="ярмарка", sort="near", near="53.31,104.3"))[0] == "Ярмарка на горе"
    assert names(ask("search", q="ярмарка", sort="near", near="left"))[0] == "Ярмарка у реки"


def test_days_are_counted_and_the_chosen_is_named(city, ask, add):
    add("Ярмарка")
    add("Ярмарка", days_old=400)

    assert choices(ask("search", q="ярмарка", when="today"), "when")[0] == ("month", 1, False)
    assert ("today", 1, True) in choices(ask("search", q="ярмарка", when="today"), "when")


@pytest.mark.parametrize(
    "asked",
    [{"when": "soon"}, {"from": "99999"}, {"to": "2027-13-01"}, {"sort": "best"}, {"sort": "near", "near": "moon"}],
)
def test_what_makes_no_sense_is_refused_by_its_name(city, client, asked):
    response = client.get("/api/v1/search", {"q": "ярмарка", **asked})

    assert response.status_code == 422
    assert [fault["parameter"] for fault in response.json()["errors"]] == [[*asked][-1]]


def test_what_was_looked_for_instead_is_said(city, ask, add):
    add("Ремонт велосипеда")
    lexicon.learn_new()

    assert ask("search", q="ремонт велосепеда")["searchedFor"] == "ремонт велосипеда"
    assert "searchedFor" not in ask("search", q="ремонт")
    assert ask("search", q="велосепед", exact="1")["numberOfItems"] == 0


def test_a_cursor_is_of_one_order_and_of_the_same_days(city, client, add):
    for number in range(3):
        add(f"Ярмарка {number}")
    first = client.get("/api/v1/search", {"q": "ярмарка", "limit": 1}).json()

    for other in ({"sort": "date"}, {"when": "today"}, {"exact": "1"}):
        response = client.get("/api/v1/search", {"q": "ярмарка", "cursor": first["nextCursor"], **other})
        assert (response.status_code, response.json()["type"].rpartition("#")[2]) == (400, "bad-cursor")
