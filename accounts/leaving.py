"""What other apps forget at once when somebody closes the account. They register it in ``AppConfig.ready()``."""

from collections.abc import Callable

from accounts.models import User

Forget = Callable[[User], None]
FORGET: dict[str, Forget] = {}


def register(forget: Forget) -> None:
    FORGET[f"{forget.__module__}.{forget.__qualname__}"] = forget
