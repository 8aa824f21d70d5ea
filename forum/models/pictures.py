"""Pictures that people show in what they write."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.markdown import picture_address, picture_source
from forum.models.topics import Post


def place_of(picture: "Picture", name: str) -> str:
    """Another word than the address has: whoever knows the one cannot fetch the other from a bucket."""
    return f"forum/{uuid4().hex}.webp"


class Picture(models.Model):
    """Seen by its owner alone until a post shows it, then by whoever reads that post (rules.can_see_picture)."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="forum_pictures"
    )
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.SET_NULL, related_name="pictures")
    file = models.FileField(upload_to=place_of)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Of the file, in bytes.")
    description = models.CharField(_("what it shows"), max_length=200, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("picture in a post")
        verbose_name_plural = _("pictures in posts")
        indexes = [
            models.Index(fields=["owner", "-uploaded_at"], name="picture_owner_newest"),
            models.Index(fields=["uploaded_at"], condition=Q(post=None), name="picture_unused"),
        ]

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        return picture_address(self.key)

    @property
    def source(self) -> str:
        """What stands for it in a text."""
        return picture_source(self.key, self.description)
