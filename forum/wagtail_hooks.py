"""The board in the CMS: boards with their rules, what moderators often answer, and the way to their desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from forum.models import Answer, Board
from forum.pages.desk import count_for


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


class DeskPanel(Component):
    """On the first page of the CMS: the way to the desk, for those who moderate."""

    order = 90
    template_name = "forum/cms/desk_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"count": count_for(parent_context["request"].user)}


@hooks.register("construct_homepage_panels")
def show_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.is_authenticated and count_for(request.user) is not None:
        panels.insert(0, DeskPanel())


@register_snippet
class AnswerViews(SnippetViewSet):
    """What moderators answer often."""

    model = Answer
    icon = "clipboard-list"
    menu_label = _("Answers of moderators")
    menu_name = "forum-answers"
    menu_order = 71
    add_to_admin_menu = True
    list_display: Any = ["title", "language", "ground"]
    list_filter: Any = ["language"]


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
