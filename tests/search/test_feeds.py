"""Every search as Atom and as iCalendar, as feed readers and calendars get them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import feedparser
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from search import actions
from search.models import Entry
from tests.factories import make_district, make_news
from tests.search.conftest import PLANNER
from tests.search.test_views import NAUGHTY

pytestmark = pytest.mark.django_db
IRKUTSK = ZoneInfo("Asia/Irkutsk")


def read(client, **asked) -> feedparser.FeedParserDict:
    answer = client.get("/ru/search/atom/", asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.bozo_exception
    return feed


def calendar(client, **asked) -> Calendar:
    answer = client.get("/ru/search/calendar.ics", asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    read = Calendar.from_ical(answer.content)
    assert read.errors == []
    return read


def soon(days: int = 3, hour: int = 18) -> datetime:
    return (timezone.now().astimezone(IRKUTSK) + timedelta(days=days)).replace(
        hour=hour, minute=0, second=0, microsecond=0
    )


def test_an_entry_says_what_was_found(city, client, add):
    entry = add("Шитьё & мы", summary="Нитки <дадут>.", partner_name="Роща", days_old=2)

    (read_entry,) = read(client, q="шитьё").entries

    assert read_entry.title == "Шитьё & мы"
    assert read_entry.summary == "Нитки &lt;дадут&gt;."
    assert read_entry.link == f"http://testserver{entry.url}"
    assert read_entry.author == "Роща"
    assert [tag.term for tag in read_entry.tags] == ["Новость"]
    assert read_entry.id == f"tag:testserver,2026:{entry.key}"
    assert read_entry.updated_parsed > read_entry.published_parsed


def test_the_newest_come_first_whatever_answers_best(city, client, add):
    add("Шитьё", days_old=3)
    add("Кружок", body="Здесь и шитьё тоже.", days_old=1)
    add("Шитьё шитьё", days_old=2)

    assert [entry.title for entry in read(client, q="шитьё").entries] == ["Кружок", "Шитьё шитьё", "Шитьё"]


def test_a_feed_is_narrowed_as_its_page_is_and_says_to_what(city, client, add):
    make_district("left", "Левый берег")
    add("Шитьё у реки", district="left")
    add("Шитьё на горе")

    feed = read(client, q="шитьё", district="left", page="3")

    assert [entry.title for entry in feed.entries] == ["Шитьё у реки"]
    assert feed.feed.title.endswith(": «шитьё», Левый берег")
    assert feed.feed.link == "http://testserver/ru/search/?q=%D1%88%D0%B8%D1%82%D1%8C%D1%91&district=left"


def test_a_page_has_the_same_id_as_in_the_feed_of_news(city, client):
    make_news("Открыли мастерскую")

    (here,) = read(client, q="мастерскую").entries
    (there,) = feedparser.parse(client.get("/ru/news/atom/").content).entries

    assert here.id == there.id


def test_an_id_stays_when_the_thing_changes(city, client, add):
    add("Шитьё", key="tests.thing:7")
    (before,) = read(client, q="шитьё").entries

    add("Шитьё и вязание", key="tests.thing:7")
    cache.clear()
    (after,) = read(client, q="шитьё").entries

    assert (before.id, after.title) == (after.id, "Шитьё и вязание")
    assert after.updated_parsed >= before.updated_parsed


@pytest.mark.parametrize("path", ["atom/", "calendar.ics"])
def test_what_has_not_changed_is_not_sent_twice(city, client, add, path):
    add("Шитьё", starts=soon())
    for asked in ("?q=шитьё", "?q=шитьё&" + "x" * 400):  # the second is too long to be kept as a page
        first = client.get(f"/ru/search/{path}{asked}")
        again = client.get(f"/ru/search/{path}{asked}", headers={"If-None-Match": first["ETag"]})

        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize("path", ["atom/", "calendar.ics"])
def test_what_is_published_is_there_at_the_next_request(city, client, path, django_capture_on_commit_callbacks, add):
    before = client.get(f"/ru/search/{path}?q=велопробег").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        add("Ночной велопробег", starts=soon())

    assert "Ночной велопробег" not in before
    assert "Ночной велопробег" in client.get(f"/ru/search/{path}?q=велопробег").content.decode()


@pytest.mark.parametrize(("path", "asked"), [("atom/", 7), ("calendar.ics", 7)])
@pytest.mark.parametrize("number", [1, 30])
def test_queries_of_a_feed_do_not_grow(city, client, add, path, asked, number):
    for index in range(number):
        add(f"Урок {index}", starts=soon(), partner=f"partner-{index}")
    client.get(f"/ru/search/{path}", {"q": "урок", "fresh": "1"})
    cache.delete("search:size")

    with CaptureQueriesContext(connection) as captured:
        client.get(f"/ru/search/{path}", {"q": "урок"})

    assert len(captured) == asked + PLANNER.get(connection.vendor, 0)


def test_what_xml_and_calendars_cannot_hold_is_left_out(city, client, add):
    add("Звонок\x08 на урок", summary="Тихо\x1f", starts=soon())

    (entry,) = read(client, q="урок").entries
    (event,) = calendar(client, q="урок").events

    assert (entry.title, entry.summary) == ("Звонок на урок", "Тихо")
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("Звонок на урок", "Тихо")


def test_an_original_says_its_language(city, client, add):
    add("Clock museum", language="en")

    answer = client.get("/ru/search/atom/", {"q": "museum"}).content.decode()

    assert '<feed xml:lang="ru"' in answer
    assert '<entry xml:lang="en">' in answer


def test_an_event_says_when_and_where_in_the_citys_time(city, client, add):
    starts = soon()
    entry = add(
        "Шитьё; для всех, даром",
        summary="Нитки дадут.\nИглы тоже.",
        starts=starts.astimezone(UTC),
        ends=starts + timedelta(hours=2),
        place="ул. Сосновая, 5",
        partner_name="Роща",
        latitude=52.2,
        longitude=104.3,
    )

    read = calendar(client, q="шитьё")

    (event,) = read.events
    assert event.start == starts
    assert event.end == starts + timedelta(hours=2)
    assert event["DTSTART"].params["TZID"] == "Asia/Irkutsk"
    assert [zone["TZID"] for zone in read.timezones] == ["Asia/Irkutsk"]
    assert event["UID"] == f"{entry.key}@testserver"
    assert (event["SUMMARY"], event["LOCATION"]) == ("Шитьё; для всех, даром", "ул. Сосновая, 5")
    assert event["DESCRIPTION"] == "Нитки дадут.\nИглы тоже."
    assert event["URL"] == f"http://testserver{entry.url}"
    assert event["CONTACT"] == "Роща"
    assert event["GEO"].to_ical() == "52.2;104.3"
    written = datetime.fromtimestamp(entry.version // 1_000_000, UTC)
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == written


def test_lines_are_folded_and_text_is_escaped(city, client, add):
    add("Шитьё; для всех, даром " + "очень " * 20, starts=soon())

    raw = client.get("/ru/search/calendar.ics", {"q": "шитьё"}).content

    assert b"\\;" in raw
    assert b"\\," in raw
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert raw.replace(b"\r\n", b"").find(b"\n") == -1


def test_a_changed_event_keeps_its_uid_and_counts_up(city, client, add):
    entry = add("Шитьё", key="tests.thing:7", starts=soon())
    (before,) = calendar(client, q="шитьё").events
    Entry.objects.filter(pk=entry.pk).update(version=entry.version + 2_000_000, starts=soon(5))
    cache.clear()

    (after,) = calendar(client, q="шитьё").events

    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 2)
    assert after.start == soon(5)
    assert 0 < after["SEQUENCE"] < 2**31


def test_a_calendar_holds_what_is_dated_and_not_long_over(city, client, add):
    add("Урок будет", starts=soon(9))
    add("Урок завтра", starts=soon(1))
    add("Урок был", starts=soon(-5))
    add("Урок давно", starts=soon(-50))
    add("Урок без дня")

    events = calendar(client, q="урок").events

    assert [event["SUMMARY"] for event in events] == ["Урок был", "Урок завтра", "Урок будет"]


def test_an_empty_calendar_is_one_too(city, client):
    read = calendar(client, q="флейта")

    assert (read.events, read["X-WR-CALNAME"].endswith("«флейта»")) == ([], True)


def test_the_page_leads_to_its_feeds(city, client, add):
    add("Шитьё", starts=soon(), district="left")
    add("Шахматы")

    sewing = client.get("/ru/search/", {"q": "шитьё", "page": "2"})
    chess = client.get("/ru/search/", {"q": "шахматы"})
    nothing = client.get("/ru/search/", {"q": "флейта"})

    def doors(response) -> list[str]:
        return [door.url.partition("?")[0] for door in response.context["doors"]]

    always = ["/ru/search/follow/", "/ru/search/embed/"]
    assert doors(sewing) == ["/ru/search/atom/", "/ru/search/calendar.ics", *always]
    assert doors(chess) == doors(nothing) == ["/ru/search/atom/", *always]
    html = sewing.content.decode()
    address = "/ru/search/atom/?q=%D1%88%D0%B8%D1%82%D1%8C%D1%91"
    assert f'<link rel="alternate" type="application/atom+xml" title="Atom" href="http://testserver{address}">' in html
    assert f'<a href="{address}" type="application/atom+xml">' in html
    assert f'href="{address.replace("%D1%88%D0%B8%D1%82%D1%8C%D1%91", "%D1%84%D0%BB%D0%B5%D0%B9%D1%82%D0%B0")}"' in (
        nothing.content.decode()
    )


@pytest.mark.parametrize("path", ["atom/", "calendar.ics"])
def test_whatever_is_asked_gets_an_answer_and_nothing_can_be_sent(city, client, add, path):
    add("Урок", starts=soon())

    for text in NAUGHTY:
        assert client.get(f"/ru/search/{path}", {"q": text, "kind": text[:100], "page": text[:9]}).status_code == 200
    assert client.post(f"/ru/search/{path}").status_code == 405


def test_what_is_gone_is_gone_from_both(city, client, add):
    entry = add("Шитьё", starts=soon())

    actions.remove_keys([entry.key])

    assert (read(client, q="шитьё").entries, calendar(client, q="шитьё").events) == ([], [])
