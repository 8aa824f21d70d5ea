"""Who may do what with the feeds."""

from partners.rules import Somebody


def can_run_desk(user: Somebody) -> bool:
    """Let partners' news into the city feed or keep them out, pin and unpin."""
    return user.has_perm("news.run_desk")
