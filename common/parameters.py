"""What an address asks for, as views may hand it on to the database."""

from django.http import HttpRequest


def parameter(request: HttpRequest, name: str, *, longest: int = 80) -> str:
    """Cut to a length that means something, without NULs: PostgreSQL refuses them. Empty where nothing was asked."""
    return request.GET.get(name, "")[:longest].replace("\x00", "")
