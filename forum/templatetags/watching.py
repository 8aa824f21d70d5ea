"""{% follow_person pk name %}: the buttons on somebody's page, for templates that know nothing of the board."""

from typing import Any

from django import template
from django.template import Context

from forum.queries.watching import modes_of

register = template.Library()


@register.inclusion_tag("forum/watch.html", takes_context=True)
def follow_person(context: Context, pk: int, name: str) -> dict[str, Any]:
    request = context["request"]
    return {
        "of": f"writer:{pk}",
        "mode": modes_of(request.user, writer=pk).get("writer", ""),
        "name": name,
        "back": request.get_full_path(),
        "csrf_token": context["csrf_token"],
    }
