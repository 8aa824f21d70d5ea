"""The letter that tells one or several things. Both parts say the same, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from common import city
from notices import kinds, tokens
from notices.enums import Group
from notices.showing import Shown

MOST_LISTED = 20
SUBJECT_LENGTH = 250


@dataclass(frozen=True)
class Item:
    shown: Shown
    url: str
    mute_url: str


def compose(person: User, told: Sequence[Shown]) -> EmailMultiAlternatives:
    """``told`` was composed in the person's language, too."""
    with override(person.language):
        context = _context(person, told)
        subject = f"{_subject(told)} — {context['city_name']}"
        message = EmailMultiAlternatives(
            " ".join(subject.split())[:SUBJECT_LENGTH],
            render_to_string("email/notices.txt", context).strip() + "\n",
            to=[person.email],
            headers=_headers(told, context["unsubscribe_url"]),
        )
        message.attach_alternative(render_to_string("email/notices.html", context), "text/html")
        return message


def _context(person: User, told: Sequence[Shown]) -> dict[str, Any]:
    groups = {_group(one) for one in told if not kinds.of(one.notice.kind).always}
    token = tokens.unsubscribe_token(person.pk, groups) if groups else ""
    return {
        "items": _items(_together(told)[:MOST_LISTED], person.language),
        "more": max(0, len(told) - MOST_LISTED),
        "single": len(told) == 1,
        "unsubscribe_url": _address("notices:unsubscribe", token) if token else "",
        "reason": _reason(groups),
        "settings_url": _address("notices:settings"),
        "centre_url": _address("notices:centre"),
        "city_name": city.name(),
        "home_url": f"{settings.BASE_URL}/{person.language}/",
        "LANGUAGE_CODE": person.language,
    }


def _items(told: Sequence[Shown], language: str) -> list[Item]:
    """A thread's last one carries the link that mutes it."""
    after = [*(one.notice.thread for one in told[1:]), ""]
    return [
        _item(one, language, mutes=one.notice.thread != next_one) for one, next_one in zip(told, after, strict=True)
    ]


def _item(one: Shown, language: str, *, mutes: bool) -> Item:
    can_mute = mutes and kinds.of(one.notice.kind).mute is not None
    return Item(
        shown=one,
        url=f"{settings.BASE_URL}/{language}{one.notice.path}",
        mute_url=_address("notices:mute", tokens.mute_token(one.notice.pk)) if can_mute else "",
    )


def _subject(told: Sequence[Shown]) -> str:
    if len(told) == 1:
        return told[0].sentence
    more = len(told) - 1
    return ngettext("%(sentence)s, and %(count)s more", "%(sentence)s, and %(count)s more things", more) % {
        "sentence": told[0].sentence,
        "count": more,
    }


def _headers(told: Sequence[Shown], unsubscribe_url: str) -> dict[str, str]:
    """RFC 8058: a mail program's own button unsubscribes by one POST. The thread keeps a topic's letters together."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    first = told[0].notice
    headers = {
        "Message-ID": f"<notice-{first.pk}-{timezone.now():%Y%m%d%H%M%S}@{host}>",
        "Auto-Submitted": "auto-generated",
        "List-Id": f"<notices.{host}>",
    }
    if len({one.notice.thread for one in told}) == 1:
        headers["References"] = f"<{first.thread.replace(':', '-')}@{host}>"
    if unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _group(one: Shown) -> Group:
    return kinds.of(one.notice.kind).group


def _address(name: str, *args: str) -> str:
    return settings.BASE_URL + reverse(name, args=args)


def _together(told: Sequence[Shown]) -> list[Shown]:
    """What belongs to one thread stands together, the newest thread first."""
    order = list(dict.fromkeys(one.notice.thread for one in told))
    return sorted(told, key=lambda one: order.index(one.notice.thread))


def _reason(groups: set[Group]) -> str:
    """Why somebody gets the letter."""
    if not groups:
        return _("We write because this is a decision about you. Such letters come whatever you have chosen.")
    if len(groups) > 1:
        return _("We write because this concerns you or because you follow it.")
    return {
        Group.PERSONAL: _("We write because this concerns you."),
        Group.FOLLOWED: _("We write because you follow this."),
        Group.DUTIES: _("We write because you look after this."),
    }[next(iter(groups))]
