"""Blocks of pictures and video."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from common.videos import NAMES, find_video

AS_IN_LIBRARY = _("Empty: as in the library.")
ALT_HELP = _("For people who don't see it. Empty: the description that the picture has in the library.")


class PhotoBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        max_length=200, required=False, default="", label=_("What the picture shows"), help_text=ALT_HELP
    )
    caption = blocks.CharBlock(max_length=250, required=False, default="", label=_("Caption"))
    credit = blocks.CharBlock(
        max_length=120, required=False, default="", label=_("Who made it"), help_text=_("Empty: as in the library.")
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("One picture as wide as the text, with caption and author.")
        template = "blocks/photo.html"

    def get_preview_value(self) -> Any:
        return self.normalize(
            {"picture": None, "alt": "", "caption": say("Saturday at the workbench"), "credit": say("Olga T.")}
        )


class GalleryBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"), help_text=_("Read out before the pictures."))
    photos = blocks.ListBlock(PhotoBlock(), min_num=2, max_num=24, label=_("Pictures"))

    class Meta:
        icon = "grid"
        label = _("Gallery")
        description = _("Several pictures side by side; each opens in full.")
        template = "blocks/gallery.html"

    def get_preview_value(self) -> Any:
        captions = (say("Clay"), say("The wheel"), say("The kiln"), say("A bowl"))
        photos = [{"picture": None, "alt": "", "caption": caption, "credit": ""} for caption in captions]
        return self.normalize({"title": say("A day in the pottery"), "photos": photos})


class VideoBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("Address of the video"), help_text=", ".join(NAMES))
    title = blocks.CharBlock(max_length=150, label=_("Title"), help_text=_("What there is to see."))
    picture = ImageChooserBlock(required=False, label=_("Picture to press"))
    transcript = blocks.PageChooserBlock(
        required=False, label=_("Page with the text of it"), help_text=_("For people who don't hear it.")
    )

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("Loaded only when somebody presses play; until then the host learns nothing.")
        template = "blocks/video.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if find_video(cleaned["url"]) is None:
            hosts = ", ".join(NAMES)
            error = ValidationError(
                say("This isn't the address of a video on %(hosts)s. Open the video there and copy its address.")
                % {"hosts": hosts}
            )
            raise blocks.StructBlockValidationError({"url": error})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"video": find_video(value["url"])}

    def get_preview_value(self) -> Any:
        return self.normalize(
            {"url": "https://rutube.ru/video/0123456789abcdef0123456789abcdef/", "title": say("How to true a wheel")}
        )
