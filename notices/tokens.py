"""What a link in a letter may do without a sign-in: stop letters, nothing else. It never ends: letters lie about."""

from collections.abc import Iterable

from django.core.signing import BadSignature, Signer

from notices.enums import Group

UNSUBSCRIBE, MUTE = Signer(salt="notices.unsubscribe"), Signer(salt="notices.mute")


def unsubscribe_token(person: int, groups: Iterable[Group]) -> str:
    return UNSUBSCRIBE.sign_object([person, sorted(groups)])


def read_unsubscribe(token: str) -> tuple[int, list[Group]] | None:
    try:
        person, groups = UNSUBSCRIBE.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return person, [Group(group) for group in groups if group in Group.values]


def mute_token(notice: int) -> str:
    return MUTE.sign_object(notice)


def read_mute(token: str) -> int | None:
    try:
        return int(MUTE.unsign_object(token))
    except (BadSignature, ValueError):
        return None
