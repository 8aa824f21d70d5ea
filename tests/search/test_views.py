from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from search.query import FACETS
from search.understanding import lexicon
from search.understanding.typed import MOST_TERMS
from tests.factories import make_district, make_news, make_topic, make_user

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
    '-"ремонт" "" «ремонт» -ремонт партнёр: район:"" тема:«',
    "автор:' OR 1=1 -- вид:%s язык:%(x)s",
    "-" * 50_000,
    '"' * 50_001,
    "-а " * 20_000,
    "партнёр:а " * 20_000,
    " ".join(f"велосепед{letter}" for letter in "абвгдежзиклмнопрстуфх"),
    "щшгнекуцйфывапролджэячсмитьбю" * 14,
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
    assert len([sql for sql in with_many if "search_entry" in sql or "search_document" in sql]) == 7


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
        assert len(response.context["results"].terms) <= MOST_TERMS


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


def test_what_was_looked_for_instead_is_told_with_a_way_back(city, client, add):
    add("Ремонт велосипеда")
    lexicon.learn_new()

    page = client.get("/ru/search/", {"q": "ремонт велосепеда"}).content.decode()
    as_typed = client.get("/ru/search/", {"q": "велосепеда", "exact": "1"})

    assert "<strong>ремонт велосипеда</strong>" in page
    assert f'href="/ru/search/?{urlencode({"q": "ремонт велосепеда", "exact": "1"}).replace("&", "&amp;")}"' in page
    assert "search/nothing.html" in [template.name for template in as_typed.templates]


def test_what_may_have_been_meant_is_offered(city, client, add):
    add("Карасель")
    for number in range(21):
        add(f"Карусель {number}")
    lexicon.learn_new()

    page = client.get("/ru/search/", {"q": "карасель"}).content.decode()

    assert f'<a href="/ru/search/?{urlencode({"q": "карусель"})}"><strong>карусель</strong></a>' in page


def test_days_are_chosen_by_name_or_from_one_to_another(city, client, add):
    add("Ярмарка сегодня")
    add("Ярмарка раньше", days_old=400)

    by_name = client.get("/ru/search/", {"q": "ярмарка", "when": "today"})
    by_days = client.get("/ru/search/", {"q": "ярмарка", "to": str(localdate() - timedelta(days=30))})

    assert [item.title for item in by_name.context["items"]] == ["<mark>Ярмарка</mark> сегодня"]
    assert [item.title for item in by_days.context["items"]] == ["<mark>Ярмарка</mark> раньше"]
    assert [chip.label for chip in by_name.context["chips"]] == ["Сегодня"]
    assert len(by_days.context["chips"]) == 1
    facet = by_days.context["facets"][0]
    assert (facet.name, facet.days) == ("when", ("", str(localdate() - timedelta(days=30))))


@pytest.mark.parametrize(
    "asked",
    [
        {"when": "someday"},
        {"from": "99999-01-01"},
        {"from": "2027-02-30", "to": "завтра"},
        {"sort": "colour"},
        {"sort": "near"},
        {"sort": "near:nowhere"},
        {"near": "95.0,190.0", "sort": "near"},
        {"author": "person-99999999999999999999"},
        {"author": "' OR 1=1"},
    ],
)
def test_what_makes_no_sense_in_the_address_counts_as_not_said(city, client, add, asked):
    add("Ярмарка")

    response = client.get("/ru/search/", {"q": "ярмарка", **asked})

    assert (response.status_code, response.context["results"].total) == (200, 1)


def test_order_and_place_come_from_one_list(city, client, add):
    make_district("oktyabrsky", "Октябрьский", latitude=52.28, longitude=104.28)
    add("Клуб далеко", latitude=52.4, longitude=104.5)
    add("Клуб рядом", latitude=52.281, longitude=104.281, days_old=3)

    near = client.get("/ru/search/", {"q": "клуб", "sort": "near:oktyabrsky"})
    newest = client.get("/ru/search/", {"q": "клуб", "sort": "date"})

    assert [hit.entry.title for hit in near.context["results"].hits] == ["Клуб рядом", "Клуб далеко"]
    assert [hit.entry.title for hit in newest.context["results"].hits] == ["Клуб далеко", "Клуб рядом"]
    assert [place.chosen for place in near.context["places"]] == [True]
    assert "near=oktyabrsky" in near.context["tabs"][0].url


def test_scores_are_explained_to_those_who_look_after_the_search_and_to_nobody_else(city, client, add):
    add("Ремонт велосипеда")
    keeper, citizen = make_user(), make_user()
    keeper.user_permissions.add(Permission.objects.get(codename="see_searches"))
    asked = {"q": "ремонт", "explain": "1"}

    anonymous = client.get("/ru/search/", asked)
    client.force_login(citizen)
    signed_in = client.get("/ru/search/", asked)
    client.force_login(keeper)
    kept = client.get("/ru/search/", asked)

    assert ["explained" in page.context for page in (anonymous, signed_in, kept)] == [False, False, True]
    [(item, parts)] = kept.context["explained"]
    assert item.title == "<mark>Ремонт</mark> велосипеда"
    assert parts[-1].value == pytest.approx(sum(part.value for part in parts[:-1]))
    assert [looked.word for looked in kept.context["looked_for"]] == ["ремонт"]
    assert "explained" not in client.get("/ru/search/", {"q": "ремонт"}).context
