"""The media team's news desk in the CMS, and the partner's way to the form for news."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from common.parameters import parameter
from news import actions, queries
from news.forms import DeclineForm, PinForm
from news.models import FeedItem
from news.rules import can_run_desk
from partners.start import pages_to_work_on

desk_only = user_passes_test(can_run_desk)
MOST = 50
DESK = "news_desk:index"


@method_decorator(desk_only, name="dispatch")
class Desk(WagtailAdminTemplateMixin, TemplateView):
    template_name = "news/cms/desk.html"
    page_title = gettext_lazy("City feed")
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sought = parameter(self.request, "q")
        return super().get_context_data(**kwargs) | {
            "waiting": queries.waiting_on_desk()[:MOST],
            "pinned": queries.pinned_now(),
            "shown": queries.shown_in_city(sought)[: MOST // 2],
            "sought": sought,
        }


class DeskForm(WagtailAdminTemplateMixin, FormView):
    """One item and one question about it."""

    template_name = "news/cms/desk_form.html"
    button = gettext_lazy("Save")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.item = _item(kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.item.page.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": reverse(DESK), "label": _("City feed")}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"item": self.item, "button": self.button}


@method_decorator(desk_only, name="dispatch")
class Decline(DeskForm):
    form_class = DeclineForm
    page_title = gettext_lazy("Keep out of the city feed")
    button = gettext_lazy("Keep on the partner's page only")

    def form_valid(self, form: DeclineForm) -> HttpResponse:
        actions.decline_for_city(self.item, by=self.request.user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]
        messages.success(self.request, _("“%(title)s” stays on its partner's page only.") % {"title": self.item.page})
        return redirect(DESK)


@method_decorator(desk_only, name="dispatch")
class Pin(DeskForm):
    form_class = PinForm
    page_title = gettext_lazy("Keep on top")
    button = gettext_lazy("Pin")

    def form_valid(self, form: PinForm) -> HttpResponse:
        until = form.cleaned_data["until"]
        actions.pin(self.item, until=until, by=self.request.user)  # type: ignore[arg-type]
        said = {"title": self.item.page, "until": date_format(localtime(until), "SHORT_DATETIME_FORMAT")}
        messages.success(self.request, _("“%(title)s” stays on top until %(until)s.") % said)
        return redirect(DESK)


@require_POST
@desk_only
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(pk)
    actions.approve_for_city(item, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("“%(title)s” is in the city feed.") % {"title": item.page})
    return redirect(DESK)


@require_POST
@desk_only
def unpin(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(pk)
    actions.pin(item, until=None, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("“%(title)s” is not pinned any more.") % {"title": item.page})
    return redirect(DESK)


def write_news(request: HttpRequest) -> HttpResponse:
    """To the empty form below the own partner's page; who works for several chooses first."""
    pages = pages_to_work_on(request.user)
    if not pages:
        raise PermissionDenied
    targets = [(page, reverse("wagtailadmin_pages:add", args=["news", "newspage", page.pk])) for page in pages]
    if len(targets) == 1:
        return redirect(targets[0][1])
    return TemplateResponse(
        request, "partners/cms/choose.html", {"targets": targets, "page_title": _("For whom do you write?")}
    )


def _item(pk: int) -> FeedItem:
    return get_object_or_404(FeedItem.objects.select_related("page"), pk=pk, live=True)
