"""The forms through which files come in. Wagtail builds all its upload forms on the two bases named in the settings:
single and multiple upload, choosers and its API."""

from typing import Any

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from common.uploads import check_document, check_picture, without_metadata


class PictureField(WagtailImageField):
    """Wagtail's checks of name, content and size, but asked before it decodes; and nothing told but the picture."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile):
            check_picture(data, most_pixels=self.max_image_pixels)
        return super().to_python(data)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return without_metadata(file) if isinstance(file, UploadedFile) else file


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wagtails = self.fields.get("file")
        if wagtails:
            self.fields["file"] = PictureField(
                label=wagtails.label, required=wagtails.required, widget=wagtails.widget, initial=wagtails.initial
            )


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> File:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_document(file)
        return file
