"""Dates as people say them: «сб, 6 марта, 18:00»; the year only where it isn't this one."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

# Django's own short names («сбт», «Сент.») are not what people write, and its Belarusian months know no genitive.
WEEKDAYS = {
    "ru": ("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    "be": ("пн", "аў", "ср", "чц", "пт", "сб", "нд"),
}
MONTHS = {
    "ru": (
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
    "be": (
        *("студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня"),
        *("ліпеня", "жніўня", "верасня", "кастрычніка", "лістапада", "снежня"),
    ),
}
SHORT_MONTHS = {
    "ru": (
        *("янв.", "февр.", "марта", "апр.", "мая", "июня"),
        *("июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
    ),
    "be": (
        *("студз.", "лют.", "сак.", "крас.", "мая", "чэрв."),
        *("ліп.", "жн.", "вер.", "кастр.", "ліст.", "снеж."),
    ),
    "en": ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"),
}
WITH_COMMA = {"ru", "be"}  # «сб, 6 марта», but "Sat 6 March"
YEAR_WORD = {"ru": " года", "be": " года"}
NO_BREAK = "\u00a0"


def weekday(value: date) -> str:
    names = WEEKDAYS.get(_language())
    return names[value.weekday()] if names else date_format(value, "D")


def short_month(value: date) -> str:
    names = SHORT_MONTHS.get(_language())
    return names[value.month - 1] if names else date_format(value, "M")


def month(value: date) -> str:
    """In the case that a day before it asks for: «6 марта»."""
    names = MONTHS.get(_language())
    return names[value.month - 1] if names else date_format(value, "F")


def day(value: date, *, today: date | None = None) -> str:
    """«6 марта», «6 марта 2025»."""
    here = local(value)
    said = f"{here.day}{NO_BREAK}{month(here)}"
    return said if here.year == (today or timezone.localdate()).year else f"{said} {here.year}"


def weekday_and_day(value: date, *, today: date | None = None) -> str:
    """«сб, 6 марта»; "Sat 6 March"."""
    here = local(value)
    comma = "," if _language() in WITH_COMMA else ""
    return f"{weekday(here)}{comma} {day(here, today=today)}"


def full_day(value: date) -> str:
    """«понедельник, 23 ноября»; "Monday 23 November"."""
    here = local(value)
    comma = _language() in WITH_COMMA
    name = date_format(here, "l")
    said = date_format(here, "j E").replace(" ", NO_BREAK)
    return f"{name.lower()}, {said}" if comma else f"{name} {said}"


def month_and_year(value: date) -> str:
    """«ноябрь 2026»; "November 2026"."""
    said = date_format(local(value), "F Y")
    return said.lower() if _language() in WITH_COMMA else said


def moment(value: datetime, *, today: date | None = None) -> str:
    """«сб, 6 марта, 18:00»."""
    return f"{weekday_and_day(value, today=today)}, {clock(value)}"


def clock(value: datetime) -> str:
    return date_format(local(value), "H:i")


def exact(value: date) -> str:
    """All of it, for those who point at it: «6 марта 2027 года, 18:00»."""
    here = local(value)
    said = f"{here.day} {month(here)} {here.year}{YEAR_WORD.get(_language(), '')}"
    return f"{said}, {clock(here)}" if isinstance(here, datetime) else said


def for_machines(value: date) -> str:
    here = local(value)
    return here.isoformat(timespec="minutes") if isinstance(here, datetime) else here.isoformat()


def local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _language() -> str:
    return (get_language() or "ru").split("-")[0]
