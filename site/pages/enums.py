from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MenuPlace(TextChoices):
    MAIN = "main", _("Head of the page")
    FOOTER = "footer", _("Foot of the page")
