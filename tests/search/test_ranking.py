from datetime import UTC, datetime, timedelta

import pytest

from search.ranking import COVERAGE, Dates, Fields, Judge, Weighted, timeliness, weight
from search.understanding.typed import parse
from search.wanted import Term, Way

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def total(query: str, *, published: datetime = NOW, boost: float = 0, **texts: str) -> float:
    fields = Fields(*(" ".join(texts.get(name, "").split()) for name in ("title", "label", "summary", "body")))
    return Judge([Weighted(term, 1.0) for term in parse(query)], NOW).score(fields, Dates(published), boost).total


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


def test_news_are_worth_half_after_half_a_year_and_tomorrow_s_as_much_as_today_s():
    assert timeliness(Dates(NOW - timedelta(days=180)), NOW) == 0.5
    assert timeliness(Dates(NOW + timedelta(days=3)), NOW) == 1


def test_what_is_to_come_rises_the_nearer_it_is_and_what_is_over_sinks():
    tomorrow, next_year, yesterday, last_month = (
        timeliness(Dates(NOW, NOW + timedelta(days=days)), NOW) for days in (1, 365, -1, -30)
    )

    assert tomorrow > next_year > timeliness(Dates(NOW), NOW) > 0 > yesterday > last_month


def test_what_goes_on_is_not_over():
    begun = Dates(NOW, NOW - timedelta(days=20), NOW + timedelta(days=1))

    assert timeliness(begun, NOW) == 6


def test_words_side_by_side_count_more_than_the_same_words_apart():
    near = total("ремонт обуви", body="дом ремонт обув тут и там стол стул")
    turned = total("ремонт обуви", body="дом обув ремонт тут и там стол стул")
    apart = total("ремонт обуви", body="дом ремонт тут и там стол стул обув")

    assert near > turned > apart


def test_a_way_that_only_might_be_meant_counts_less():
    asked = [Weighted(Term("велосепед", (Way("велосипед", 0.5),)), 1.0)]
    typed = [Weighted(Term("велосипед", (Way("велосипед"),)), 1.0)]
    fields = Fields("велосипед", "", "", "")

    guessed = Judge(asked, NOW).score(fields, Dates(NOW), 0)
    meant = Judge(typed, NOW).score(fields, Dates(NOW), 0)

    assert guessed.coverage == meant.coverage / 2
    assert guessed.total < meant.total


def test_a_phrase_counts_where_its_words_follow_each_other():
    asked = [Weighted(Term("ии", (Way("ии"), Way("искусствен интеллект", 0.8))), 1.0)]

    together = Judge(asked, NOW).score(Fields("", "", "", "про искусствен интеллект"), Dates(NOW), 0)
    apart = Judge(asked, NOW).score(Fields("", "", "", "интеллект не искусствен"), Dates(NOW), 0)

    assert (together.coverage, apart.coverage) == (0.8 * COVERAGE, 0)


def test_an_empty_question_scores_nothing_but_freshness():
    assert total("", body="ремонт") == pytest.approx(0.1)
