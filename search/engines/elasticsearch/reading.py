"""What the cluster answered, made into what every engine answers. Pure functions."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from search.distance import distance
from search.engines.base import Found, Ranked
from search.engines.pool import Fact, fold
from search.query import FACETS
from search.ranking import Dates, Fields, Judge, Score, Weighted, weight
from search.wanted import NEAREST, RELEVANCE, WHEN, Position, Wanted

ENOUGH = 10  # as in the engine "database": where so many say as much as is asked for, those that say less are left out
Answer = Mapping[str, Any]


def weighted(planned: Answer, wanted: Wanted) -> list[Weighted]:
    counts = planned["aggregations"]
    entries = counts["all"]["entries"]["doc_count"]
    return [
        Weighted(term, weight(counts[f"term{number}"]["doc_count"], entries))
        for number, term in enumerate(wanted.terms)
    ]


def least(planned: Answer, wanted: Wanted) -> int:
    """How many of the terms have to be there: fewer than asked for where too little would be found."""
    counts = planned["aggregations"]
    return next((one for one in range(wanted.at_least, 1, -1) if counts[f"least{one}"]["doc_count"] >= ENOUGH), 1)


def found(answer: Answer, asked: Sequence[Weighted], wanted: Wanted, now: datetime) -> Found:
    counted = answer["aggregations"]
    fitting = counted["fitting"]
    return Found(
        ranked=_ranked(answer["hits"]["hits"], asked, wanted, now),
        total=_things(fitting["best"]),
        unfiltered=_things(counted.get("unfiltered", fitting)["best"]),
        more=fitting["doc_count"] > fitting["best"]["doc_count"],
        facets={name: _counts(counted.get(name, fitting)["best"].get(name)) for name in (*FACETS, WHEN)},
        widened={name: _things(counted[name]["best"]) for name in wanted.narrowed},
    )


def _ranked(hits: Sequence[Answer], asked: Sequence[Weighted], wanted: Wanted, now: datetime) -> list[Ranked]:
    facts = [(_fact(hit, wanted), hit["_source"]) for hit in hits]
    if asked and wanted.order == RELEVANCE:
        judge = Judge(asked, now)
        scores = [_score(source, judge, own=bool(wanted.within)) for _, source in facts]
        judged = zip(facts, scores, strict=True)
        return fold([(fact, one.total, one) for (fact, _), one in judged], wanted.language)
    if wanted.order == NEAREST and wanted.position:
        here = wanted.position
        facts.sort(key=lambda pair: (_distance(here, pair[1]), -pair[0].entry_id))
    return fold([(fact, -place, None) for place, (fact, _) in enumerate(facts)], wanted.language)


def _fact(hit: Answer, wanted: Wanted) -> Fact:
    source = hit["_source"]
    thing, language = hit["_id"] if wanted.within else source["thing"], source["language"]
    return Fact(int(hit["_id"]), thing, language, source["is_original"])


def _score(source: Answer, judge: Judge, *, own: bool) -> Score:
    """``own``: a part is judged without the title of the whole."""
    title = "" if own and source["is_part"] else source.get("title", "")
    fields = Fields(title, *(source.get(name, "") for name in ("label", "summary", "body")))
    published, starts, ends = (_moment(source.get(name)) for name in ("published", "starts", "ends"))
    return judge.score(fields, Dates(published or judge.now, starts, ends), source["boost"])


def _moment(millis: int | None) -> datetime | None:
    return None if millis is None else datetime.fromtimestamp(millis / 1000, UTC)


def _distance(here: Position, source: Answer) -> float:
    position = source.get("position") or {}
    return distance(here, position.get("lat"), position.get("lon"))


def _counts(facet: Answer | None) -> dict[str, int]:
    """Of ``filters`` the buckets have their names outside, of ``terms`` inside."""
    buckets = facet["buckets"] if facet else []
    named = buckets.items() if isinstance(buckets, dict) else [(bucket["key"], bucket) for bucket in buckets]
    return {name: _things(bucket) for name, bucket in named if bucket["doc_count"]}


def _things(bucket: Answer) -> int:
    things: int = bucket["things"]["value"]
    return things
