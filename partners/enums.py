from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    LIBRARY = "library", _("Library")
    UNIVERSITY = "university", _("University")
    COLLEGE = "college", _("College")
    SCHOOL = "school", _("School")
    MUSEUM = "museum", _("Museum")
    NGO = "ngo", _("Non-profit organisation")
    BUSINESS = "business", _("Business")
    CLUB = "club", _("Club")
    AUTHORITY = "authority", _("Public authority")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")


class Trust(TextChoices):
    """How much a partner may do without the media team's look."""

    NEW = "new", pgettext_lazy("trust", "New")
    APPROVED = "approved", pgettext_lazy("trust", "Approved")
    TRUSTED = "trusted", pgettext_lazy("trust", "Trusted")


class Role(TextChoices):
    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    AUTHOR = "author", _("Author")


class Access(TextChoices):
    """What makes a place usable for people who are often shut out."""

    STEP_FREE = "step_free", _("Step-free entrance")
    LIFT = "lift", _("Lift")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    SIGN_LANGUAGE = "sign_language", _("Sign language")
    BRAILLE = "braille", _("Braille")
    EASY_LANGUAGE = "easy_language", _("Easy language")
    QUIET_HOURS = "quiet_hours", _("Quiet hours")


class Weekday(TextChoices):
    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")
    SATURDAY = "sat", _("Saturday")
    SUNDAY = "sun", _("Sunday")
