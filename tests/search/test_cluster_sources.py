"""What the cluster is given of an entry; no cluster is needed for it."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from search.documents import known_names
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.connection import with_port
from search.engines.elasticsearch.sources import millis, source_of, tombstone

MOMENT = datetime(2027, 3, 15, 12, 0, tzinfo=UTC)


def test_every_field_is_mapped_and_empty_ones_are_left_out(add):
    entry = add("Вечер танго", topics=("music",), latitude=52.2, longitude=104.3, author="person-1", within="forum")

    source = source_of(entry, known_names())

    assert source.keys() <= schema.mapping("ru")["properties"].keys()
    assert (source["topics"], source["position"]) == (["music"], {"lat": 52.2, "lon": 104.3})
    assert "starts" not in source
    assert "district" not in source


def test_numbers_that_are_none_are_left_out(add):
    entry = add("Вечер танго")
    entry.latitude, entry.longitude, entry.boost = math.nan, 1.0, math.inf

    source = source_of(entry, known_names())

    assert ("position" in source, source["boost"]) == (False, 0.0)


@pytest.mark.parametrize(
    ("starts", "ends", "span"),
    [
        (None, None, (MOMENT, MOMENT)),
        (MOMENT + timedelta(1), None, (MOMENT + timedelta(1), MOMENT + timedelta(1))),
        (MOMENT, MOMENT + timedelta(1), (MOMENT, MOMENT + timedelta(1))),
        (MOMENT, MOMENT - timedelta(1), (MOMENT, MOMENT)),
    ],
    ids=["no day of its own", "begins", "lasts", "ends before it begins"],
)
def test_it_takes_place_from_its_beginning_to_its_end(add, starts, ends, span):
    entry = add("Вечер танго", starts=starts, ends=ends)
    entry.published = MOMENT

    assert source_of(entry, known_names())["takes_place"] == {"gte": millis(span[0]), "lte": millis(span[1])}


def test_what_only_the_whole_s_title_says_is_borrowed(add):
    entry = add("Ремонт лодки", body="Спасибо!", is_part=True)

    assert source_of(entry, known_names())["borrowed"] == ["лодк", "ремонт"]


def test_index_names_of_others_are_not_ours(settings):
    settings.ELASTICSEARCH_PREFIX = "city"

    assert schema.language_of("city-be-20270315120000000000") == "be"
    assert [schema.language_of(name) for name in ("city-two-be-1", "city-be", "city-de-1", "other-be-1")] == [None] * 4


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://search.example", "https://search.example:443"),
        ("http://me:secret@search.example/es", "http://me:secret@search.example:80/es"),
        ("http://127.0.0.1:9200", "http://127.0.0.1:9200"),
    ],
)
def test_an_address_without_a_port_means_that_of_its_scheme(url, expected):
    assert with_port(url) == expected


def test_a_tombstone_has_no_access_so_nobody_finds_it():
    assert tombstone(7, timezone.now()).keys() == {"entry", "gone"}
