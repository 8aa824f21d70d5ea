from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from pages import receivers
        from pages.models import StandardPage
        from pages.search_entries import page_entry
        from search.enums import Kind
        from search.registry import register

        receivers.connect()
        register(Kind.PAGE, StandardPage, page_entry)
