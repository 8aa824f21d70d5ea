"""Search in the CMS: what people look for, words that mean the same, what is shown first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from search import report_urls, rules
from search.editing import PhraseTakenError
from search.forms import PhrasesForm, SynonymGroupForm
from search.models import Pick, SynonymGroup

SUBMENU = "register_search_menu_item"
PREFILLED = ("phrases", "language")


class PrefilledView(CreateView):
    """What people look for leads here with its words."""

    def get_initial(self) -> dict[str, Any]:
        asked = {name: self.request.GET[name].replace("\x00", "") for name in PREFILLED if name in self.request.GET}
        return super().get_initial() | asked


class TakenPhrases:
    """Two editors gave a phrase to two groups at once: the second is told as if it had been there all along."""

    def form_valid(self, form: SynonymGroupForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except PhraseTakenError:
            form.add_error("phrases", _("One of these was just put into another group. Look at the list."))
            return self.form_invalid(form)  # type: ignore[attr-defined]


class AddSynonyms(TakenPhrases, PrefilledView): ...


class EditSynonyms(TakenPhrases, EditView): ...


class SynonymViews(SnippetViewSet):
    model = SynonymGroup
    icon = "openquote"
    menu_label = _("Synonyms")
    menu_name = "search-synonyms"
    add_view_class = AddSynonyms
    edit_view_class = EditSynonyms
    copy_view_enabled = False
    list_display: Any = ["__str__", "also", "language"]
    list_filter: Any = ["language"]
    search_fields = ["phrases", "also"]
    edit_handler = ObjectList(
        [FieldPanel("language"), FieldPanel("phrases"), FieldPanel("also")], base_form_class=SynonymGroupForm
    )


class PickViews(SnippetViewSet):
    model = Pick
    icon = "pick"
    menu_label = _("Editors’ picks")
    menu_name = "search-picks"
    add_view_class = PrefilledView
    copy_view_enabled = False
    list_display: Any = [
        "__str__",
        "language",
        "show_from",
        "show_until",
        Column("standing", label=pgettext_lazy("pick", "Now")),
    ]
    list_filter: Any = ["language"]
    search_fields = ["phrases"]
    edit_handler = ObjectList(
        [
            FieldPanel("language"),
            FieldPanel("phrases"),
            MultiFieldPanel([FieldRowPanel([FieldPanel("show_from"), FieldPanel("show_until")])], _("When")),
            InlinePanel(
                "places",
                heading=_("What is shown above the results"),
                label=_("Place"),
                min_num=1,
                max_num=3,
                panels=[
                    PageChooserPanel("page"),
                    FieldPanel("url"),
                    FieldPanel("title"),
                    FieldPanel("sentence"),
                ],
            ),
        ],
        base_form_class=PhrasesForm,
    )


@register_snippet
class SearchViews(SnippetViewSetGroup):
    """Shown to those who may see or change at least one of them."""

    items = (SynonymViews, PickViews)
    menu_label = _("Search on the site")
    menu_name = "search-desk"
    menu_icon = "search"
    menu_order = 65
    submenu_hook = SUBMENU


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_see_searches(request.user)


@hooks.register(SUBMENU)
def register_report() -> MenuItem:
    return ReportMenuItem(
        _("What people look for"), reverse("search_report:index"), name="search-report", icon_name="history", order=0
    )


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("searches/", include(report_urls))]
