"""The board in the CMS: boards with their rules, and what moderators' deeds are called in the log."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
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


@hooks.register("before_delete_snippet")
def keep_what_holds_topics(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Words of people never go with a board: first its topics are moved."""
    full = [one for one in instances if isinstance(one, Board) and (one.topics.exists() or one.children.exists())]
    if not full:
        return None
    messages.error(request, _("There are topics or other boards on “%(title)s”. Move them first.") % {"title": full[0]})
    return redirect("wagtailsnippets_forum_board:list")


@hooks.register("before_bulk_action")
def keep_them_together(request: HttpRequest, action_type: str, objects: list[Any], action: object) -> Any:
    return keep_what_holds_topics(request, objects) if action_type == "delete" else None


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
