"""What is unread, asked once for a request: the page that is opened and the menu above it both want to know."""

from django.http import HttpRequest

from notices import actions, queries


def unread_threads(request: HttpRequest) -> list[str]:
    known: list[str] | None = getattr(request, "unread_threads", None)
    if known is None:
        user = request.user
        known = queries.unread_threads(user) if user.is_authenticated else []
        request.unread_threads = known  # type: ignore[attr-defined]
    return known


def opened(request: HttpRequest, *threads: str) -> None:
    """The reader has them before them now. Writes only where something was unread."""
    unread = unread_threads(request)
    if not request.user.is_authenticated or not unread:
        return
    waiting = threads if len(unread) == queries.MOST_COUNTED else tuple(set(threads).intersection(unread))
    if waiting and actions.mark_read(request.user, *waiting):
        request.unread_threads = [thread for thread in unread if thread not in waiting]  # type: ignore[attr-defined]
