"""The reading panel's form post. Works without JavaScript, for everybody, on every page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from common.reading import CHOICES, COOKIE, Reading, as_cookie

YEAR = 60 * 60 * 24 * 365


# Without a CSRF token, so that a page with this form can be kept for everybody. What a forged post could do is
# change the size of somebody's letters.
@csrf_exempt
@require_POST
@never_cache
def choose_reading(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(_way_back(request))
    cookie = "" if "reset" in request.POST else as_cookie(_chosen(request))
    if cookie:
        response.set_cookie(
            COOKIE, cookie, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _chosen(request: HttpRequest) -> Reading:
    """What nobody offers counts as not chosen."""
    return Reading(**{name: value for name, values in CHOICES.items() if (value := request.POST.get(name)) in values})


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if safe else "/"
