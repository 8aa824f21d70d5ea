"""What all feeds share: text that XML can hold, and entries in languages of their own."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.feedgenerator import Atom1Feed

# XML 1.0 has no place for these, not even escaped; a text pasted into an editor may hold them.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class CleanText:
    """What XML cannot hold is left out, wherever it stands: a reader refuses the whole feed otherwise."""

    def add_item(self, *args: Any, **said: Any) -> None:
        super().add_item(*args, **{name: _clean(value) for name, value in said.items()})  # type: ignore[misc]


class AtomWithText(CleanText, Atom1Feed):
    """Each entry says its ``language``, and its ``content`` as HTML where there is any."""

    def item_attributes(self, item: Mapping[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})


def without_control_characters(text: str) -> str:
    return NO_XML.sub("", text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return without_control_characters(value)
    if isinstance(value, (list, tuple)):
        return type(value)(_clean(part) for part in value)
    return value
