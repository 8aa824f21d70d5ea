"""How much waits for a moderator, for the menu that stands on every page."""

from django import template

from accounts.models import User
from forum.pages.desk import count_for

register = template.Library()


@register.simple_tag
def desk_count(user: User) -> int | None:
    """None for those who don't moderate."""
    return count_for(user) if user.is_authenticated else None
