"""Lays out the board that is soaked and prints, as JSON, what people need to know: boards, people, their cookies."""

import json
import sys

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import Permission  # noqa: E402
from django.contrib.sessions.backends.cached_db import SessionStore  # noqa: E402

from accounts.models import User  # noqa: E402
from forum.enums import Held  # noqa: E402
from forum.models import Board, BoardText  # noqa: E402
from notices.enums import Pace  # noqa: E402
from notices.models import Preferences  # noqa: E402

BOARDS = {"open": Held.NONE, "other": Held.NONE, "held": Held.ALL}
THRESHOLD = 4


def main() -> None:
    people = [_person(f"citizen{number}@soak.example") for number in range(int(sys.argv[1]))]
    moderators = [_person(f"moderator{number}@soak.example") for number in range(int(sys.argv[2]))]
    right = Permission.objects.get(content_type__app_label="forum", codename="moderate")
    for moderator in moderators:
        moderator.user_permissions.add(right)
    for slug, held in BOARDS.items():
        _board(slug, held)
    told = {
        "culprit": _person("culprit@soak.example").pk,
        "cookie": settings.SESSION_COOKIE_NAME,
        "citizens": [(person.pk, _signed_in(person)) for person in people],
        "moderators": [(person.pk, _signed_in(person)) for person in moderators],
    }
    print(json.dumps(told))


def _person(email: str) -> User:
    """Told of everything at once, so that letters leave while processes are killed."""
    person = User.objects.create_user(email, display_name=email.partition("@")[0])
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    paces = dict.fromkeys(("personal", "followed", "duties"), Pace.AT_ONCE)
    Preferences.objects.create(person=person, quiet_from=None, quiet_until=None, **paces)
    return person


def _board(slug: str, held: Held) -> None:
    board = Board(slug=slug, held=held, threshold=THRESHOLD)
    board.texts = [BoardText(language="ru", title=slug.capitalize(), description="Проба")]
    board.save()


def _signed_in(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    main()
