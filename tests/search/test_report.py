"""What the media team reads of what people look for, and that nobody else does."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pages.staff_groups import COORDINATORS, MEDIA_TEAM, MODERATORS
from partners.actions import add_member
from partners.enums import Role
from search.models import AskedFor
from search.query_log import report
from search.query_log.report import Line
from tests.factories import make_partner, make_user

pytestmark = pytest.mark.django_db
REPORT, CSV = reverse("search_report:index"), reverse("search_report:csv")


@pytest.fixture
def media(city) -> Client:
    return client_of(MEDIA_TEAM)


def client_of(group: str) -> Client:
    person, client = make_user(), Client()
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return client


def asked(text: str, *, ago: int = 1, visits: int = 5, hits: int = 3, language: str = "ru", **counts) -> AskedFor:
    day = timezone.localdate() - timedelta(days=ago)
    words = {"day": day, "text": text, "language": language, "hits": hits, "visits": visits}
    return AskedFor.objects.create(**{"asked": visits, **words, **counts})


def texts(show: str, language: str = "", days: int = 28) -> list[str]:
    return [line.text for line in report.lines(report.LISTS[show](language, days))]


def test_top_is_counted_over_days_and_filters_by_visits():
    asked("шитьё", visits=4, asked=9, clicks=2, rank_sum=5, rank_worst=4)
    asked("шитьё", ago=3, visits=2, hits=8, clicks=1, rank_sum=7, rank_worst=7)
    asked("шитьё", filters="district=left", visits=1, hits=0)
    asked("ремонт", visits=6)
    asked("флейта", visits=9, ago=28)

    [first, second] = report.lines(report.top("", 28))

    day = timezone.localdate() - timedelta(days=1)
    assert first == Line("шитьё", "ru", 7, 12, 3, day, 3, 4.0, 7)
    assert second == Line("ремонт", "ru", 6, 6, 0, day, 3, None, 0)


def test_language_and_period_narrow_the_list():
    asked("шитьё")
    asked("sewing", language="en")
    asked("ремонт", ago=27)

    assert texts("top", "en") == ["sewing"]
    assert texts("top", days=7) == ["sewing", "шитьё"]
    assert texts("top") == ["sewing", "ремонт", "шитьё"]


@pytest.mark.parametrize("show", list(report.LISTS))
def test_what_fewer_than_three_visits_looked_for_is_in_no_list(media, show):
    asked("тайна на двоих", visits=2, hits=0, clicks=2, rank_sum=40, rank_worst=20, asked=50)
    asked("тайна за два дня", visits=1, hits=0, clicks=3, rank_sum=60, rank_worst=20)
    asked("тайна за два дня", ago=2, visits=1, hits=0)
    asked("давняя тайна", ago=30, visits=50, hits=0)

    html = media.get(REPORT, {"show": show, "days": "7"}).content.decode()
    rows = b"".join(media.get(CSV, {"show": show, "days": "7"}).streaming_content).decode()

    assert "тайна" not in html + rows


def test_three_days_are_enough_without_the_shared_cache_that_tells_visits():
    for ago in (1, 2, 3):
        asked("шитьё", ago=ago, visits=0, asked=1)

    assert texts("top") == ["шитьё"]


def test_rising_stands_beside_a_usual_week():
    for ago, visits in ((2, 8), (10, 4), (20, 4)):  # a usual week: 2
        asked("ёлка", ago=ago, visits=visits)
    for ago, visits in ((2, 8), (10, 30)):
        asked("шитьё", ago=ago, visits=visits)
    asked("салют", ago=6, visits=5)
    asked("редкость", ago=2, visits=4)
    asked("прошлое", ago=7, visits=20)

    lines = list(report.lines(report.rising("")))

    assert [(line.text, line.visits, line.usual) for line in lines] == [("ёлка", 8, 2.0), ("салют", 5, 0.0)]


def test_nothing_found_is_what_found_nothing_last():
    asked("флейта", hits=0)
    asked("йога", ago=5, hits=4)
    asked("йога", hits=0)
    asked("шитьё", ago=5, hits=0)
    asked("шитьё", hits=2)
    asked("ремонт", filters="district=left", hits=0)

    assert texts("nothing") == ["йога", "флейта"]


def test_opened_far_down_is_a_mean_of_several():
    asked("шитьё", clicks=4, rank_sum=30, rank_worst=15)
    asked("ремонт", clicks=4, rank_sum=8, rank_worst=5)
    asked("флейта", clicks=2, rank_sum=40, rank_worst=20)

    assert [(line.text, line.mean_rank, line.worst_rank) for line in report.lines(report.late("", 28))] == [
        ("шитьё", 7.5, 15)
    ]


def test_report_names_lists_and_leads_on_from_what_finds_nothing(media):
    asked('флейта <b> & "с"', hits=0)

    html = media.get(REPORT, {"show": "nothing"}).content.decode()

    assert html.count("<h1") == 1
    assert "флейта &lt;b&gt; &amp; &quot;с&quot;" in html
    words = "%D1%84%D0%BB%D0%B5%D0%B9%D1%82%D0%B0%20%3Cb%3E%20%26%20%22%D1%81%22"
    assert f'href="{reverse("wagtailsnippets_search_synonymgroup:add")}?language=ru&amp;phrases={words}"' in html
    assert f'href="{reverse("wagtailsnippets_search_pick:add")}?language=ru&amp;phrases={words}"' in html


def test_empty_report_says_so(media):
    for show in report.LISTS:
        response = media.get(REPORT, {"show": show})

        assert response.status_code == 200
        assert "city-table" not in response.content.decode()


@pytest.mark.parametrize("show", list(report.LISTS))
def test_report_asks_the_database_as_often_for_30_lines_as_for_1(media, show):
    def queries() -> tuple[int, list[str]]:
        with CaptureQueriesContext(connection) as captured:
            answer = media.get(REPORT, {"show": show})
        return len(answer.context["lines"]), [query["sql"] for query in captured]

    asked("урок", hits=0, clicks=3, rank_sum=30, rank_worst=15)
    queries()  # what a process keeps for itself
    one, with_one = queries()
    for number in range(29):
        asked(f"урок {number}", hits=0, clicks=3, rank_sum=30, rank_worst=15)
    many, with_many = queries()

    assert (one, many) == (1, 30)
    assert (len(with_one), len(with_many)) == (13, 13)
    assert len([sql for sql in with_many if "search_askedfor" in sql]) == 3


def test_report_is_leafed_through(media):
    for number in range(60):
        asked(f"урок {number:02}", visits=100 - number)

    pages = [media.get(REPORT, {"p": page}) for page in ("1", "2", "99", "x", "-1")]

    assert [len(page.context["lines"]) for page in pages] == [50, 10, 10, 50, 10]
    assert "&amp;p=2" in pages[0].content.decode()


@pytest.mark.parametrize("value", ["'; DROP TABLE", "\x00", "a" * 5_000, "-1", "99999999999999999999", "[]"])
def test_choice_that_makes_no_sense_counts_as_not_made(media, value):
    asked("шитьё")

    for name in ("show", "language", "days", "p"):
        assert media.get(REPORT, {name: value}).context["lines"][0].text == "шитьё", name
        assert media.get(CSV, {name: value}).status_code == 200, name


def test_download_is_the_list_that_is_shown_and_runs_nothing(media):
    asked("=cmd|' /c calc'!a1", visits=9, hits=0)
    asked("шитьё", hits=0)
    asked("ремонт")

    answer = media.get(CSV, {"show": "nothing"})

    text = b"".join(answer.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert answer["Content-Disposition"].startswith('attachment; filename="searches-nothing-')
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    assert len(rows[0]) == 10
    assert rows[1:] == [
        ["'=cmd|' /c calc'!a1", "ru", "9", "", "9", "0", "0", "", "", day],
        ["шитьё", "ru", "5", "", "5", "0", "0", "", "", day],
    ]


# --- who reads it -----------------------------------------------------------------------------------------------------


def teams_editor() -> Client:
    person, client = make_user(), Client()
    add_member(make_partner(), person, Role.OWNER)
    client.force_login(person)
    return client


NAMES = ("wagtailsnippets_search_synonymgroup:list", "wagtailsnippets_search_pick:list")
ADDRESSES = (REPORT, CSV, *(reverse(name) for name in NAMES), *(reverse(name[:-4] + "add") for name in NAMES))


def test_media_team_sees_all_of_it_in_the_menu(media):
    home = media.get(reverse("wagtailadmin_home")).content.decode()

    assert [media.get(address).status_code for address in ADDRESSES] == [200] * 6
    for name in ("search-report", "search-synonyms", "search-picks"):
        assert f'"{name}"' in home, name


@pytest.mark.parametrize("group", [COORDINATORS, MODERATORS])
def test_others_of_the_network_see_none_of_it(city, group):
    asked("тайна", visits=9)
    client = client_of(group)

    answers = [client.get(address) for address in ADDRESSES]
    home = client.get(reverse("wagtailadmin_home")).content.decode()

    assert {answer.status_code for answer in answers} == {302}
    assert not any("тайна" in answer.content.decode() for answer in answers)
    assert "search-report" not in home
    assert "search-synonyms" not in home


def test_partners_teams_and_strangers_see_none_of_it(city, client):
    asked("тайна", visits=9)
    team = teams_editor()

    for one in (team, client):
        answers = [one.get(address) for address in ADDRESSES]

        assert {answer.status_code for answer in answers} == {302}
        assert not any("тайна" in answer.content.decode() for answer in answers)
    assert "search-report" not in team.get(reverse("wagtailadmin_home")).content.decode()


def test_right_to_the_report_alone_offers_no_synonyms_and_picks(city):
    client = client_of(MEDIA_TEAM)
    group = Group.objects.get(name=MEDIA_TEAM)
    group.permissions.remove(*group.permissions.filter(codename__in=["add_synonymgroup", "add_pick"]))
    asked("флейта", hits=0)

    html = client.get(REPORT, {"show": "nothing"}).content.decode()

    assert "флейта" in html
    assert "/search/pick/add/" not in html
    assert "/search/synonymgroup/add/" not in html
