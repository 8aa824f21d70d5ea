"""How long a proposal has waited, and how long it still collects, in words."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.models import Proposal

register = template.Library()


@register.filter
def waiting(proposal: Proposal) -> str:
    """Empty where nobody has to answer."""
    days = proposal.days_waiting
    if days is None:
        return ""
    if days == 0:
        return _("waiting for an answer since today")
    return ngettext("%(days)s day without an answer", "%(days)s days without an answer", days) % {"days": days}


@register.filter
def time_left(proposal: Proposal) -> str:
    """Empty where nothing is collected."""
    days = proposal.days_left
    if days is None:
        return ""
    return ngettext("%(days)s more day", "%(days)s more days", days) % {"days": days} if days else _("the last day")
