"""Pictures come in before the text that shows them, and those that no text shows are cleared away."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from common.uploads import Shrunk
from forum import queries, rules
from forum.actions.steps import check, check_address, check_not_silent
from forum.errors import ManyPicturesError
from forum.models import Picture


def check_upload(by: User) -> None:
    """Asked before the work of reading the file, too."""
    check_not_silent(by)
    check(rules.can_upload_pictures(by))
    check_address(by)
    most = settings.FORUM_PICTURES_A_DAY
    if most and queries.uploaded_within_a_day(by) >= most:
        raise ManyPicturesError(most)


@transaction.atomic
def upload_picture(picture: Shrunk, *, by: User, description: str = "") -> Picture:
    """One's own row is locked: what the same person sends at once is counted one after the other."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    check_upload(by)
    return Picture.objects.create(
        owner=by,
        file=ContentFile(picture.content, name="picture.webp"),
        width=picture.width,
        height=picture.height,
        size=len(picture.content),
        description=description,
    )


def forget_pictures() -> int:
    """How many were cleared away. The file goes first: whoever is interrupted in between finishes it the next time."""
    return sum(_forget(pk) for pk in queries.unused_pictures().values_list("pk", flat=True))


@transaction.atomic
def _forget(pk: int) -> int:
    picture = queries.unused_pictures().select_for_update().filter(pk=pk).first()
    if picture is None:  # somebody has just posted it, or another worker was quicker
        return 0
    picture.file.delete(save=False)
    picture.delete()
    return 1
