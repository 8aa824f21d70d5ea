from django.apps import AppConfig

from common import counting


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from accounts import leaving
        from search import health, receivers  # noqa: F401  health registers itself
        from search.query_log import noting
        from search.saved import actions as saved

        receivers.connect()
        counting.register(noting.NAME, noting.count)
        leaving.register(saved.forget_all)
