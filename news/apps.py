from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from news import receivers
        from news.models import NewsPage
        from news.search_entries import news_entry
        from search.enums import Kind
        from search.registry import register

        receivers.connect()
        register(Kind.NEWS, NewsPage, news_entry)
