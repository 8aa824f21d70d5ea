from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What can be found, in the order of the tabs over the results. Codes as in common.kinds."""

    NEWS = "news", _("News")
    PARTNER = "partner", _("Organisations")
    TOPIC = "topic", _("Discussions")
    PROPOSAL = "proposal", _("Proposals")
    PAGE = "page", _("Pages")


class Access(models.TextChoices):
    """Who may see an entry. Engines get public ones, and those within a place for whoever asks within that place."""

    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("Members")
    WITHIN = "within", _("Those who may read where it stands")


class Pace(models.TextChoices):
    """How often somebody wants to hear what a search finds."""

    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week, on Mondays")
