"""What the cluster is asked, as its query language has it. Pure functions of what is wanted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search.days import bounds
from search.engines.base import JUDGED, STRONG
from search.engines.elasticsearch.sources import HELD, READ, millis
from search.enums import Access
from search.query import FACETS
from search.ranking import Weighted
from search.wanted import NEAREST, NEWEST, RELEVANCE, WHEN, Days, Term, Wanted, Way

POOL = 10_000  # so many of the best of each shard are counted
MOST_VALUES = 1_000
# So many things are told apart before the cluster begins to estimate: in all, and of every value.
EXACT, EXACT_OF_VALUE = 10_000, 3_000
FIELDS = {"topic": "topics", "audience": "audiences"}
AMONG = "among"
NEEDED = [
    *READ,
    "is_part",
    "thing",
    "language",
    "is_original",
    "published",
    "starts",
    "ends",
    "boost",
    "position",
]
SORTED: Mapping[str, list[Any]] = {
    RELEVANCE: [{"_score": "desc"}, {"entry": "desc"}],
    NEWEST: [{"published": "desc"}, {"entry": "desc"}],
}


def plan(wanted: Wanted, now: datetime) -> Search:
    """How many hold each term, and how many hold at least two of them, three, and so on: what weighing needs."""
    anyhow = _bool(every=_scope(wanted, now), should=[_says(term, wanted) for term in wanted.terms], least=1)
    search = Search().query(anyhow)[0:0].extra(track_total_hits=True)
    for number, term in enumerate(wanted.terms):
        search.aggs.bucket(f"term{number}", "filter", _says(term, wanted))
    for least in range(2, wanted.at_least + 1):
        search.aggs.bucket(f"least{least}", "filter", _at_least(wanted, least))
    search.aggs.bucket("all", "global").bucket("entries", "filter", Q("term", access=Access.PUBLIC.value))
    return search


def answer(wanted: Wanted, asked: Sequence[Weighted], least: int, now: datetime) -> Search:
    """The best of those that fit, and the counts, each as if nothing were chosen in its own facet."""
    narrowing = _narrowing(wanted)
    search = Search().query(_rough(wanted, asked, least, now))[0:JUDGED]
    search = search.sort(*_order(wanted)).extra(_source=NEEDED, track_total_hits=True)
    if narrowing:
        search = search.post_filter(_all(narrowing.values()))
        _count(search.aggs, "unfiltered", {}, (), wanted)
    _count(search.aggs, "fitting", narrowing, [name for name in (*FACETS, WHEN) if name not in narrowing], wanted)
    for name in narrowing.keys() - {AMONG}:
        others = {other: query for other, query in narrowing.items() if other != name}
        _count(search.aggs, name, others, [name], wanted)
    return search


def on_days(days: Days) -> Query:
    first, after = bounds(days)
    return Q("range", takes_place={"gte": millis(first), "lt": millis(after), "relation": "intersects"})


# --- what is found ----------------------------------------------------------------------------------------------------
def _scope(wanted: Wanted, now: datetime) -> list[Query]:
    """What everything that is found has to be, whatever it says."""
    held = [access.value for access in (HELD if wanted.within else HELD[:1])]
    conditions = [Q("terms", access=held), ~Q("range", until={"lte": millis(now)})]
    if wanted.within:
        conditions.append(Q("terms", within=list(wanted.within)))
    if wanted.authors:
        conditions.append(Q("terms", author=list(wanted.authors)))
    conditions += [_any(term.ways) for term in wanted.terms if term.required]
    return conditions + [~_any(term.ways) for term in wanted.without]


def _rough(wanted: Wanted, asked: Sequence[Weighted], least: int, now: datetime) -> Query:
    """Scored by which words it holds, and which of them in title or labels: enough to say what is worth judging."""
    if not asked:
        return _bool(every=_scope(wanted, now))
    scope = [*_scope(wanted, now), _at_least(wanted, least)]
    return _bool(every=scope, should=[query for word in asked for query in _scored(word, wanted)])


def _scored(word: Weighted, wanted: Wanted) -> Iterator[Query]:
    says = _says(word.term, wanted)
    yield Q("constant_score", filter=says, boost=word.weight)
    strong = _all([says, _any(word.term.ways, "head")]) if wanted.within else _any(word.term.ways, "head")
    yield Q("constant_score", filter=strong, boost=word.weight * STRONG)


def _at_least(wanted: Wanted, least: int) -> Query:
    return _bool(should=[_says(term, wanted) for term in wanted.terms], least=least)


def _says(term: Term, wanted: Wanted) -> Query:
    """Within a place a part says what it says itself, not what the title of the whole does."""
    return _either([_own(way) for way in term.ways]) if wanted.within else _any(term.ways)


def _own(way: Way) -> Query:
    return _bool(every=[_any([way])], without=[Q("terms", borrowed=way.stems.split())])


def _any(ways: Sequence[Way], field: str = "text") -> Query:
    single = [way.stems for way in ways if " " not in way.stems]
    phrases = [Q("match_phrase", **{field: way.stems}) for way in ways if " " in way.stems]
    return _either([*([Q("terms", **{field: single})] if single else []), *phrases])


def _order(wanted: Wanted) -> list[Any]:
    if wanted.order == NEAREST and wanted.position:
        here = {"lat": wanted.position.latitude, "lon": wanted.position.longitude}
        return [{"_geo_distance": {"position": here, "order": "asc", "distance_type": "plane"}}, {"entry": "desc"}]
    return SORTED[RELEVANCE if wanted.terms and wanted.order == RELEVANCE else NEWEST]


# --- what is counted --------------------------------------------------------------------------------------------------
def _narrowing(wanted: Wanted) -> dict[str, Query]:
    chosen = {name: Q("terms", **{FIELDS.get(name, name): list(values)}) for name, values in wanted.chosen.items()}
    days = {WHEN: on_days(wanted.days)} if wanted.days else {}
    among = {AMONG: Q("terms", entry=sorted(wanted.among))} if wanted.among is not None else {}
    return chosen | days | among


def _count(aggs: Any, name: str, narrowing: Mapping[str, Query], facets: Iterable[str], wanted: Wanted) -> None:
    """Things, not entries: see search.engines.base.Found."""
    best = aggs.bucket(name, "filter", _all(narrowing.values())).bucket("best", "sampler", shard_size=POOL)
    best.metric("things", _things(EXACT, wanted))
    for facet in facets:
        if facet == WHEN and not wanted.spans:
            continue  # the cluster won't count by nothing
        values = _spans(wanted) if facet == WHEN else _values(facet)
        best.bucket(facet, values).metric("things", _things(EXACT_OF_VALUE, wanted))


def _values(facet: str) -> Any:
    return A("terms", field=FIELDS.get(facet, facet), size=MOST_VALUES)


def _spans(wanted: Wanted) -> Any:
    return A("filters", filters={name: on_days(days).to_dict() for name, days in wanted.spans.items()})


def _things(exact: int, wanted: Wanted) -> Any:
    return A("cardinality", field="entry" if wanted.within else "thing", precision_threshold=exact)


# --- shapes -----------------------------------------------------------------------------------------------------------
def _bool(
    *, every: Sequence[Query] = (), should: Sequence[Query] = (), without: Sequence[Query] = (), least: int = 0
) -> Query:
    if should:
        return Q("bool", filter=list(every), should=list(should), must_not=list(without), minimum_should_match=least)
    return Q("bool", filter=list(every), must_not=list(without))


def _either(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Q("bool", should=list(queries), minimum_should_match=1)


def _all(queries: Iterable[Query]) -> Query:
    wanted = list(queries)
    return Q("bool", filter=wanted) if wanted else Q("match_all")
