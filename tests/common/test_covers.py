import hashlib
import re

import pytest
from django.urls import reverse

from common.covers import FAMILIES, draw, fingerprint
from common.covers.shapes import PALETTES
from common.pictures import cover_url

TITLES = [f"Курс № {number}" for number in range(120)]


def test_same_title_gets_the_same_drawing():
    assert draw(fingerprint("Ремонт велосипеда"), "course") == draw(fingerprint("  ремонт  ВЕЛОСИПЕДА "), "course")


def test_kind_changes_the_drawing():
    seed = fingerprint("Ремонт велосипеда")

    assert len({draw(seed, kind) for kind in PALETTES}) == len(PALETTES)


def test_drawings_differ_and_stay_small():
    drawings = [draw(fingerprint(title), "news") for title in TITLES]

    assert len(set(drawings)) == len(TITLES)
    assert max(len(drawing) for drawing in drawings) < 9_000


def test_drawing_is_known():
    """A changed drawing needs a new VERSION, else readers keep the old one for a year."""
    every_family = "".join(draw(fingerprint(title), "news") for title in TITLES)

    assert fingerprint("Ремонт велосипеда") == "bbd48c9282c0ee1a"
    assert hashlib.sha256(every_family.encode()).hexdigest()[:16] == "f006e1d6f098e1b4"


@pytest.mark.parametrize("title", TITLES[:40])
def test_nothing_in_a_drawing_runs_or_asks_for_more(title):
    drawing = draw(fingerprint(title), "event")

    assert set(re.findall(r"<(\w+)", drawing)) <= {"svg", "rect", "path", "circle", "g"}
    assert not re.search(r"script|style=|href|url\(|on\w+=| id=", drawing)


def test_every_family_is_drawn():
    assert len(FAMILIES) == 8


def test_address_is_kept_for_ever(client):
    url = cover_url("Ремонт велосипеда", "partner")

    response = client.get(url)

    assert url == f"/covers/organisation/{fingerprint('Ремонт велосипеда')}.svg"
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content.decode() == draw(fingerprint("Ремонт велосипеда"), "organisation")


def test_unknown_kind_has_no_covers(client, db):
    assert client.get(reverse("cover", args=["poster", "0" * 16])).status_code == 404
