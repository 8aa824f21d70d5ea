"""What all feeds share: text that XML can hold."""

import re
from typing import Any

# XML 1.0 has no place for these, not even escaped; a text pasted into an editor may hold them.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class CleanText:
    """What XML cannot hold is left out, wherever it stands: a reader refuses the whole feed otherwise."""

    def add_item(self, *args: Any, **said: Any) -> None:
        super().add_item(*args, **{name: _clean(value) for name, value in said.items()})  # type: ignore[misc]


def without_control_characters(text: str) -> str:
    return NO_XML.sub("", text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return without_control_characters(value)
    if isinstance(value, (list, tuple)):
        return type(value)(_clean(part) for part in value)
    return value
