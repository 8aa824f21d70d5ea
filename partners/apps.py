from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners")

    def ready(self) -> None:
        from partners import receivers
        from partners.models import PartnerPage
        from partners.search_entries import partner_entry
        from search.enums import Kind
        from search.registry import register

        receivers.connect()
        register(Kind.PARTNER, PartnerPage, partner_entry)
