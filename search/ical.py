"""iCalendar of what a search finds and takes place on a day. RFC 5545, with the names of RFC 7986."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from common.feeds import without_control_characters
from common.kinds import kind_of
from search.models import Entry
from search.subscriptions import changed, host

ASKED_AGAIN = timedelta(hours=1)
COUNTED_FROM = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())  # a SEQUENCE has 31 bits


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    made = Calendar()
    made.add("PRODID", f"-//{host()}//Learning City//")
    made.add("VERSION", "2.0")
    made.add("METHOD", "PUBLISH")
    for known_as in ("NAME", "X-WR-CALNAME"):
        made.add(known_as, _text(name))
    made.add("REFRESH-INTERVAL", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(event(entry))
    made.add_missing_timezones()
    return made.to_ical()


def event(entry: Entry) -> Event:
    """Its moments in the city's time, so that a calendar elsewhere says what hangs on the door."""
    made, written, spoken = Event(), changed(entry), {"LANGUAGE": entry.language}
    made.add("UID", f"{entry.translation_key}@{host()}")
    made.add("SEQUENCE", max(0, int(written.timestamp()) - COUNTED_FROM))
    made.add("DTSTAMP", written)
    made.add("LAST-MODIFIED", written)
    made.add("CREATED", entry.published.astimezone(UTC))
    made.add("DTSTART", _here(entry.starts))
    if entry.ends and entry.starts and entry.ends > entry.starts:
        made.add("DTEND", _here(entry.ends))
    made.add("SUMMARY", _text(entry.title), parameters=spoken)
    made.add("URL", urljoin(settings.BASE_URL, entry.url))
    made.add("CATEGORIES", [_text(str(kind_of(entry.kind).label))])
    for name, text in (("DESCRIPTION", entry.summary), ("LOCATION", entry.place), ("CONTACT", entry.partner_name)):
        if text:
            made.add(name, _text(text), parameters=spoken)
    if entry.latitude is not None and entry.longitude is not None:
        made.add("GEO", (entry.latitude, entry.longitude))
    return made


def _here(moment: datetime | None) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


def _text(said: str) -> str:
    return without_control_characters(said).strip()
