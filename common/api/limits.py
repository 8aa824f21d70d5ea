"""How often one client may ask. Counted in the cache that all processes share; when it is away, nobody is refused."""

import ipaddress
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW = 60  # seconds
IPV6_SITE = 64  # a household or an office has as many addresses as it likes within these bits


@dataclass(frozen=True)
class Allowance:
    """``resets_in``: whole seconds, at least one, until the next window begins."""

    limit: int
    used: int
    resets_in: int

    @property
    def exceeded(self) -> bool:
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """As the IETF's draft has them now, and under its earlier names, which most clients read."""
        left = max(0, self.limit - self.used)
        said = {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW}',
            "RateLimit": f'"minute";r={left};t={self.resets_in}',
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(left),
            "RateLimit-Reset": str(self.resets_in),
        }
        return said | ({"Retry-After": str(self.resets_in)} if self.exceeded else {})


def spend(request: HttpRequest) -> Allowance | None:
    """Counts this request. None where nothing is limited."""
    limit: int = settings.API_A_MINUTE
    client = _client(request) if limit else ""
    if not client:
        return None
    now = time.time()
    used = _count(f"api:{int(now // WINDOW)}:{client}")
    return Allowance(limit, used, WINDOW - int(now % WINDOW))


def _count(key: str) -> int:
    cache.add(key, 0, WINDOW * 2)
    try:
        return cache.incr(key)
    except (ValueError, OSError):  # forgotten in between, or nothing to count with
        return 0


def _client(request: HttpRequest) -> str:
    """Who asks, as a number that leads back to nobody: addresses are not kept, not even in the cache."""
    try:
        address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return ""
    site = ipaddress.ip_network((address, IPV6_SITE), strict=False) if address.version == 6 else address
    return salted_hmac("api.limits", str(site)).hexdigest()[:32]
