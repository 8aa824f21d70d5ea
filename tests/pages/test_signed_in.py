"""What it costs to show a page to somebody who is signed in: nothing that grows, at most twelve queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.actions import add_member
from partners.enums import Role
from tests.factories import fill_home, make_city, make_news, make_partner, make_user

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 12


@pytest.fixture
def pages() -> dict[str, str]:
    home = make_city()
    partner = make_partner("Роща", slug="grove", kind="library")
    for number in range(4):
        item = make_news(f"Новость {number}", partner=partner)
    fill_home(home)
    return {
        "home": "/ru/",
        "feed": "/ru/news/",
        "item": item.url,
        "directory": "/ru/partners/",
        "partner": partner.pages.get().url,
        "english home": "/en/",
    }


@pytest.mark.parametrize("who", ["reader", "editor", "administrator"])
def test_no_page_asks_more_than_twelve_times(pages, client, who):
    user = make_user(is_superuser=who == "administrator", is_staff=who == "administrator")
    if who == "editor":
        add_member(make_partner(), user, Role.EDITOR)
    client.force_login(user)
    counted = {}

    for name, path in pages.items():
        client.get(path)
        client.get(path)  # the first one on a new site writes its settings
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counted[name] = len(asked)

    assert {name: number for name, number in counted.items() if number > MOST} == {}, counted
