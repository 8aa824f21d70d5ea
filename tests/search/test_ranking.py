from datetime import UTC, datetime, timedelta

import pytest

from search.query import parse
from search.ranking import Fields, Weighted, freshness, score, weight

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def total(query: str, *, published: datetime = NOW, boost: float = 0, **texts: str) -> float:
    fields = Fields(*(" ".join(texts.get(name, "").split()) for name in ("title", "label", "summary", "body")))
    return score(fields, [Weighted(term, 1.0) for term in parse(query)], published, boost, NOW).total


def test_coverage_outweighs_place():
    assert total("ремонт обуви", body="ремонт обув") > total("ремонт обуви", title="ремонт ремонт", summary="ремонт")


def test_place_outweighs_frequency():
    assert total("ремонт", title="ремонт", body="чего угодно") > total("ремонт", body="ремонт " * 10)


def test_a_word_counts_more_in_a_short_text():
    assert total("ремонт", body="ремонт обув") > total("ремонт", body="ремонт " + "прочее " * 300)


def test_freshness_only_decides_between_equals():
    old = NOW - timedelta(days=2000)

    assert total("ремонт", body="ремонт") > total("ремонт", body="ремонт", published=old)
    assert total("ремонт", title="ремонт", published=old) > total("ремонт", body="ремонт")


def test_a_boost_adds_up():
    assert total("ремонт", body="ремонт", boost=1) == pytest.approx(total("ремонт", body="ремонт") + 1)


def test_a_rarer_word_weighs_more_and_every_word_weighs_something():
    assert weight(1, 100) > weight(10, 100) > weight(100, 100) > 0
    assert weight(50, 0) > 0


def test_freshness_halves_in_half_a_year_and_the_future_is_as_fresh_as_today():
    assert freshness(NOW - timedelta(days=180), NOW) == 0.5
    assert freshness(NOW + timedelta(days=3), NOW) == 1


def test_an_empty_question_scores_nothing_but_freshness():
    assert total("", body="ремонт") == pytest.approx(0.1)
