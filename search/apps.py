from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from search import health, receivers  # noqa: F401  health registers itself

        receivers.connect()
