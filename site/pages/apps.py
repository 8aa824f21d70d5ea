from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from common import city
        from pages import frame, receivers
        from pages.models import StandardPage
        from pages.search_entries import page_entry
        from search.enums import Kind
        from search.registry import register

        receivers.connect()
        register(Kind.PAGE, StandardPage, page_entry)
        city.told_by(frame.city_name)
