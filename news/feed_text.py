"""An item's text for readers that know nothing of our style sheet: plain HTML with whole addresses."""

import re
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag

from common.feeds import without_control_characters

KEPT = {
    *("p", "br", "hr", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "cite", "figure"),
    *("figcaption", "a", "img", "b", "strong", "i", "em", "sub", "sup", "code", "table", "caption", "thead", "tbody"),
    *("tr", "th", "td"),
}
ATTRIBUTES = {"a": ("href", "hreflang"), "img": ("src", "alt", "width", "height")}
SILENT = "script, style, svg, source, form, button, [aria-hidden=true]"


def plain_html(html: str, absolute: Callable[[str], str]) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.select(SILENT):
        tag.decompose()
    for tag in soup.find_all(True):
        if tag.name == "footer":
            tag.name = "p"
        elif tag.name not in KEPT:
            tag.unwrap()
            continue
        _strip(tag, absolute)
    return without_control_characters(re.sub(r"\s*\n\s*", "\n", str(soup)).strip())


def _strip(tag: Tag, absolute: Callable[[str], str]) -> None:
    kept = {name: value for name, value in tag.attrs.items() if name in ("lang", *ATTRIBUTES.get(tag.name, ()))}
    for name in ("href", "src"):
        if name in kept and not str(kept[name]).startswith(("mailto:", "tel:")):
            kept[name] = absolute(str(kept[name]))
    tag.attrs = kept
