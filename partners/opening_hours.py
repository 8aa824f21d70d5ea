"""Opening hours by weekday as people write them.

Stored as JSON: ``{"mon": [["10:00", "13:00"], ["14:00", "19:00"]], …}``; a day that is missing is a day off.
"""

import itertools
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.enums import Weekday

Hours = Mapping[str, Sequence[Sequence[str]]]
INTERVAL = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


def parse_day(text: str) -> list[list[str]]:
    """«10-13, 14:00–19:00» → [["10:00", "13:00"], ["14:00", "19:00"]]; ValidationError names what isn't understood."""
    intervals = [_parse_interval(part.strip()) for part in re.split(r"[,;]", text) if part.strip()]
    for (_opens, closes), (opens, _closes) in itertools.pairwise(intervals):
        if opens < closes:
            raise ValidationError(_("The times overlap. Write the earlier one first."))
    return intervals


def format_day(intervals: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"{opens}–{closes}" for opens, closes in intervals)


def day_of(hours: Hours, day: date) -> Sequence[Sequence[str]]:
    return hours.get(Weekday.values[day.weekday()], [])


def closes_at(hours: Hours, moment: datetime) -> time | None:
    """When the place that is open at this local moment closes; None while it is closed."""
    clock = moment.strftime("%H:%M")
    return next((time.fromisoformat(c) for o, c in day_of(hours, moment.date()) if o <= clock < c), None)


def next_change(hours: Hours, moment: datetime) -> datetime:
    """The next local moment at which the place opens or closes, at the latest the coming midnight."""
    midnight = (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    clock = moment.strftime("%H:%M")
    edges = [edge for interval in day_of(hours, moment.date()) for edge in interval if edge > clock]
    if not edges:
        return midnight
    soonest = time.fromisoformat(min(edges))
    return moment.replace(hour=soonest.hour, minute=soonest.minute, second=0, microsecond=0)


def _parse_interval(text: str) -> list[str]:
    match = INTERVAL.fullmatch(text)
    if not match:
        raise ValidationError(_("“%(text)s” is not understood. Write like 10:00–19:00."), params={"text": text})
    from_hour, from_minute, to_hour, to_minute = (int(part or 0) for part in match.groups())
    if not (from_hour < 24 and to_hour <= 24 and from_minute < 60 and to_minute < 60) or (to_hour == 24 and to_minute):
        raise ValidationError(_("“%(text)s” is no time of day. Write like 10:00–19:00."), params={"text": text})
    opens, closes = f"{from_hour:02}:{from_minute:02}", f"{to_hour:02}:{to_minute:02}"
    if closes == "24:00":
        closes = "23:59"
    if opens >= closes:
        raise ValidationError(_("“%(text)s” ends before it begins."), params={"text": text})
    return [opens, closes]


class WeekWidget(forms.MultiWidget):
    """Seven short fields, one a day."""

    template_name = "partners/widgets/week.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        days: dict[str, forms.Widget | type[forms.Widget]] = {
            day: forms.TextInput(attrs={"aria-label": Weekday(day).label}) for day in Weekday.values
        }
        super().__init__(days, attrs)

    def decompress(self, value: Any) -> list[str]:
        hours = value if isinstance(value, dict) else {}
        return [format_day(hours.get(day, [])) for day in Weekday.values]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for subwidget, day in zip(context["widget"]["subwidgets"], Weekday, strict=True):
            subwidget["day"] = day.label
        return context


class OpeningHoursField(forms.MultiValueField):
    widget = WeekWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("encoder", None), kwargs.pop("decoder", None)
        kwargs["required"] = False
        days = [forms.CharField(required=False, max_length=100) for _day in Weekday.values]
        super().__init__(fields=days, require_all_fields=False, **kwargs)

    def compress(self, values: list[str]) -> dict[str, list[list[str]]]:
        hours: dict[str, list[list[str]]] = {}
        problems = []
        for day, text in zip(Weekday, values or [""] * 7, strict=True):
            try:
                intervals = parse_day(text)
            except ValidationError as error:
                problems.append(ValidationError("%s: %s" % (day.label, " ".join(error.messages))))  # noqa: UP031
                continue
            if intervals:
                hours[day.value] = intervals
        if problems:
            raise ValidationError(problems)
        return hours

    def has_changed(self, initial: Any, value: Any) -> bool:
        return super().has_changed(self.widget.decompress(initial), value)  # type: ignore[attr-defined, call-arg]
