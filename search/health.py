from common.health import check
from search.engines import current_engine
from search.query import Query

SELDOM = "readyz"  # a word that few texts hold: the engine has to look, not to rank


@check("search")
def engine_answers() -> None:
    current_engine().find(Query(text=SELDOM))
