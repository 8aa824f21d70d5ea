"""The board in the CMS: boards with their rules, and what moderators' deeds are called in the log."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from forum.models import Board


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("forum.approve", _("Approve a post"), _("Approved a post"))
    actions.register_action("forum.remove", _("Remove a post"), _("Removed a post"))
    actions.register_action("forum.pin", _("Pin a topic"), _("Changed where the topic is pinned"))
    actions.register_action("forum.state", _("Lock or archive a topic"), _("Locked, archived or opened the topic"))
    actions.register_action("forum.move", _("Move a topic"), _("Moved the topic to another board"))


@register_snippet
class BoardViews(SnippetViewSet):
    """Shown to those who may change boards."""

    model = Board
    icon = "comment"
    menu_label = _("Discussions")
    menu_name = "forum"
    menu_order = 70
    add_to_admin_menu = True
    list_display: Any = ["__str__", "parent", "who_reads", "who_starts", "held", "sort_order"]
    search_fields = ["slug"]
