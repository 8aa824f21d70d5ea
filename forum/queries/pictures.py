"""Reads of pictures: by what a text names, by address, by person."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from common.markdown import pictures_in
from forum.models import Picture

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
    """A day is enough to finish a text."""
    return Picture.objects.filter(post=None, uploaded_at__lt=timezone.now() - DAY)
