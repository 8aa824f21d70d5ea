"""Pages and links: following, confirming, the list, the end."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.signing import TimestampSigner, b62_encode
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.enums import Pace
from search.models import SavedSearch, Subscriber
from search.query import Query
from search.saved import actions, tokens
from tests.factories import make_partner, make_user
from tests.search.saved.conftest import a_week_later, follow

pytestmark = pytest.mark.usefixtures("city")
ADDRESS = "/en/search/follow/?q=велосипед&kind=news&sort=date&page=2"
GIVEN = {"email": "Anna@Example.org", "pace": "weekly"}
BIKES = Query("велосипед")


def links(kind: str, text: str) -> list[str]:
    return re.findall(rf"http://testserver(/\w\w/search/follow/{kind}[^\s\"<]*)", text)


def confirm_link(client, django_capture_on_commit_callbacks, **given) -> str:
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ADDRESS, {**GIVEN, **given})
    return links("confirm/", str(mail.outbox[-1].body))[0]


# --- the way there ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["велосипед", "ничегоподобного"])
def test_results_lead_there_and_stay_stored_for_all(client, add, text):
    add("Велосипед")

    first, second = (client.get("/en/search/", {"q": text, "page": "1"}) for _ in range(2))

    assert f"/en/search/follow/?q={quote(text)}" in first.content.decode()
    assert "csrfmiddlewaretoken" not in first.content.decode()
    assert first["ETag"] == second["ETag"]


def test_page_says_what_is_followed(client):
    response = client.get(ADDRESS)

    assert response.status_code == 200
    assert "“велосипед”, News" in response.content.decode()
    assert 'action="/en/search/follow/?q=%D0%B2%D0%B5%D0%BB%D0%BE%D1%81%D0%B8%D0%BF%D0%B5%D0%B4&amp;kind=news"' in (
        response.content.decode()
    )
    assert "no-store" in response["Cache-Control"]


def test_signed_in_one_press_follows(client, anna):
    client.force_login(anna)

    response = client.post(ADDRESS, {"pace": "daily"})

    assert response["Location"] == "/en/search/follow/mine/"
    search = SavedSearch.objects.get()
    assert (search.subscriber.person, search.asked.endswith("&kind=news"), search.language) == (anna, True, "en")
    assert mail.outbox == []


def test_what_is_followed_already_shows_its_pace(client, anna):
    client.force_login(anna)
    client.post(ADDRESS, {"pace": "weekly"})

    page = client.get(ADDRESS).context

    assert (page["saved"], page["form"]["pace"].value()) == (SavedSearch.objects.get(), "weekly")


def test_twenty_first_is_refused_with_words(client, anna):
    for number in range(actions.MOST):
        follow(anna, f"тема {number}")
    client.force_login(anna)

    response = client.post(ADDRESS, {"pace": "daily"})

    assert response.status_code == 200
    assert "You follow 20 searches, and that is as many as one can." in response.content.decode()


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"pace": "hourly"}, {"pace"}),
        ({"email": "no address"}, {"email"}),
        ({"email": ""}, {"email"}),
        ({"email": "a" * 300 + "@example.org"}, {"email"}),
        ({"email": "anna@example.org\r\nBcc: b@example.org"}, {"email"}),
        ({"homepage": "https://casino.example"}, {"__all__"}),
    ],
)
def test_bad_input_is_told_at_its_field(client, given, wrong):
    response = client.post(ADDRESS, {**GIVEN, **given})

    assert response.context["form"].errors.keys() == wrong
    assert not Subscriber.objects.exists()


def test_form_that_comes_back_at_once_is_a_machines(client, settings):
    settings.FORUM_SHORTEST_WRITING = 3
    opened = client.get(ADDRESS).context["form"]["opened"].value()

    response = client.post(ADDRESS, {**GIVEN, "opened": opened})

    assert response.context["form"].errors.keys() == {"__all__"}


def test_search_of_enormous_length_is_refused_with_words(client, anna):
    client.force_login(anna)
    authors = "&".join(f"author={'a' * 2_000}{number}" for number in range(4))

    response = client.post(f"/en/search/follow/?{authors}", {"pace": "daily"})

    assert "too long to be kept" in response.content.decode()


# --- an address without an account ------------------------------------------------------------------------------------
def test_answer_is_the_same_for_known_and_unknown_addresses(client, anna):
    follow(anna)
    answers = [client.post(ADDRESS, {**GIVEN, "email": email}) for email in ("anna@example.org", "nobody@example.org")]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/en/search/follow/sent/")] * 2
    assert client.get("/en/search/follow/sent/").status_code == 200


def test_confirmed_by_the_link_of_the_letter(client, django_capture_on_commit_callbacks):
    link = confirm_link(client, django_capture_on_commit_callbacks)

    looked = client.get(link)
    before = SavedSearch.objects.get().confirmed_at
    done = client.post(link)

    search = SavedSearch.objects.get()
    assert (looked.status_code, before, done.status_code) == (200, None, 200)
    assert (search.subscriber.email, search.subscriber.person) == ("anna@example.org", None)
    assert (search.pace, search.confirmed_at is not None) == ("weekly", True)
    assert mail.outbox[0].to == ["anna@example.org"]


def test_confirming_twice_does_it_once(client, django_capture_on_commit_callbacks):
    link = confirm_link(client, django_capture_on_commit_callbacks)
    client.post(link)
    first = SavedSearch.objects.get().confirmed_at

    assert client.post(link).status_code == 200
    assert SavedSearch.objects.get().confirmed_at == first


def test_link_that_is_too_old_made_up_or_for_another_thing_confirms_nothing(client, monkeypatch):
    actions.ask_to_confirm("anna@example.org", BIKES, Pace.DAILY)
    search = SavedSearch.objects.get()
    fresh = tokens.confirm_token(search.pk, Pace.DAILY)
    old = TimestampSigner(salt="search.saved.confirm")
    monkeypatch.setattr(old, "timestamp", lambda: _stamp(4))
    wrong = [
        old.sign_object([search.pk, "daily"]),
        fresh[:-1] + ("A" if fresh[-1] != "A" else "B"),
        tokens.manage_token(search.subscriber_id),
        tokens.stop_token(search.subscriber_id, [search.pk]),
        "x",
    ]

    answers = [client.post(f"/en/search/follow/confirm/{token}/").status_code for token in wrong]

    assert answers == [410] * len(wrong)
    assert SavedSearch.objects.get().confirmed_at is None
    assert client.post(f"/en/search/follow/confirm/{fresh}/").status_code == 200


def _stamp(days_old: int) -> str:
    return b62_encode(int((timezone.now() - timedelta(days=days_old)).timestamp()))


def test_link_of_what_was_removed_says_so(client, django_capture_on_commit_callbacks):
    link = confirm_link(client, django_capture_on_commit_callbacks)
    Subscriber.objects.all().delete()

    assert [client.get(link).status_code, client.post(link).status_code] == [410, 410]


def test_one_network_address_asks_ten_times_an_hour(client, settings):
    answers = [client.post(ADDRESS, {**GIVEN, "email": f"a{number}@example.org"}) for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [200]
    assert "Too many such requests" in answers[-1].content.decode()
    assert Subscriber.objects.count() == 10


def test_one_mailbox_gets_five_letters_a_day_and_the_answer_stays_the_same(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(f"/en/search/follow/?q=тема{number}", GIVEN) for number in range(7)]

    assert {answer["Location"] for answer in answers} == {"/en/search/follow/sent/"}
    assert len(mail.outbox) == 5


# --- the list ---------------------------------------------------------------------------------------------------------
def test_list_belongs_to_those_who_are_signed_in(client):
    assert client.get("/en/search/follow/mine/").status_code == 302


def test_pace_is_changed_and_search_removed_in_the_list(client, anna):
    first, second = follow(anna), follow(anna, "ремонт")
    client.force_login(anna)

    client.post("/en/search/follow/mine/", {"search": first.pk, "pace": "weekly"})
    client.post("/en/search/follow/mine/", {"search": second.pk, "pace": "daily", "remove": "1"})

    assert list(SavedSearch.objects.values_list("pk", "pace")) == [(first.pk, "weekly")]


@pytest.mark.parametrize("search", ["", "x", "-1", "99999999999999999999", "another's"])
def test_nobody_reaches_another_ones_searches(client, anna, search):
    other = follow(make_user())
    client.force_login(anna)

    answer = client.post(
        "/en/search/follow/mine/", {"search": other.pk if search == "another's" else search, "remove": "1"}
    )

    assert (answer.status_code, SavedSearch.objects.get()) == (404, other)


@pytest.mark.parametrize("count", [1, 20])
def test_list_asks_the_same_of_the_database_however_long_it_is(client, anna, count):
    make_partner("Верстак", slug="verstak")
    author = make_user(show_profile=True)
    for number in range(count):
        query = Query(f"тема {number}", chosen={"partner": ("verstak",)}, authors=(f"person-{author.pk}",))
        actions.save(anna, query, Pace.DAILY)
    client.force_login(anna)
    client.get("/en/search/follow/mine/")

    with CaptureQueriesContext(connection) as asked:
        response = client.get("/en/search/follow/mine/")

    assert response.content.decode().count("<article") == count
    assert "“тема 0”, Верстак, " + author.display_name in response.content.decode()
    assert len(asked) == 7


def test_address_manages_its_searches_by_the_link_of_a_letter(client, add, django_capture_on_commit_callbacks):
    client.post(confirm_link(client, django_capture_on_commit_callbacks))
    add("Велосипед", kind="news")
    [letter] = a_week_later()
    *_, link = links("Wz", letter)
    search = SavedSearch.objects.get()

    page = client.get(link)
    client.post(link, {"search": search.pk, "pace": "daily"})
    changed = SavedSearch.objects.get().pace
    client.post(link, {"search": search.pk, "remove": "1"})

    assert "anna@example.org" in page.content.decode()
    assert (changed, Subscriber.objects.count()) == ("daily", 0)
    assert client.get(link).status_code == 200


def test_link_to_manage_ends_and_is_no_way_into_an_account(client, anna):
    search = follow(anna)
    person_token = tokens.manage_token(search.subscriber_id)

    assert client.get("/en/search/follow/x/").status_code == 410
    assert client.get(f"/en/search/follow/{person_token}/").context["rows"] == []
    assert client.post(f"/en/search/follow/{person_token}/", {"search": search.pk, "remove": "1"}).status_code == 404


# --- the end ----------------------------------------------------------------------------------------------------------
def test_one_post_without_a_sign_in_or_a_page_before_ends_the_letters(anna, add):
    search, other = follow(anna), follow(anna, "ремонт")
    add("Велосипед")
    a_week_later()
    link = mail.outbox[0].extra_headers["List-Unsubscribe"][1:-1].removeprefix("http://testserver")
    machine = Client(enforce_csrf_checks=True)

    looked = machine.get(link)
    before = SavedSearch.objects.count()
    done = machine.post(link, {"List-Unsubscribe": "One-Click"})
    again = machine.post(link, {"List-Unsubscribe": "One-Click"})

    assert [answer.status_code for answer in (looked, done, again)] == [200, 200, 200]
    assert (before, SavedSearch.objects.get()) == (2, other)
    assert not SavedSearch.objects.filter(pk=search.pk).exists()


def test_made_up_links_end_nothing(client, anna):
    search = follow(anna)
    token = tokens.stop_token(search.subscriber_id, [search.pk])

    for wrong in ("x", token[:-2], tokens.manage_token(search.subscriber_id)):
        assert client.post(f"/en/search/follow/stop/{wrong}/").status_code == 404
    assert SavedSearch.objects.exists()
