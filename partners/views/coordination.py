"""Coordinators in the CMS: partners come in, their private part, their team, their leave."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.auth import user_passes_test
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Locale

from accounts.models import User
from common.parameters import parameter
from partners import actions
from partners.coordinator_forms import MemberForm, NewPartnerForm, PrivatePartForm
from partners.enums import Role
from partners.models import Partner, PartnerIndexPage
from partners.rules import can_coordinate

coordinators_only = user_passes_test(can_coordinate)
INDEX = "coordination:index"
PAGE_SIZE = 50


@method_decorator(coordinators_only, name="dispatch")
class PartnerList(WagtailAdminTemplateMixin, TemplateView):
    template_name = "partners/cms/partners.html"
    page_title = gettext_lazy("Partners")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sought = parameter(self.request, "q")
        partners = Partner.objects.order_by("slug").prefetch_related("pages")
        if sought:
            partners = partners.filter(Q(slug__icontains=sought) | Q(pages__title__icontains=sought)).distinct()
        page = Paginator(partners, PAGE_SIZE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {"partners": page, "sought": sought}


class CoordinationForm(WagtailAdminTemplateMixin, FormView):
    template_name = "partners/cms/form.html"
    button = gettext_lazy("Save")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": reverse(INDEX), "label": _("Partners")}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"button": self.button}


class OnePartnerForm(CoordinationForm):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.partner = get_object_or_404(Partner, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return name_of(self.partner)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"partner": self.partner}


@method_decorator(coordinators_only, name="dispatch")
class NewPartner(CoordinationForm):
    form_class = NewPartnerForm
    page_title = gettext_lazy("New partner")
    button = gettext_lazy("Take into the network")

    def form_valid(self, form: NewPartnerForm) -> HttpResponse:
        index = PartnerIndexPage.objects.get(locale=Locale.get_default())
        try:
            partner = actions.create_partner(
                index=index,
                page=form.page(),
                slug=form.cleaned_data["slug"],
                publish=form.cleaned_data["publish"],
                by=self.request.user,  # type: ignore[arg-type]
                **form.private(),
            )
        except actions.PartnerExistsError:
            form.add_error("slug", _("This short address is taken. Choose another one."))
            return self.form_invalid(form)
        messages.success(self.request, _("%(name)s is in the network. Now its team.") % {"name": name_of(partner)})
        return redirect("coordination:team", partner.pk)


@method_decorator(coordinators_only, name="dispatch")
class PrivatePart(OnePartnerForm):
    form_class = PrivatePartForm
    page_title = gettext_lazy("What the public does not see")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Partner.objects.get(pk=self.partner.pk)}

    def form_valid(self, form: PrivatePartForm) -> HttpResponse:
        actions.change_private_part(self.partner, by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(self.request, _("Saved."))
        return redirect(INDEX)


@method_decorator(coordinators_only, name="dispatch")
class Team(OnePartnerForm):
    template_name = "partners/cms/team.html"
    form_class = MemberForm
    page_title = gettext_lazy("Team")
    button = gettext_lazy("Add to the team")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = self.partner.groups.prefetch_related("group__user_set")
        people = [(person, group.get_role_display()) for group in groups for person in group.group.user_set.all()]
        return super().get_context_data(**kwargs) | {"people": people}

    def form_valid(self, form: MemberForm) -> HttpResponse:
        try:
            role = Role(form.cleaned_data["role"])
            actions.add_member(self.partner, form.cleaned_data["email"], role, by=self.request.user)  # type: ignore[arg-type]
        except actions.PartnerArchivedError:
            form.add_error(None, _("This partner is archived: nobody joins its team."))
            return self.form_invalid(form)
        return redirect("coordination:team", self.partner.pk)


@require_POST
@coordinators_only
def remove(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=pk)
    actions.remove_member(partner, get_object_or_404(User, pk=person), by=request.user)  # type: ignore[arg-type]
    return redirect("coordination:team", pk)


@method_decorator(coordinators_only, name="dispatch")
class Archive(WagtailAdminTemplateMixin, TemplateView):
    """Asks first."""

    template_name = "partners/cms/archive.html"
    page_title = gettext_lazy("Archive partner")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": reverse(INDEX), "label": _("Partners")}, here]

    def get_page_subtitle(self) -> str:
        return name_of(self._partner())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"partner": self._partner()}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        partner = self._partner()
        actions.archive_partner(partner, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("%(name)s is archived.") % {"name": name_of(partner)})
        return redirect(INDEX)

    def _partner(self) -> Partner:
        return get_object_or_404(Partner, pk=self.kwargs["pk"])


def name_of(partner: Partner) -> str:
    page = partner.pages.order_by("pk").first()
    return page.title if page else partner.slug
