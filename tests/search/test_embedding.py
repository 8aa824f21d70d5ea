"""The frame that stands on other people's pages, the script that makes it, and the page where its code is copied."""

from pathlib import Path

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.db import connection

from search.embedding import Look, frame_address, read_look
from search.query import Query
from tests.factories import make_news, make_partner, make_user
from tests.search.conftest import PLANNER
from tests.search.test_views import NAUGHTY

pytestmark = pytest.mark.django_db


def tree(response):
    assert response.status_code == 200
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def titles(response) -> list[str]:
    return [item.title for item in response.context["items"]]


def policy(response) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";")]
    return {name: said for name, _, said in parts}


def test_any_page_may_show_it_and_it_may_do_nothing(city, client, add):
    add("Шитьё")

    response = client.get("/ru/embed/", {"q": "шитьё"})

    assert policy(response) == {
        "default-src": "'none'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "*",
    }
    assert "X-Frame-Options" not in response
    assert list(tree(response).iter("script")) == []


def test_no_other_page_may_be_framed_elsewhere(city, client):
    response = client.get("/ru/search/embed/")

    assert (policy(response)["frame-ancestors"], response["X-Frame-Options"]) == ("'self'", "DENY")


def test_it_sets_no_cookie_and_looks_the_same_to_everybody(city, client, add):
    add("Шитьё")
    nobody = client.get("/ru/embed/")
    client.force_login(make_user(display_name="Анна"))
    client.cookies["reading"] = "contrast:bw"

    somebody = client.get("/ru/embed/")

    assert (nobody.cookies, somebody.cookies) == ({}, {})
    assert nobody.content == somebody.content


def test_only_the_script_gets_a_frame_with_a_script(city, client):
    response = client.get("/ru/embed/", {"fit": "1"})

    assert policy(response)["script-src"] == "'self'"
    assert [one.get("src") for one in tree(response).iter("script")] == ["/static/js/embed-frame.js"]


def test_links_leave_the_frame_by_a_new_window(city, client, add):
    entry = add("Шитьё & мы")

    links = list(tree(client.get("/ru/embed/", {"q": "шитьё"})).iter("a"))

    assert [link.get("href") for link in links] == [
        f"http://testserver{entry.url}",
        "http://testserver/ru/search/?q=%D1%88%D0%B8%D1%82%D1%8C%D1%91",
    ]
    assert {(link.get("target"), link.get("rel")) for link in links} == {("_blank", "noopener")}


def test_a_partner_shows_its_own(city, client):
    partner = make_partner("Роща", slug="grove")
    make_news("Шьём вместе", partner=partner)
    make_news("Чужое")

    response = client.get("/ru/embed/", {"partner": "grove", "kind": "news"})

    assert (titles(response), response.context["title"]) == (["Шьём вместе"], "Новости, Роща")


@pytest.mark.parametrize(
    ("said", "shown"),
    [("", 5), ("3", 3), ("20", 20), ("21", 20), ("0", 1), ("-1", 5), ("x", 5), ("٣", 5), ("9" * 30, 5)],
)
def test_how_many_it_shows(city, client, add, said, shown):
    for number in range(25):
        add(f"Урок {number}")

    assert len(titles(client.get("/ru/embed/", {"count": said}))) == shown


def test_its_colours_are_the_systems_or_those_asked_for(city, client):
    asked = {theme: tree(client.get("/ru/embed/", {"theme": theme})).get("data-theme") for theme in ("", "dark", "x")}

    assert asked == {"": None, "dark": "dark", "x": None}


def test_nothing_found_says_so(city, client):
    response = client.get("/en/embed/", {"q": "flute"})

    assert "Nothing here just now." in response.content.decode()


def test_a_publication_shows_at_the_next_request(city, client, django_capture_on_commit_callbacks):
    before = titles(client.get("/ru/embed/?q=велопробег"))
    with django_capture_on_commit_callbacks(execute=True):
        make_news("Ночной велопробег")

    assert (before, titles(client.get("/ru/embed/?q=велопробег"))) == ([], ["Ночной велопробег"])


@pytest.mark.parametrize("number", [1, 20])
def test_queries_of_a_frame_do_not_grow(city, client, add, django_assert_num_queries, number):
    for index in range(number):
        add(f"Урок {index}", partner=f"partner-{index}", partner_name="Роща")
    client.get("/ru/embed/", {"q": "урок", "fresh": "1"})

    with django_assert_num_queries(5 + PLANNER.get(connection.vendor, 0)):
        client.get("/ru/embed/", {"q": "урок", "count": "20"})


def test_the_script_is_small_and_stands_at_an_address_of_its_own(client, db):
    response = client.get("/embed.js")
    again = client.get("/embed.js", headers={"If-None-Match": response["ETag"]})

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert (response["Access-Control-Allow-Origin"], response["Cross-Origin-Resource-Policy"]) == ("*", "cross-origin")
    assert len(response.content) + Path(finders.find("js/embed-frame.js")).stat().st_size < 3000
    assert (response.cookies, again.status_code) == ({}, 304)


def test_the_code_to_copy_makes_the_frame_that_is_shown(city, client):
    asked = {"q": '"онлайн" <b>&', "partner": "grove", "count": "7", "theme": "dark"}

    root = tree(client.get("/ru/search/embed/", asked))

    with_script, without = (html5lib.parse(one.text, namespaceHTMLElements=False) for one in root.iter("textarea"))
    (preview,) = [one for one in root.iter("iframe") if one.get("class") == "embedded"]
    (place,), (script,), (frame,) = with_script.iter("div"), with_script.iter("script"), without.iter("iframe")
    address = preview.get("src")
    assert place.get("data-learning-city") == address
    assert frame.get("src") == f"http://testserver{address}"
    assert script.get("src") == "http://testserver/embed.js"
    assert place.get("data-title") == frame.get("title") == preview.get("title") == '«"онлайн" <b>&», grove'
    assert client.get(address).context["look"] == Look(7, "dark")


def test_an_address_holds_only_what_was_chosen():
    assert frame_address(Query(), Look()) == "/ru/embed/"
    assert frame_address(Query("шить", chosen={"kind": ("news",)}), Look(3)) == (
        "/ru/embed/?q=%D1%88%D0%B8%D1%82%D1%8C&kind=news&count=3"
    )


def test_a_look_is_read_back(rf):
    request = rf.get("/", {"count": "3", "theme": "light", "fit": "1"})

    assert read_look(request.GET) == Look(3, "light", fits=True)


@pytest.mark.parametrize("path", ["/ru/embed/", "/ru/search/embed/"])
def test_whatever_is_asked_gets_an_answer_and_nothing_can_be_sent(city, client, add, path):
    add("Урок")

    for text in NAUGHTY:
        response = client.get(path, {"q": text, "count": text[:50], "theme": text[:50], "partner": text[:50]})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
    assert client.post(path).status_code == 405
