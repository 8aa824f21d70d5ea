"""What an index holds and how it takes texts apart. A change here makes the worker build the indexes anew."""

import hashlib
import json
import re
from typing import Any

from django.conf import settings
from elasticsearch.dsl import (
    Boolean,
    Date,
    DateRange,
    Double,
    GeoPoint,
    Keyword,
    Long,
    Mapping,
    Text,
    analyzer,
    char_filter,
    token_filter,
)

from search.text import APOSTROPHES
from search.wanted import DEFAULT_LANGUAGE

REFRESH = "500ms"
PARTED = 100  # positions between two texts of one field: no phrase runs over a border
SHORTEST_PREFIX, LONGEST_PREFIX = 1, 20
# What titles are typed with, folded as search.text folds words. Stems are folded when they get here.
FOLDED: dict[str, dict[str, str]] = {"ru": {"ё": "е"}, "be": {"ё": "е", "ў": "у"}, "en": {}}

MOMENT = "epoch_millis"

# Words are stems made by search.text, the same as in every engine: Elasticsearch knows no Belarusian, and with two
# stemmers two engines would find two things.
stems = analyzer("stems", type="custom", tokenizer="whitespace", position_increment_gap=PARTED)


def languages() -> list[str]:
    return [code for code, _ in settings.LANGUAGES]


def index_language(language: str) -> str:
    """An entry in a language that the site doesn't speak stands among those of its first."""
    return language if language in languages() else DEFAULT_LANGUAGE


def alias(language: str) -> str:
    """Under this name readers ask."""
    return f"{settings.ELASTICSEARCH_PREFIX}-{language}"


def aliases() -> str:
    return ",".join(alias(language) for language in languages())


def writes_alias(name: str) -> str:
    """Under this name the index is written to. It goes with the index: a write never makes one by itself."""
    return f"{name}-writes"


def every_index() -> str:
    return f"{settings.ELASTICSEARCH_PREFIX}-*"


def language_of(name: str) -> str | None:
    """Of an index of ours; None for whatever else stands in the cluster."""
    match = re.fullmatch(rf"{re.escape(settings.ELASTICSEARCH_PREFIX)}-([a-z]+)-\d+", name)
    return match[1] if match and match[1] in languages() else None


def mapping(language: str) -> dict[str, Any]:
    """Fields of a tombstone: ``entry`` and ``gone`` alone. Whatever has no ``access`` is in no answer."""
    mapped = Mapping()
    mapped.meta("dynamic", "strict")
    for name, field in {**_words(language), **_marks(), **_facts()}.items():
        mapped.field(name, field)
    return mapped.to_dict()


def shape(language: str, held: Any) -> str:
    """Another one means another index: the code asks for something else, or ``held`` is not what once came of it.

    Servers write down a mapping in their own way, so what they hold is compared with what they held.
    """
    return f"{_digest([mapping(language), _analysis(language)])}:{_digest(held)}"


def settings_of(language: str, *, filling: bool) -> dict[str, Any]:
    """``filling``: until it is full an index neither shows what it holds nor copies it to other servers."""
    return {
        "index": {"number_of_shards": settings.ELASTICSEARCH_SHARDS, **pace(filling=filling)},
        "analysis": _analysis(language),
    }


def pace(*, filling: bool) -> dict[str, Any]:
    if filling:
        return {"refresh_interval": "-1", "number_of_replicas": 0, "auto_expand_replicas": "false"}
    return {"refresh_interval": REFRESH, "auto_expand_replicas": "0-1"}


def _analysis(language: str) -> dict[str, Any]:
    analysis: dict[str, Any] = {"analyzer": {}}
    for one in (stems, _titles(language), _typed(language)):
        for kind, definitions in one.get_analysis_definition().items():
            analysis.setdefault(kind, {}).update(definitions)
        analysis["analyzer"][one._name] = one.get_definition()
    return analysis


def _digest(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:40]


def _words(language: str) -> dict[str, Any]:
    """``text`` and ``head`` are what is looked in; the four texts are kept to be judged, and are copied there."""
    whole: dict[str, Any] = {"index": False, "copy_to": ["head", "text"]}
    part: dict[str, Any] = {"index": False, "copy_to": ["text"]}
    looked_in: dict[str, Any] = {"analyzer": stems, "norms": False}
    return {
        "title": Text(**whole),
        "label": Text(**whole),
        "summary": Text(**part),
        "body": Text(**part),
        "head": Text(**looked_in),
        "text": Text(**looked_in),
        "name": Text(analyzer=_titles(language), search_analyzer=_typed(language), norms=False),
    }


def _marks() -> dict[str, Any]:
    return {
        "entry": Long(),
        "gone": Date(format=MOMENT),
        "access": Keyword(),
        "within": Keyword(),
        "borrowed": Keyword(),
        "is_part": Boolean(index=False),
    }


def _facts() -> dict[str, Any]:
    slugs = ("kind", "partner", "author", "language", "topics", "audiences", "district", "thing")
    return {
        **{name: Keyword() for name in slugs},
        **{name: Date(format=MOMENT) for name in ("published", "starts", "ends", "until")},
        "is_original": Boolean(),
        "takes_place": DateRange(format=MOMENT),
        "position": GeoPoint(ignore_malformed=True),
        "boost": Double(index=False),
    }


def _titles(language: str) -> Any:
    """Titles by the beginnings of their words, for suggestions."""
    beginnings = token_filter("beginnings", "edge_ngram", min_gram=SHORTEST_PREFIX, max_gram=LONGEST_PREFIX)
    return analyzer(
        f"{language}_titles", tokenizer="standard", char_filter=_folding(language), filter=["lowercase", beginnings]
    )


def _typed(language: str) -> Any:
    """What somebody has typed so far."""
    cut = token_filter("longest", "truncate", length=LONGEST_PREFIX)
    return analyzer(
        f"{language}_typed", tokenizer="standard", char_filter=_folding(language), filter=["lowercase", cut]
    )


def _folding(language: str) -> list[Any]:
    pairs = {**FOLDED.get(language, {}), **{old.upper(): new for old, new in FOLDED.get(language, {}).items()}}
    mappings = [f"{old} => {new}" for old, new in pairs.items()] + [f"\\u{ord(sign):04x} => " for sign in APOSTROPHES]
    return [char_filter(f"{language}_folding", "mapping", mappings=mappings)]
