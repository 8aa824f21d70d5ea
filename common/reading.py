"""The reading panel («Версия для слабовидящих»): what a reader chose, kept in one cookie that names nobody."""

from dataclasses import dataclass

from django.http import HttpRequest

COOKIE = "reading"
CHOICES = {
    "size": ("100", "150", "200"),
    "contrast": ("", "bw", "wb", "blue"),
    "spacing": ("", "wide"),
    "images": ("", "off"),
    "theme": ("", "light", "dark"),
}


@dataclass(frozen=True)
class Reading:
    size: str = "100"
    contrast: str = ""
    spacing: str = ""
    images: str = ""
    theme: str = ""


def reading_of(request: HttpRequest) -> Reading:
    return parse_reading(request.COOKIES.get(COOKIE, ""))


def parse_reading(cookie: str) -> Reading:
    """What the cookie says; values nobody offers count as not chosen."""
    chosen = dict(pair.split(":", 1) for pair in cookie.split("|") if ":" in pair)
    return Reading(**{name: value for name, value in chosen.items() if value in CHOICES.get(name, ())})


def as_cookie(reading: Reading) -> str:
    plain = Reading()
    return "|".join(
        f"{name}:{getattr(reading, name)}" for name in CHOICES if getattr(reading, name) != getattr(plain, name)
    )
