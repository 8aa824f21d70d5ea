"""What people write, as HTML that can be shown to anybody.

CommonMark with tables, strikethrough, task lists, bare addresses as links and ``@mentions``. HTML in it is just text.
Pictures are links: a picture from elsewhere would tell its owner who reads. The outcome passes an allow-list, so that
nothing depends on the parser alone. Whoever calls limits the length; nesting is limited here.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.tasklists import tasklists_plugin

DEEPEST = 20
TAGS = {
    *("p", "br", "hr", "h2", "h3", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span"),
    *("table", "thead", "tbody", "tr", "th", "td", "input", "label"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "table": {"tabindex"}, "input": {"type", "checked", "disabled"}}
CLASSES = {
    "span": {"mention"},
    "blockquote": {"quote"},
    "table": {"table"},
    "li": {"task"},
    "ul": {"tasks"},
    "ol": {"tasks"},
}
SCHEMES = {"http", "https", "mailto"}
ADDRESS = re.compile(r"https?://[^\s<>\"'`]{3,500}")
# What ends a sentence, a bracket or a quotation isn't a part of the address before it.
TAIL = ".,:;!?…»”"


def render(source: str, people: Collection[str] = ()) -> str:
    """``people``: the names that may be mentioned; ``@`` before another name is just a sign."""
    return _render(source, frozenset(people) if "@" in source else frozenset())


@lru_cache(maxsize=16)  # form, screening and action ask for the same text, one after the other
def _render(source: str, people: frozenset[str]) -> str:
    env = {"mention": _mention(people) if people else None}
    html = _parser().render(source, env)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    ).strip()


def plain_text(html: str) -> str:
    """What ``render`` made, without its markup, in one line: for the index and for excerpts."""
    spaced = re.sub(r"</?(?:p|br|hr|h\d|pre|blockquote|ul|ol|li|table|tr|td|th)\b[^>]*>", " ", html)
    text = nh3.clean(spaced, tags=set())
    for sign, letter in (
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", '"'),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ):
        text = text.replace(sign, letter)
    return " ".join(text.split())


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    parser.enable(["table", "strikethrough"]).disable("image")
    parser.use(tasklists_plugin, label=True)
    parser.core.ruler.push("city", _city_rules)
    return parser


def _city_rules(state: StateCore) -> None:
    highest = min((token.tag for token in state.tokens if token.type == "heading_open"), default="")
    for token in state.tokens:
        if token.type.startswith("heading"):  # below the page's own title, with no level left out
            token.tag = "h2" if token.tag == highest else "h3"
        if token.type in {"blockquote_open", "table_open"}:
            token.attrSet("class", "quote" if token.tag == "blockquote" else "table")
            if token.tag == "table":
                token.attrSet("tabindex", "0")  # a wide one is scrolled, also by keyboard
        elif token.attrGet("class") == "task-list-item":
            token.attrSet("class", "task")
        elif token.attrGet("class") == "contains-task-list":
            token.attrSet("class", "tasks")
        if token.children:
            token.children = list(_with_links(token.children, state.env.get("mention")))


def _with_links(tokens: list[Token], mention: re.Pattern[str] | None) -> Iterator[Token]:
    inside = 0
    for token in tokens:
        inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type != "text" or inside:
            yield token
        else:
            yield from _split(token.content, mention)


def _split(text: str, mention: re.Pattern[str] | None) -> Iterator[Token]:
    """Addresses become links; between them, names after an @ are marked."""
    rest = 0
    for match in ADDRESS.finditer(text) if "://" in text else ():
        address = _without_tail(match[0])
        yield from _mentioned(text[rest : match.start()], mention)
        yield Token("link_open", "a", 1, attrs={"href": address})
        yield _text(address)
        yield Token("link_close", "a", -1)
        rest = match.start() + len(address)
    yield from _mentioned(text[rest:], mention)


def _mentioned(text: str, mention: re.Pattern[str] | None) -> Iterator[Token]:
    rest = 0
    for match in mention.finditer(text) if mention else ():
        yield _text(text[rest : match.start()])
        yield Token("mention_open", "span", 1, attrs={"class": "mention"})
        yield _text(match[0])
        yield Token("mention_close", "span", -1)
        rest = match.end()
    yield _text(text[rest:])


def _without_tail(address: str) -> str:
    address = address.rstrip(TAIL)
    if address.endswith(")") and address.count("(") < address.count(")"):
        return address[:-1].rstrip(TAIL)
    return address


def _mention(people: Collection[str]) -> re.Pattern[str] | None:
    """The longest name first: one may begin like another."""
    names = "|".join(re.escape(name) for name in sorted(people, key=len, reverse=True) if name)
    return re.compile(rf"(?<!\w)@(?:{names})(?!\w)", re.IGNORECASE) if names else None


def _text(content: str) -> Token:
    token = Token("text", "", 0)
    token.content = content
    return token
