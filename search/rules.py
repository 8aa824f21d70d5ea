from typing import Any


def can_see_searches(user: Any) -> bool:
    return user.has_perm("search.see_searches")


def can_see_scores(user: Any) -> bool:
    """They tell how hits are ranked, of what everybody may read anyway."""
    return user.has_perm("search.see_searches")


def can_add_synonyms(user: Any) -> bool:
    return user.has_perm("search.add_synonymgroup")


def can_add_picks(user: Any) -> bool:
    return user.has_perm("search.add_pick")
