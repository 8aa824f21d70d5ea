from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.factories import make_board, make_district, make_news, make_partner, make_picture, make_talk, make_topic
from tests.search.conftest import add  # noqa: F401  a fixture of these tests too


def moment(value: datetime) -> str:
    """As answers write it."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Ask = Callable[..., Any]


@pytest.fixture
def ask(client) -> Ask:
    """ask("news", limit=1): what the API answers, which has to be an answer."""

    def get(name: str, **asked: Any) -> Any:
        response = client.get(f"/api/v1/{name}", asked)
        assert response.status_code == 200, response.content
        return response.json()

    return get


@pytest.fixture
def library(city):
    """An organisation of which everything is known, with a news item."""
    partner = make_partner(
        "Библиотека «Роща»",
        slug="grove",
        short_name="Роща",
        topics=[make_topic()],
        district=make_district(),
        address="ул. Сосновая, 5",
        latitude=52.2,
        longitude=104.3,
        phones=["+7 (3952) 00-00-22"],
        email="roscha@biblio.example",
        website="https://roscha.example/",
        networks=["https://vk.example/roscha"],
        access=["step_free"],
        teaching_languages=["ru"],
        opening_hours={"mon": [["10:00", "19:00"]]},
        cover=make_picture(),
        logo=make_picture(),
    )
    make_news("Шьём вместе", partner=partner, cover=make_picture(), author_line="Вера Бронская")
    make_talk(make_board(), title="Где шить", text="Нужна швейная машинка")
    return partner
