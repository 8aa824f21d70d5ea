"""Blocks of documents to take along."""

from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class FileBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(max_length=160, required=False, default="", label=_("Title"), help_text=_("Else its own."))

    class Meta:
        icon = "doc-full"
        label = _("Document")


class DocumentsBlock(blocks.StructBlock):
    files = blocks.ListBlock(FileBlock(), min_num=1, max_num=30, label=_("Documents"))

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        description = _("Files to download, each with its kind and size.")
        template = "blocks/documents.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        files = [entry for entry in value["files"] if entry["document"]]
        return super().get_context(value, parent_context) | {"files": files}

    def get_preview_value(self) -> Any:
        return self.normalize({"files": []})

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        shown = SimpleNamespace(title=say("Programme of the Week"), url="#", file_extension="pdf", file_size=1_200_000)
        return (parent_context or {}) | {"preview_files": [{"document": shown, "title": ""}]}
