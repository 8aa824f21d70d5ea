"""What somebody is writing, as it will look."""

from accounts.models import User
from common import markdown
from forum import actions, queries, rules
from forum.models import Post, Topic


def preview(source: str, *, by: User, topic: Topic | None = None, post: Post | None = None) -> str:
    """``topic``: whose people may be mentioned. ``post``: the one that is being changed."""
    people = queries.names_in(topic) if topic else set()
    named = queries.pictures_named_in(source)
    shown = [picture for picture in named if rules.can_show_picture(by, picture, post)]
    return markdown.render(source, people, actions.sizes(shown))
