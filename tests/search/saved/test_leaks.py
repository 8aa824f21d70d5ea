"""Nothing that not everybody may see is in a letter, neither itself nor as a number. Each test makes it first."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from wagtail.models import PageViewRestriction

from forum import actions as forum
from forum.enums import Ground
from partners import actions as partners
from search.saved import mailing
from tests.factories import make_news, make_partner, make_reply, make_talk, make_user
from tests.search.saved.conftest import a_week_later, claim, follow, time_passes
from tests.search.test_doors import HIDDEN, SECRET

pytestmark = pytest.mark.usefixtures("city")
SEARCHES = [{"text": "шаровая молния"}, {"text": ""}, {"text": "", "partner": "secret-club"}, {"text": "молния"}]


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_no_letter_tells_of_what_is_hidden(anna, hide: Callable[[], None]):
    for asked in SEARCHES:
        follow(anna, **asked)
    follow(make_user(is_superuser=True, is_staff=True), "шаровая молния")

    hide()
    letters = a_week_later()

    words = (SECRET, "Шаровая", "secret-club.")
    assert [word for letter in letters for word in words if word in _without_the_search(letter)] == []
    assert [to for message in mail.outbox for to in message.to if "молния" in message.subject] == []


def _without_the_search(letter: str) -> str:
    return "\n".join(line for line in letter.splitlines() if not line.startswith("New: "))


def test_letters_tell_of_the_same_when_everybody_may_see_it(db):
    for asked in SEARCHES:
        follow(make_user(language="en"), **asked)
    partner = make_partner(SECRET, slug="secret-club")
    make_news(SECRET, partner=partner)

    letters = a_week_later()

    assert [SECRET in _without_the_search(letter) for letter in letters] == [True] * len(SEARCHES)


def restrict() -> Callable[[], object]:
    page = make_news(SECRET)
    return lambda: PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def unpublish() -> Callable[[], object]:
    return make_news(SECRET).unpublish


def archive() -> Callable[[], object]:
    partner = make_partner("Кружок", slug="secret-club")
    make_news(SECRET, partner=partner)
    return lambda: partners.archive_partner(partner, by=make_user())


def hide_post() -> Callable[[], object]:
    reply = make_reply(make_talk(title="Показанное"), text=SECRET)
    moderator = make_user(is_superuser=True)
    return lambda: forum.remove(reply, by=moderator, ground=Ground.INSULT, reason="Нельзя")


@pytest.mark.parametrize("make", [restrict, unpublish, archive, hide_post], ids=lambda make: make.__name__)
def test_what_is_hidden_between_finding_and_writing_is_not_told(anna, make):
    search = follow(anna, "шаровая молния")
    hide = make()
    time_passes()
    claimed, until = claim(search)
    hide()

    sent = mailing._send(mail.get_connection(), search.subscriber, claimed, until)

    assert ([len(one.things) for one in claimed], sent, mail.outbox) == ([1], False, [])


def test_what_is_let_out_later_is_told_then(anna):
    page = make_news(SECRET)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    follow(anna, "шаровая молния")
    before = a_week_later()
    restriction.delete()

    assert (before, len(a_week_later())) == ([], 1)


def test_what_will_be_published_later_is_told_then(anna):
    follow(anna, "шаровая молния")
    page = make_news(SECRET, publish=False)
    page.go_live_at = page.latest_revision_created_at + timedelta(days=30)
    page.save_revision().publish()
    before = a_week_later()
    page.go_live_at = None
    page.save_revision().publish()

    assert (before, len(a_week_later())) == ([], 1)
