"""The whole demo city, in the order in which its parts need each other."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Site

from accounts.models import User
from common.page_cache import dropping_together
from pages.actions import lay_out_city
from pages.demo import articles, city, organisations, people, searches, talk, told, vocabulary
from pages.demo.paintings import Studio, Wish
from pages.demo.publishing import indexed_once
from pages.demo.reading import content


@transaction.atomic
def load_demo_city(*, with_pictures: bool = True) -> None:
    """Adds what is missing, changes nothing that is there: safe to repeat."""
    with Studio(_wishes() if with_pictures else ()) as studio, indexed_once(), dropping_together():
        address = urlsplit(settings.BASE_URL)
        home = lay_out_city(address.hostname or "localhost", address.port or {"http": 80, "https": 443}[address.scheme])
        vocabulary.load()
        passwords = people.load()
        desk = User.objects.get(email="media@demo.example")
        organisations.load(by=User.objects.get(email="admin@demo.example"), studio=studio)
        people.load_teams()
        articles.load(desk=desk, studio=studio)
        talk.load()
        told.load()
        city.load_words(Site.objects.get(is_default_site=True))
        city.load_pages(home, by=desk)
        city.load_home(home, by=desk, studio=studio)
        city.load_menus()
        searches.load()
        people.set_passwords(passwords)


def _wishes() -> Iterator[Wish]:
    for entry in (*content("partners")["partner"], *content("news")["news"]):
        if "picture" in entry:
            yield entry["picture"], entry["slug"]
    yield city.HOME_PICTURE
