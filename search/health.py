from common.health import check
from search.engines import current_engine
from search.understanding.typed import parse
from search.wanted import Wanted

SELDOM = "readyz"  # a word that few texts hold: the engine has to look, not to rank


@check("search")
def engine_answers() -> str | None:
    current_engine().find(Wanted(parse(SELDOM)))
    return current_engine().trouble()
