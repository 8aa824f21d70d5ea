"""What not everybody may see comes out by none of the doors to the index: neither itself nor as a number. Each test
first makes what could leak. Suggestions: test_suggestions.py; letters: saved/test_leaks.py."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from forum import actions as forum
from forum.enums import Circle, Ground
from forum.models import Post
from partners import actions as partners
from partners.models import PartnerPage
from search.models import AskedFor, Entry
from search.query_log import noting
from search.understanding import lexicon
from tests.factories import make_board, make_news, make_partner, make_reply, make_talk, make_user

pytestmark = pytest.mark.usefixtures("city")
SECRET, SLUG = "Шаровая молния", "secret-club"
DOORS = [
    "/api/v1/search",
    "/api/v1/search?q=шаровая",
    "/api/v1/search?kind=news&kind=topic&kind=partner",
    "/api/v1/news",
    "/api/v1/news?partner=secret-club&language=en",
    "/api/v1/partners",
    "/api/v1/partners?language=be",
    "/ru/search/atom/",
    "/en/search/atom/?q=шаровая",
    "/ru/search/calendar.ics",
    "/be/search/calendar.ics?q=шаровая",
    "/ru/embed/?count=20",
    "/en/embed/?q=шаровая&fit=1",
    "/ru/embed/?partner=secret-club",
    "/ru/search/embed/?q=шаровая",
    "/ru/search/embed/?partner=secret-club",
]
PAGES = [
    "/ru/search/",
    "/ru/search/?q=шаровая",
    "/be/search/?q=шаровая&kind=news&from=2020-01-01&sort=date",
    "/en/search/?q=молния&topic=music&district=left",
    "/ru/search/?partner=secret-club",
    "/ru/search/?q=партнёр:шаровая",
    '/ru/search/?q="молния+шаровая"',
    "/ru/search/?q=шаровоя+молнея",
    "/ru/search/?q=шерововая",
    "/ru/search/?q=ifhjdfz",
    "/ru/search/?q=sharovaya+molniya",
    "/ru/search/?q=шароваямолния",
    "/ru/search/?q=молния&explain=1",
]


def draft() -> None:
    make_news(SECRET, publish=False)


def new_words_that_wait() -> None:
    page = make_news("Показанное")
    page.title = page.lead = SECRET
    page.save_revision()


def unpublished_page() -> None:
    make_news(SECRET).unpublish()


def private_page() -> None:
    PageViewRestriction.objects.create(page=make_news(SECRET), restriction_type=PageViewRestriction.LOGIN)


def page_of_a_private_section() -> None:
    partner = make_partner(SECRET, slug=SLUG)
    make_news(SECRET, partner=partner)
    page = PartnerPage.objects.get(partner=partner)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="x")


def page_with_a_date_to_come() -> None:
    page = make_news(SECRET, publish=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def archived_partner() -> None:
    partner = make_partner(SECRET, slug=SLUG, tagline=SECRET)
    make_news(SECRET, partner=partner)
    partners.archive_partner(partner, by=make_user())


def partner_that_has_not_begun() -> None:
    make_partner(SECRET, slug=SLUG, publish=False)


def board_for_members() -> None:
    make_reply(make_talk(make_board(SECRET, slug=SLUG, who_reads=Circle.MEMBERS), title=SECRET, tags=(SECRET,)))


def board_of_a_group() -> None:
    group, insider = Group.objects.create(name=SECRET), make_user()
    insider.groups.add(group)
    board = make_board(SECRET, slug=SLUG, who_reads=Circle.GROUPS, groups=(group,))
    make_talk(board, by=insider, title=SECRET, text=SECRET)


def hidden_post() -> None:
    topic = make_talk(title="Показанное")
    reply = make_reply(topic, text=SECRET)
    forum.remove(Post.objects.get(pk=reply.pk), by=make_user(is_superuser=True), ground=Ground.INSULT, reason="Нельзя")


def hidden_topic() -> None:
    topic = make_talk(title=SECRET, text=SECRET)
    first = topic.posts.get(number=1)
    forum.remove(first, by=make_user(is_superuser=True), ground=Ground.INSULT, reason="Нельзя")


HIDDEN = [
    draft,
    new_words_that_wait,
    unpublished_page,
    private_page,
    page_of_a_private_section,
    page_with_a_date_to_come,
    archived_partner,
    partner_that_has_not_begun,
    board_for_members,
    board_of_a_group,
    hidden_post,
    hidden_topic,
]


def date_everything() -> None:
    """So that calendars could tell of it too."""
    Entry.everything.update(starts=timezone.now() + timedelta(days=3))


def say_and_forget() -> None:
    """The list of spellings knows what was said once, whoever may read it now."""
    page = make_news(SECRET)
    lexicon.learn_new()
    page.delete()


def leaks(client, doors=DOORS) -> dict[str, list[str]]:
    cache.clear()
    found = {}
    for door in doors:
        response = client.get(door)
        assert response.status_code == 200, door
        text = response.content.decode().replace("\r\n ", "").lower()
        words = ("шаровая", "молния", "шаровой", SLUG)
        found[door] = [word for word in words if word in text and word not in door]  # what was asked is said again
    return {door: words for door, words in found.items() if words}


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
@pytest.mark.parametrize("who", ["nobody", "superuser"])
def test_no_door_tells_of_what_is_hidden(client, hide: Callable[[], None], who):
    hide()
    date_everything()
    if who == "superuser":
        client.force_login(make_user(is_superuser=True, is_staff=True))

    assert leaks(client) == {}


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
@pytest.mark.parametrize("who", ["nobody", "superuser"])
def test_no_page_of_results_tells_of_what_is_hidden(client, hide: Callable[[], None], who):
    """As little by a guess, a wider search, a facet or a score as by a result."""
    say_and_forget()
    hide()
    date_everything()
    if who == "superuser":
        client.force_login(make_user(is_superuser=True, is_staff=True))

    assert leaks(client, PAGES) == {}


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_the_report_of_searches_counts_nothing_hidden(hide: Callable[[], None]):
    noting.buffer.rows.clear()
    hide()
    Client(headers={"user-agent": "Mozilla/5.0 Firefox/132.0"}).get("/ru/search/", {"q": "шаровая молния"})
    noting.buffer.flush()

    assert list(AskedFor.objects.values_list("text", "hits")) == [("шаровая молния", 0)]


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_no_door_counts_what_is_hidden(client, hide: Callable[[], None]):
    hide()
    date_everything()

    answer = client.get("/api/v1/search", {"q": "шаровая молния"}).json()

    assert (answer["numberOfItems"], answer["items"]) == (0, [])
    assert [facet["choices"] for facet in answer["facets"]] == [[]] * len(answer["facets"])


def test_each_door_tells_of_the_same_when_everybody_may_see_it(client):
    partner = make_partner(SECRET, slug=SLUG)
    make_news(SECRET, partner=partner)
    date_everything()

    doors_without_items = {"/ru/search/embed/?q=шаровая"}
    assert set(DOORS) - leaks(client).keys() == doors_without_items


def test_each_page_tells_of_the_same_when_everybody_may_see_it(client):
    """Where it isn't found by these words, by a guess or by a wider search."""
    partner = make_partner(SECRET, slug=SLUG)
    make_news(SECRET, partner=partner)
    lexicon.learn_new()
    date_everything()

    narrowed_to_nothing = {"/en/search/?q=молния&topic=music&district=left"}
    assert set(PAGES) - leaks(client, PAGES).keys() == narrowed_to_nothing
