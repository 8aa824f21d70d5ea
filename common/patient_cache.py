"""Redis that may be away: pages are then rendered instead of remembered. What must not be lost is not kept there."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger("learning_city.cache")


def _or_without(answer: Callable[[], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The call's answer, or this one when there is no Redis to ask."""

    def wrap(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def asked(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
            try:
                return method(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                logger.warning("cache away: %s", type(error).__name__)
                return answer()

        return asked

    return wrap


class OneClient(RedisCacheClient):
    """Django makes a client for each call, which costs more than the call; one serves all threads as well."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._clients: dict[int, Redis] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        index = self._get_connection_pool_index(write)  # type: ignore[attr-defined]
        if index not in self._clients:
            self._clients[index] = super().get_client(key, write=write)
        return self._clients[index]


class PatientRedisCache(RedisCache):
    """Reads and writes that may be skipped are; ``set_many`` is not: it is what makes stored pages untrue."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient

    get_many = _or_without(dict)(RedisCache.get_many)
    add = _or_without(bool)(RedisCache.add)
    set = _or_without(lambda: None)(RedisCache.set)
    incr = _or_without(int)(RedisCache.incr)
    touch = _or_without(bool)(RedisCache.touch)
    delete = _or_without(bool)(RedisCache.delete)
    has_key = _or_without(bool)(RedisCache.has_key)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _or_without(lambda: default)(RedisCache.get)(self, key, default, version)
