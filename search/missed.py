"""Where somebody who found nothing may say so. The app that hears it registers in AppConfig.ready()."""

from collections.abc import Callable
from dataclasses import dataclass

from search.query import Query


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    label: str
    url: str


Builder = Callable[[Query], Step | None]
_builders: list[Builder] = []


def register(builder: Builder) -> None:
    """``builder(query)`` answers with a step, or None where it has none for this query."""
    if builder not in _builders:
        _builders.append(builder)


def steps(query: Query) -> list[Step]:
    return [step for builder in _builders if (step := builder(query))]
