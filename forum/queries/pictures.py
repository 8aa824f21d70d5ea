"""Reads of pictures: by what a text names, by address, by person."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from common.markdown import PICTURES, pictures_in
from forum.models import Picture, Unsent

DAY = timedelta(days=1)


def find_picture(key: UUID) -> Picture | None:
    return Picture.objects.filter(key=key).select_related("post__topic").first()


def pictures_named_in(source: str) -> QuerySet[Picture]:
    """Asks nothing of a text without any."""
    keys = pictures_in(source)
    return Picture.objects.filter(key__in=keys) if keys else Picture.objects.none()


def uploaded_within_a_day(person: User) -> int:
    return Picture.objects.filter(owner=person, uploaded_at__gt=timezone.now() - DAY).count()


def unused_pictures() -> QuerySet[Picture]:
    """A day is enough to finish a text, or to keep it as a draft."""
    old = Picture.objects.filter(post=None, uploaded_at__lt=timezone.now() - DAY)
    return old.exclude(key__in=_kept_for_later())


def _kept_for_later() -> set[str]:
    """Those that drafts show."""
    drafts = Unsent.objects.annotate(said=Cast("words", TextField())).filter(said__contains=PICTURES)
    return {key for draft in drafts.only("words") for words in draft.words.values() for key in pictures_in(words)}
