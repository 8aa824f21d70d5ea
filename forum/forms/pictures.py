"""A picture beside a text: chosen in the form, or sent by itself by static/js/pictures.js."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.letters import check_letters
from common.markdown import pictures_in
from common.uploads import Shrunk, shrunk

LONGEST_DESCRIPTION = 200
LONGEST_SIDE = 1600
KINDS = "image/avif,image/gif,image/jpeg,image/png,image/webp"


def most_bytes() -> int:
    return settings.FORUM_PICTURE_MB * 1024 * 1024


def _which() -> str:
    said = _("JPEG, PNG, WebP, AVIF or GIF, up to %(size)s. Where and with which camera it was taken is cut out.")
    return str(said) % {"size": filesizeformat(most_bytes())}


class PictureField(forms.FileField):
    """Gives the picture written anew, small enough for a page. Nothing is decoded before its header was read."""

    def clean(self, data: Any, initial: Any = None) -> Shrunk:
        upload = super().clean(data, initial)
        if upload.size > most_bytes():
            most = filesizeformat(most_bytes())
            raise ValidationError(_("This file is too big: at most %(size)s."), code="size", params={"size": most})
        return shrunk(upload, longest=LONGEST_SIDE, most_pixels=settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS)


class DescriptionForm(forms.Form):
    picture_shows = forms.CharField(
        label=_("What the picture shows"),
        max_length=LONGEST_DESCRIPTION,
        required=False,
        help_text=_("Read by those who do not see it."),
    )

    def clean_picture_shows(self) -> str:
        return check_letters(self.cleaned_data["picture_shows"])


class PictureForm(DescriptionForm):
    """What is sent, with the file."""

    picture = PictureField(
        allow_empty_file=True,  # read like any other that is no picture
        error_messages={"required": _("Choose a picture first.")},
    )


class WithPicture(DescriptionForm):
    """The fields in a form with a text. The file itself is taken before the form is read (forum.views.pictures)."""

    pictures_into = "text"
    most_bytes = staticmethod(most_bytes)  # the script says so before it sends anything

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=lazy(_which, str)(),
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.FORUM_PICTURES_IN_POST:
            del self.fields["picture"], self.fields["picture_shows"]

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        named = {key for said in words.values() if isinstance(said, str) for key in pictures_in(said)}
        most = settings.FORUM_PICTURES_IN_POST
        if most and len(named) > most:
            self.add_error(self.pictures_into, _too_many(most))
        return words


def _too_many(most: int) -> ValidationError:
    message = ngettext_lazy(
        "At most %(most)s picture fits into one post.", "At most %(most)s pictures fit into one post.", most
    )
    return ValidationError(message, params={"most": most})
