from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions, queries, rules
from accounts.adapters import remember_language
from accounts.enums import ConsentKind
from accounts.forms import ProfileForm
from accounts.requests import SignedIn
from common.vocabulary import name as word


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedIn) -> HttpResponse:
    form = ProfileForm(request.POST or None, request.FILES or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        with override(person.language):
            messages.success(request, _("Saved."))
            response = redirect("me")
        remember_language(response, person.language)
        return response
    return render(request, "accounts/profile.html", {"form": form, "section": "profile"})


@never_cache
@login_required
@require_safe
def security(request: SignedIn) -> HttpResponse:
    shown = {
        "security": queries.security_of(request.user),
        "section": "security",
        "has_other_sites": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
    return render(request, "accounts/security.html", shown)


@never_cache
@login_required
@require_safe
def consents(request: SignedIn) -> HttpResponse:
    shown = {"consents": queries.consents_of(request.user), "section": "consents"}
    return render(request, "accounts/consents.html", shown)


@never_cache
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SignedIn) -> HttpResponse:
    if request.method != "POST":
        return render(request, "accounts/close.html", {"section": "consents"})
    actions.close_account(request.user)
    logout(request)
    messages.success(request, _("Your account is closed, and what told who you are is deleted."))
    return redirect("account_login")


@never_cache  # what somebody hides is gone with the next request, also for those who have just looked
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.public_person(pk)
    if found is None or not rules.can_see_profile(request.user, found):
        raise Http404
    shown = rules.shown_on_profile(found)
    shown["district"] = word("district", shown["district"]) if shown["district"] else ""
    return render(
        request, "accounts/person.html", {"person": shown, "pk": found.pk, "own": found.pk == request.user.pk}
    )


@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    return render(
        request, "accounts/personal_data.html", {"version": actions.CONSENT_VERSIONS[ConsentKind.PERSONAL_DATA]}
    )
