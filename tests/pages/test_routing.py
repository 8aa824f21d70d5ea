"""Which page stands at an address: the same answer as Wagtail's own, from one look at the tree."""

import pytest
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from news.models import NewsIndexPage
from pages.routing import find_route
from tests.factories import make_news, make_partner, make_user

pytestmark = pytest.mark.django_db


def ask(path: str, language: str = "ru") -> Page | None:
    with override(language):
        found = find_route(RequestFactory().get("/"), path)
    return found.page if found else None


def wagtails_answer(path: str, language: str = "ru") -> Page | None:
    with override(language):
        found = Page.route_for_request(RequestFactory().get("/"), path)
    return found.page if found else None


@pytest.fixture
def item(city):
    return make_news("Мастерская", partner=make_partner("Роща", slug="grove"))


@pytest.mark.parametrize("language", ["ru", "en", "be", "de"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "news/",
        "news/atom/",
        "news/2026/11/",
        "news/2026/99/",
        "news/nothing/",
        "partners/",
        "partners/grove/",
        "partners/grove/{item}/",
        "partners/grove/{item}/below/",
        "grove/",
        "home-ru/",
        "partners//grove/",
    ],
)
def test_answer_is_wagtails_own(item, path, language):
    path = path.format(item=item.slug)

    assert ask(path, language) == wagtails_answer(path, language)


def test_found_page_knows_the_way_down_without_asking(item, django_assert_num_queries):
    page = ask(f"partners/grove/{item.slug}/")

    with django_assert_num_queries(0):
        assert [parent.slug for parent in page.above] == ["home-ru", "partners", "grove"]
        assert page.get_parent().slug == "grove"
        assert page.locale.language_code == "ru"


def test_feed_is_not_hidden_by_an_item_of_its_name(city, client):
    item = make_news("Атом", slug="atom")

    assert client.get("/ru/news/atom/")["Content-Type"].startswith("application/atom+xml")
    assert item.url == "/ru/news/atom/"


def test_item_is_found_below_a_feed_that_is_offline(city, client):
    item = make_news("Мастерская")
    NewsIndexPage.objects.get(locale=item.locale).unpublish()

    assert client.get("/ru/news/").status_code == 404
    assert client.get(item.url).status_code == 200


def test_restriction_above_holds_below(item, client):
    PageViewRestriction.objects.create(page=item.get_parent(), restriction_type="login")

    assert client.get(item.url).status_code == 302
    client.force_login(make_user())
    assert client.get(item.url).status_code == 200
    assert "no-store" in client.get(item.url)["Cache-Control"]


def test_restriction_of_the_root_holds_everywhere(item, client):
    PageViewRestriction.objects.create(page=Page.get_first_root_node(), restriction_type="login")

    assert client.get(item.url).status_code == 302
    assert client.get("/ru/").status_code == 302


def test_redirect_of_an_editor_leads_on(city, client):
    Redirect.objects.create(old_path="/ru/staraya", redirect_link="/ru/partners/")

    answer = client.get("/ru/staraya/")

    assert (answer.status_code, answer["Location"]) == (301, "/ru/partners/")


def test_moved_page_leads_on_from_its_old_address(item, client):
    old = item.url
    item.move(NewsIndexPage.objects.get(locale=item.locale), pos="last-child")

    answer = client.get(old)

    assert (answer.status_code, answer["Location"]) == (301, f"/ru/news/{item.slug}/")


def test_overlong_and_impossible_addresses_are_not_looked_for(city, django_assert_num_queries):
    ask("")

    with django_assert_num_queries(2):  # the site, each time
        assert ask("a/" * 16_000) is None
        assert ask("ne\x00ws/") is None


@pytest.mark.parametrize(
    "path", ["/ru/ne%00ws/", "/ru/news/?category=%00&partner=%00&before=%00", "/ru/partners/?topic=%00"]
)
def test_nul_breaks_no_page(city, client, path):
    make_partner()

    assert client.get(path).status_code in {200, 404}
