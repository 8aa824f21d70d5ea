"""{% unread_notices as unread %}: the number in the reader's own menu; empty where there is nothing new."""

from django import template
from django.template import Context

from notices import queries
from notices.requests import unread_threads

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: Context) -> str:
    request = context.get("request")
    number = len(unread_threads(request)) if request is not None else 0
    if number >= queries.MOST_COUNTED:
        return f"{queries.MOST_COUNTED - 1}+"
    return str(number or "")
