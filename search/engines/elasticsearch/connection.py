"""How this process reaches the cluster: one client, which threads may share."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

FAILURES = (ApiError, TransportError)  # whatever the cluster, or the way to it, may answer instead of an answer
PORTS = {"http": 80, "https": 443}
PATIENCE = 30.0  # seconds, for writes and for keeping the indexes; readers wait settings.ELASTICSEARCH_TIMEOUT


def client() -> Elasticsearch:
    return _client(settings.ELASTICSEARCH_URL, settings.ELASTICSEARCH_API_KEY, settings.ELASTICSEARCH_CA)


@lru_cache(maxsize=4)
def _client(url: str, api_key: str, ca: str) -> Elasticsearch:
    """Nothing is asked twice: readers get another engine's answer sooner, and what writes comes again by itself."""
    options: dict[str, Any] = {"ca_certs": ca} if ca else {}
    if api_key:
        options["api_key"] = api_key
    return Elasticsearch(with_port(url), request_timeout=PATIENCE, max_retries=0, retry_on_timeout=False, **options)


def with_port(url: str) -> str:
    """The client wants every port by its number."""
    parts = urlsplit(url)
    return url if parts.port else parts._replace(netloc=f"{parts.netloc}:{PORTS[parts.scheme]}").geturl()
