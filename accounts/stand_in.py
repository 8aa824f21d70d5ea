"""A member who doesn't exist, for pages that are made once for many (common.alike)."""

from accounts.models import User

NOBODYS_NUMBER = 0  # numbers of accounts begin with 1


def stand_in() -> User:
    """Signed in, without rights, groups or anything of their own: whatever is asked about them, the answer is none."""
    person = User(pk=NOBODYS_NUMBER)
    person.rights = frozenset()
    person.known_groups = frozenset()  # type: ignore[attr-defined] # of forum.rules
    person._perm_cache = person._user_perm_cache = person._group_perm_cache = set()  # type: ignore[attr-defined]
    return person
