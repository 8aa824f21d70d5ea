"""How the site says things: typesetting, dates, prices, languages, kinds."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from common import dates
from common.kinds import Kind, kind_of
from common.typograph import NO_BREAK, typograph_html
from common.typograph import typograph as set_plain

register = template.Library()
register.filter("clock", dates.clock)
register.filter("exact", dates.exact)
register.filter("for_machines", dates.for_machines)
register.filter("full_day", dates.full_day)
register.filter("month_and_year", dates.month_and_year)
register.filter("weekday", dates.weekday)

SAYINGS: dict[str, Callable[[Any], str]] = {
    "moment": dates.moment,  # сб, 6 марта, 18:00
    "weekday": dates.weekday_and_day,  # сб, 6 марта
    "day": dates.day,  # 6 марта
    "clock": dates.clock,  # 18:00
}


@register.filter
def typograph(text: Any, language: str = "") -> str:
    code = language or get_language() or "ru"
    if hasattr(text, "__html__"):
        return mark_safe(typograph_html(text.__html__(), code))
    return set_plain(str(text), code)


@register.filter
def moment(value: datetime | None) -> str:
    return dates.moment(value) if value else ""


@register.filter
def day(value: date | None) -> str:
    return dates.day(value) if value else ""


@register.simple_tag
def time_tag(value: date | None, form: str = "moment", css: str = "") -> SafeString:
    """<time> for people, for machines, and exact for those who point at it."""
    if value is None:
        return SafeString("")
    attribute = format_html(' class="{}"', css) if css else ""
    return format_html(
        '<time{} datetime="{}" title="{}">{}</time>',
        attribute,
        dates.for_machines(value),
        dates.exact(value),
        SAYINGS[form](value),
    )


@register.simple_tag
def date_tile(value: date, kind: str = "", past: bool = False) -> SafeString:
    """A leaf torn off a calendar."""
    css = ["date", *([kind_of(kind).css] if kind else []), *(["date--past"] if past else [])]
    local = dates.local(value)
    return format_html(
        '<time class="{}" datetime="{}">{} <b>{}</b> {}</time>',
        " ".join(css),
        dates.for_machines(value),
        dates.weekday(local),
        local.day,
        dates.short_month(local),
    )


@register.filter
def price(amount: Decimal | float | None, currency: str = "₽") -> str:
    """«Бесплатно» or a sum: «2 400 ₽». Nothing where nobody said."""
    if amount is None:
        return ""
    if not amount:
        return _("Free")
    exact = Decimal(str(amount)).quantize(Decimal("0.01"))
    whole, cents = str(exact).split(".")
    grouped = f"{int(whole):,}".replace(",", NO_BREAK)
    mark = "." if get_language() == "en" else ","
    return f"{grouped}{mark}{cents}{NO_BREAK}{currency}" if int(cents) else f"{grouped}{NO_BREAK}{currency}"


@register.filter
def look(kind: str) -> Kind:
    return kind_of(kind)


@register.simple_tag
def lang_attribute(language: str) -> SafeString:
    """lang="…" for a fragment that isn't in the page's language."""
    if not language or language == get_language():
        return SafeString("")
    return format_html(' lang="{}"', language)


@register.simple_tag
def language_mark(language: str) -> SafeString:
    """Says in which language an original is, where it isn't the reader's."""
    if not language or language == get_language():
        return SafeString("")
    info = get_language_info(language)
    return format_html(
        '<span class="tag" lang="{}" title="{}">{}</span>',
        language,
        capfirst(info["name_translated"]),
        capfirst(info["name_local"]),
    )


@register.filter
def phone_digits(number: str) -> str:
    """What a phone dials: digits and a leading plus."""
    return re.sub(r"(?!^\+)\D", "", number.strip())


@register.filter
def short_address(url: str) -> str:
    """A website as people read it: without scheme and trailing slash."""
    return re.sub(r"^https?://(www\.)?", "", url).rstrip("/")


@register.filter
def bare_address(url: str) -> str:
    """An address as people say it: «vk.com/library»."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
