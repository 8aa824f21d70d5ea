import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.query import FACETS, MOST_TERMS
from tests.factories import make_district, make_news, make_topic

NAUGHTY = [
    "a" * 100_000,
    "ремонт " * 20_000,
    "!!! ??? …",
    '"',
    "'",
    "''; DROP TABLE search_entry; --",
    '"unbalanced AND (NEAR OR',
    "title:ремонт ^ * NEAR(a b) - +",
    "a & b | !c <-> d:*",
    "\x00null\x00",
    "%s %(x)s {0} {x} %%",
    "\\",
    "😀 🇧🇾 ﷽ \u202e\u200b\ufeff",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "' ' - -- # /* */",
    "и в на",
    "١٢٣ Ⅷ ½ ㎏",
    " ".join(f"слово{number}" for number in range(500)),
]


def test_results_are_shown_with_marks_links_and_counts(city, client):
    page = make_news("Ремонт велосипедов <дома>", lead="Насос & ключи дадут.")

    html = client.get("/ru/search/", {"q": "ремонт велосипеда"}).content.decode()

    assert f'href="{page.get_url()}"' in html
    assert "<mark>Ремонт</mark> <mark>велосипедов</mark> &lt;дома&gt;" in html
    assert '<article class="result k-news">' in html
    assert 'value="ремонт велосипеда"' in html
    assert 'href="/ru/search/?q=%D1%80%D0%B5%D0%BC%D0%BE%D0%BD%D1%82' in html


def test_the_page_asks_the_database_as_often_for_30_hits_as_for_1(city, client, add):
    def queries() -> list[str]:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get("/ru/search/", {"q": "урок"})
        return [query["sql"] for query in captured]

    add("Урок первый", topics=("games",), partner="verstak")
    queries()  # what a process keeps for itself
    with_one = queries()
    for number in range(29):
        add(f"Урок {number}", topics=("games",), partner="verstak")
    with_many = queries()

    assert len(with_one) == len(with_many)
    assert len([sql for sql in with_many if "search_entry" in sql or "search_document" in sql]) == 6


def test_choices_stand_in_the_address_as_chips_and_checked_boxes(city, client, add):
    make_district("right-bank", "Правобережный")
    add("Шитьё у реки", district="right-bank")
    add("Шитьё на горе", district="left")

    response = client.get("/ru/search/", {"q": "шитьё", "district": "right-bank"})

    html = response.content.decode()
    assert response.context["results"].total == 1
    assert 'value="right-bank" checked> <span>Правобережный</span> <span class="n">1</span>' in html
    assert [(chip.label, chip.url) for chip in response.context["chips"]] == [
        ("Правобережный", "/ru/search/?q=%D1%88%D0%B8%D1%82%D1%8C%D1%91")
    ]


def test_filters_that_would_change_nothing_are_not_offered(city, client, add):
    add("Шитьё у реки", district="left", topics=("crafts",))
    add("Шитьё на горе", district="left")

    facets = client.get("/ru/search/", {"q": "шитьё"}).context["facets"]
    chosen = client.get("/ru/search/", {"q": "шитьё", "district": "left"}).context["facets"]

    assert [facet.name for facet in facets] == ["topic"]
    assert [facet.name for facet in chosen] == ["topic", "district"]


def test_tabs_count_kinds_as_if_none_were_chosen(city, client, add):
    add("Шитьё", kind="news")
    add("Шитьё", kind="partner")
    add("Шитьё", kind="partner")

    response = client.get("/ru/search/", {"q": "шитьё", "kind": "partner"})

    assert [(tab.current, tab.count) for tab in response.context["tabs"]] == [(False, 3), (False, 1), (True, 2)]
    assert len(response.context["items"]) == 2


def test_a_choice_that_fits_nothing_offers_the_way_back(city, client, add):
    add("Шитьё", district="left")

    response = client.get("/ru/search/", {"q": "шитьё", "district": "moon"})

    assert response.status_code == 200
    assert response.context["results"].unfiltered == 1
    assert f'<a class="btn" href="{response.context["reset_url"]}">' in response.content.decode()


def test_nothing_found_offers_what_there_is(city, client, add):
    make_topic("games", "Игры")
    add("Шахматы", topics=("games",))

    response = client.get("/ru/search/", {"q": "флейта"})

    assert [item.title for item in response.context["newest"]] == ["Шахматы"]
    assert [(topic.label, topic.url, topic.count) for topic in response.context["topics"]] == [
        ("Игры", "/ru/search/?topic=games", 1)
    ]


def test_an_empty_network_answers_too(city, client):
    assert client.get("/ru/search/").status_code == 200
    assert client.get("/ru/search/", {"q": "флейта"}).status_code == 200


def test_an_original_is_marked_with_its_language(city, client, add):
    add("Clock museum", language="en")

    html = client.get("/ru/search/", {"q": "museum"}).content.decode()

    assert '<h3 lang="en">' in html
    assert '<span class="tag" lang="en"' in html


def test_the_last_page_is_where_leafing_ends(city, client, add):
    for number in range(25):
        add(f"Урок {number}")

    first = client.get("/ru/search/", {"q": "урок"})
    last = client.get("/ru/search/", {"q": "урок", "page": "2"})
    beyond = client.get("/ru/search/", {"q": "урок", "page": "999"})

    assert (len(first.context["items"]), first.context["previous_url"]) == (20, "")
    assert first.context["next_url"].endswith("&page=2")
    assert (len(last.context["items"]), last.context["next_url"]) == (5, "")
    assert len(beyond.context["items"]) == 5


def test_a_page_number_that_is_none_is_the_first(city, client, add):
    add("Урок")

    for page in ("0", "-1", "x", "٣", "1e9", "99999999999", "", "²"):
        assert len(client.get("/ru/search/", {"q": "урок", "page": page}).context["items"]) == 1, page


def test_whatever_is_typed_gets_an_answer(city, client, add):
    add("Ремонт велосипедов")

    for text in NAUGHTY:
        response = client.get("/ru/search/", {"q": text})

        assert response.status_code == 200, text[:100]
        assert "<script>alert" not in response.content.decode()
        assert len(response.context["results"].query.terms) <= MOST_TERMS


@pytest.mark.parametrize("name", FACETS)
def test_unknown_choices_get_an_answer(city, client, add, name):
    add("Ремонт велосипедов")

    for value in ("nobody", "' OR 1=1 --", '"', "a" * 5000, "\x00", "^", "kind=news", "x) | (y"):
        assert client.get("/ru/search/", {"q": "ремонт", name: value}).status_code == 200, value[:100]
        assert client.get("/ru/search/", {name: [value] * 60}).status_code == 200, value[:100]


def test_three_languages_have_the_page(city, client, add):
    add("Шахматы")

    for language in ("ru", "en", "be"):
        assert client.get(f"/{language}/search/", {"q": "шахматы"}).context["results"].total == 1


def test_only_reading_is_allowed(city, client):
    assert client.post("/ru/search/").status_code == 405


def test_a_publication_shows_on_the_next_request(city, client, django_capture_on_commit_callbacks):
    before = client.get("/ru/search/", {"q": "велопробег"}).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        make_news("Ночной велопробег")
    after = client.get("/ru/search/", {"q": "велопробег"}).content.decode()

    assert "<mark>велопробег</mark>" not in before
    assert "Ночной <mark>велопробег</mark>" in after
