from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CityFeed(TextChoices):
    """Where an item stands on its way into the city's feed. On its own page it is in every case."""

    PENDING = "pending", _("Waits for the media team")
    SHOWN = "shown", _("In the city feed")
    DECLINED = "declined", _("Only on the partner's page")
