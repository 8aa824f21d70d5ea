from django.http import HttpRequest

from accounts.models import User


class SignedIn(HttpRequest):
    """For type checkers: a request behind a door that lets only people with an account through."""

    user: User
