"""A partner's team in the CMS."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.start import pages_to_work_on


def our_page(request: HttpRequest) -> HttpResponse:
    """To the form of the own partner's page; who works for several chooses first."""
    targets = [
        (page, reverse("wagtailadmin_pages:edit", args=[page.pk]))
        for page in pages_to_work_on(request.user, change=True)
    ]
    if not targets:
        raise PermissionDenied
    if len(targets) == 1:
        return redirect(targets[0][1])
    return TemplateResponse(request, "partners/cms/choose.html", {"targets": targets, "page_title": _("Whose page?")})
