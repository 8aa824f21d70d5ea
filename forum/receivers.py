"""What is changed in the CMS and in people's profiles, as far as the board shows it."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from accounts.models import User
from common.page_cache import drop
from forum import actions, boards
from forum.models import Board, BoardText, Topic

CONCERNS_THE_INDEX = ("parent_id", "who_reads")
SILENT = {"last_login"}


def connect() -> None:
    pre_save.connect(_remember_what_was, sender=Board, dispatch_uid="forum.board_was")
    post_save.connect(_board_saved, sender=Board, dispatch_uid="forum.board_saved")
    post_save.connect(_changed, sender=BoardText, dispatch_uid="forum.text_saved")
    for model in (Board, BoardText):
        post_delete.connect(_changed, sender=model, dispatch_uid=f"forum.gone.{model.__name__}")
    for groups in (Board.groups.through, Board.moderators.through):
        m2m_changed.connect(_changed, sender=groups, dispatch_uid=f"forum.groups.{groups.__name__}")
    post_save.connect(_person_saved, sender=User, dispatch_uid="forum.person")
    for rights in (User.groups.through, User.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(_rights_changed, sender=rights, dispatch_uid=f"forum.rights.{rights.__name__}")


def person_tag(pk: int | None) -> str:
    return f"person:{pk}"


def _remember_what_was(sender: type, instance: Board, **kwargs: Any) -> None:
    was = Board.objects.filter(pk=instance.pk).values(*CONCERNS_THE_INDEX).first() if instance.pk else None
    instance.was = was  # type: ignore[attr-defined]


def _board_saved(sender: type, instance: Board, **kwargs: Any) -> None:
    boards.forget()
    was = getattr(instance, "was", None)
    if was and was != {name: getattr(instance, name) for name in CONCERNS_THE_INDEX}:
        _reindex(instance)


def _reindex(board: Board) -> None:
    """At once: what is closed now must not be found any more."""
    here = [board.pk, *Board.objects.filter(parent=board).values_list("pk", flat=True)]
    with boards.as_written():
        actions.reindex_topics(Topic.objects.filter(board__in=here).order_by("pk").iterator(chunk_size=200))


def _changed(sender: type, **kwargs: Any) -> None:
    boards.forget()


def _person_saved(
    sender: type, instance: User, created: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """A name stands beside everything that somebody wrote, also on the pages that it is about."""
    if update_fields is None or not set(update_fields) <= SILENT:
        drop(person_tag(instance.pk), "forum", *([] if created else [actions.ABOUT_PAGES]))
    if update_fields and "show_profile" in update_fields:
        actions.look_at_profile(instance)


def _rights_changed(sender: type, **kwargs: Any) -> None:
    """Who moderates is asked on every page, so the answer is kept: forum.pages.desk."""
    drop(actions.DESK)
