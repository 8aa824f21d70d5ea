from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentKind(models.TextChoices):
    PERSONAL_DATA = "personal_data", _("keeping my personal data")
