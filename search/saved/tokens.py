"""What a link in a letter may do without a sign-in. Each kind of link has a seal of its own."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, Signer, TimestampSigner

from search.enums import Pace

CONFIRMED_WITHIN = timedelta(days=3)
AGREED_WITHIN = timedelta(days=30)
MANAGED_WITHIN = timedelta(days=60)

_confirm = TimestampSigner(salt="search.saved.confirm")
_agree = TimestampSigner(salt="search.saved.agree")
_manage = TimestampSigner(salt="search.saved.manage")
_stop = Signer(salt="search.saved.stop")  # never ends: letters lie about, and it only stops them


def confirm_token(search: int, pace: str) -> str:
    return _confirm.sign_object([search, pace])


def read_confirm(token: str) -> tuple[int, Pace] | None:
    said = _read(_confirm, token, CONFIRMED_WITHIN)
    return (said[0], Pace(said[1])) if said else None


def agree_token(subscriber: int) -> str:
    return _agree.sign_object([subscriber])


def read_agree(token: str) -> int | None:
    said = _read(_agree, token, AGREED_WITHIN)
    return said[0] if said else None


def manage_token(subscriber: int) -> str:
    return _manage.sign_object([subscriber])


def read_manage(token: str) -> int | None:
    said = _read(_manage, token, MANAGED_WITHIN)
    return said[0] if said else None


def stop_token(subscriber: int, searches: Iterable[int]) -> str:
    return _stop.sign_object([subscriber, sorted(searches)])


def read_stop(token: str) -> tuple[int, list[int]] | None:
    try:
        subscriber, searches = _stop.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return subscriber, searches


def _read(signer: TimestampSigner, token: str, within: timedelta) -> Any:
    try:
        return signer.unsign_object(token, max_age=within)
    except (BadSignature, ValueError):
        return None
