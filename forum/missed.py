"""What the board offers somebody who found nothing in the search."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from search.missed import Step
from search.query import Query


def ask_the_city(query: Query) -> Step | None:
    """A topic of theirs, with what they looked for as its title. Whoever isn't signed in is asked to first."""
    if not query.text:
        return None
    return Step(
        _("Say that you’d like to learn this"),
        _("Ask on the board: somebody may know where, or teach it. Organisations of the network read along."),
        _("Ask the city"),
        f"{reverse('forum:choose')}?{urlencode({'title': capfirst(query.text)})}",
    )
