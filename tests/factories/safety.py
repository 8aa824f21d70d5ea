from typing import Any

from django.contrib.auth.models import Permission

from accounts.models import User
from forum import actions
from forum.enums import Ground
from forum.models import Case, Decision, Post
from tests.factories.people import make_user


def make_moderator(**fields: Any) -> User:
    """Of the whole network."""
    user = make_user(**fields)
    user.user_permissions.add(Permission.objects.get(content_type__app_label="forum", codename="moderate"))
    return User.objects.get(pk=user.pk)  # without remembered permissions


def make_report(post: Post, *, by: User | None = None, ground: str = Ground.INSULT, words: str = "") -> Case:
    return actions.report_post(post, ground, words, by=by or make_user()).case


def make_removal(post: Post, *, by: User, reason: str = "Так нельзя", ground: str = Ground.INSULT) -> Decision:
    actions.remove(post, by=by, ground=ground, reason=reason)
    return Decision.objects.filter(post=post).latest("pk")
