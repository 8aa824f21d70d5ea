"""What a post says to whom: read from its HTML, which our own renderer made."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

MOST_QUOTED = 20
EXCERPT = 240
POST_ADDRESS = re.compile(r"/forum/posts/(\d{1,15})/")
HEADINGS = {"h2", "h3"}
BLOCKS = {"p", "li", *HEADINGS, "pre", "td", "th", "br", "blockquote"}


@dataclass
class Said:
    """``names``: mentioned outside of quotations. ``quoted``: the posts whose words are quoted, not inside others'."""

    names: set[str] = field(default_factory=set)
    quoted: list[int] = field(default_factory=list)
    own_words: str = ""


@lru_cache(maxsize=256)
def said_in(html: str) -> Said:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.said.own_words = " ".join("".join(reader.words).split())
    del reader.said.quoted[MOST_QUOTED:]
    return reader.said


def excerpt(html: str, longest: int = EXCERPT) -> str:
    """The beginning of a post's own words."""
    return excerpt_of(said_in(html).own_words, longest)


def excerpt_of(words: str, longest: int = EXCERPT) -> str:
    """The beginning of a longer text, cut between two words."""
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + "…"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said, self.words, self.depth, self.in_name = Said(), [""], 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        having = dict(attrs)
        self.depth += tag == "blockquote"
        self.in_name = tag == "span" and having.get("class") == "mention"
        match = POST_ADDRESS.fullmatch(having.get("href") or "") if tag == "a" and self.depth == 1 else None
        if match and int(match[1]) not in self.said.quoted:
            self.said.quoted.append(int(match[1]))
        if tag in BLOCKS:
            self.words.append(" ")
        if tag == "img" and not self.depth:
            self.words.append(f" {having.get('alt') or ''} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in HEADINGS and self.words[-1][-1:].isalnum():
            self.words.append(":")
        self.depth -= tag == "blockquote"
        self.in_name = False

    def handle_data(self, data: str) -> None:
        if self.depth:
            return
        if self.in_name:
            self.said.names.add(data.removeprefix("@"))
        self.words.append(data)
