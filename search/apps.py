from django.apps import AppConfig

from common import counting


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search import health, receivers  # noqa: F401  health registers itself
        from search.query_log import noting

        receivers.connect()
        counting.register(noting.NAME, noting.count)
