"""How people are shown beside what they wrote."""

from django.utils.translation import gettext as _

from accounts.models import User


def name_of(person: User | None) -> str:
    """Never empty: who has left is still somebody."""
    return person.get_full_name() if person and person.is_active else _("Former member")


def picture_of(person: User | None) -> str:
    """Only of those who show it on a page of their own."""
    return person.small_picture_url if person and profile_url_of(person) and person.show_avatar else ""


def profile_url_of(person: User | None) -> str:
    return person.get_absolute_url() if person and person.has_page else ""
