from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Pace(TextChoices):
    """How soon somebody wants a letter."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, together")
    WEEKLY = "weekly", _("Once a week, together")
    NEVER = "never", _("Not at all")


class Group(TextChoices):
    """Kinds of notices that people choose a pace for. The values are fields of ``models.Preferences``."""

    PERSONAL = "personal", _("Answers to me, and where I am mentioned")
    FOLLOWED = "followed", _("What I follow")
    DUTIES = "duties", _("What waits for me as a moderator")
