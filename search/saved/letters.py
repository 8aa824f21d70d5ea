"""Every letter about saved searches, in the language of whoever gets it."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.letters import Rendered, Words, render
from common import city
from search.enums import Pace
from search.models import SavedSearch, Subscriber
from search.saved import naming, tokens
from search.saved.asking import query_of
from search.saved.telling import Section

SUBJECT_LENGTH = 250
LONGEST_QUOTED = 120
LEADS_ELSEWHERE = re.compile(r"\w\.\w|://|@")


def to_confirm(search: SavedSearch, pace: Pace, language: str) -> Rendered:
    with override(language):
        words = Words(
            subject=_("Confirm that you want these letters"),
            paragraphs=(
                _("Somebody, most likely you, wants to hear by letter when something new is found on our site."),
            ),
            button=(_("Yes, write to me"), _address("search:confirm", tokens.confirm_token(search.pk, pace))),
            after=(_("The link works for three days."),),
            facts=(
                *([(_("Search"), said)] if (said := _quoted(search)) else []),
                (_("How often"), str(pace.label)),
            ),
            reason=_("If it wasn’t you, do nothing: without your word no letters come."),
        )
    return render(words, language)


def to_agree(subscriber: Subscriber, searches: Sequence[SavedSearch]) -> Rendered:
    """After a year: an address changes hands, and wishes end."""
    with override(subscriber.language):
        words = Words(
            subject=_("Do you still want these letters?"),
            paragraphs=(
                _("A year ago you asked us to write to you when something new is found on our site."),
                _("If you want that for another year, please say so. Otherwise the letters end in 30 days."),
            ),
            button=(_("Yes, write on"), _address("search:agree", tokens.agree_token(subscriber.pk))),
            facts=tuple((_("Search"), title) for title in naming.titles([query_of(search) for search in searches])),
            reason=_("We ask once a year everybody who gets such letters without an account."),
        )
    return render(words, subscriber.language)


def compose(subscriber: Subscriber, told: Sequence[Section]) -> EmailMultiAlternatives:
    """``told`` was made in the same language: that of ``language_of``."""
    language = language_of(subscriber)
    with override(language):
        context = _context(subscriber, told, language)
        subject = f"{context['heading']} — {context['city_name']}"
        message = EmailMultiAlternatives(
            " ".join(subject.split())[:SUBJECT_LENGTH],
            render_to_string("email/searches.txt", context).strip() + "\n",
            to=[subscriber.person.email if subscriber.person else subscriber.email],
            headers=_headers(subscriber, context["stop_url"]),
        )
        message.attach_alternative(render_to_string("email/searches.html", context), "text/html")
        return message


def language_of(subscriber: Subscriber) -> str:
    return subscriber.person.language if subscriber.person else subscriber.language


def _context(subscriber: Subscriber, told: Sequence[Section], language: str) -> dict[str, Any]:
    searches = [section.search.pk for section in told]
    mine = _address("search:mine") if subscriber.person else ""
    return {
        "sections": told,
        "heading": _heading(told),
        "single": len(told) == 1,
        "stop_url": _address("search:stop", tokens.stop_token(subscriber.pk, searches)),
        "manage_url": mine or _address("search:manage", tokens.manage_token(subscriber.pk)),
        "city_name": city.name(),
        "home_url": f"{settings.BASE_URL}/{language}/",
        "LANGUAGE_CODE": language,
    }


def _heading(told: Sequence[Section]) -> str:
    if len(told) == 1:
        return _("New: %(search)s") % {"search": told[0].title}
    return ngettext("New in %(count)s of your searches", "New in %(count)s of your searches", len(told)) % {
        "count": len(told)
    }


def _headers(subscriber: Subscriber, stop_url: str) -> dict[str, str]:
    """RFC 8058: a mail program's own button ends such letters by one POST."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return {
        "Message-ID": f"<searches-{subscriber.pk}-{timezone.now():%Y%m%d%H%M%S%f}@{host}>",
        "Auto-Submitted": "auto-generated",
        "List-Id": f"<searches.{host}>",
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _quoted(search: SavedSearch) -> str:
    """Nobody has confirmed it yet: it may be somebody else's advertisement, so nothing in it may lead anywhere."""
    title = naming.title(query_of(search))
    return "" if LEADS_ELSEWHERE.search(title) else Truncator(title).chars(LONGEST_QUOTED)


def _address(name: str, *args: str) -> str:
    return settings.BASE_URL + reverse(name, args=args)
