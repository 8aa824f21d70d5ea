from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from common import dates
from common.templatetags.words import date_tile, price, time_tag

EVENING = datetime(2027, 3, 6, 10, 0, tzinfo=UTC)  # 18:00 in Irkutsk
THIS_YEAR = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ru", "сб, 6\u00a0марта, 18:00"), ("be", "сб, 6\u00a0сакавіка, 18:00"), ("en", "Sat 6\u00a0March, 18:00")],
)
def test_moment_is_said_as_people_say_it(language, said):
    with translation.override(language):
        assert dates.moment(EVENING, today=THIS_YEAR) == said


@pytest.mark.parametrize(("language", "said"), [("ru", "6\u00a0марта 2027"), ("en", "6\u00a0March 2027")])
def test_another_year_is_named(language, said):
    with translation.override(language):
        assert dates.day(EVENING, today=date(2028, 1, 1)) == said


def test_time_tag_is_exact_for_machines_and_on_hover():
    with translation.override("ru"):
        html = time_tag(EVENING, "clock", "strong")

    assert html == (
        '<time class="strong" datetime="2027-03-06T18:00+08:00" title="6 марта 2027 года, 18:00">18:00</time>'
    )


def test_time_tag_of_a_plain_date():
    with translation.override("en"):
        html = time_tag(date(2027, 3, 6), "weekday")

    assert html.startswith('<time datetime="2027-03-06" title="6 March 2027">Sat 6\u00a0March')


@pytest.mark.parametrize(
    ("language", "tile"), [("ru", "сб <b>6</b> марта"), ("be", "сб <b>6</b> сак."), ("en", "Sat <b>6</b> March")]
)
def test_date_tile(language, tile):
    with translation.override(language):
        assert tile in date_tile(EVENING, "event", past=True)
        assert 'class="date k-event date--past"' in date_tile(EVENING, "event", past=True)


@pytest.mark.parametrize(
    ("amount", "said"),
    [(0, "Free"), (None, ""), (300, "300\u00a0₽"), (2400, "2\u00a0400\u00a0₽"), ("99.5", "99.50\u00a0₽")],
)
def test_price(amount, said):
    with translation.override("en"):
        assert price(amount) == said


def test_price_in_russian_has_a_comma():
    with translation.override("ru"):
        assert price("99.5") == "99,50\u00a0₽"
