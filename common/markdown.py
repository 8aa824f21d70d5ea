"""What people write, as HTML that can be shown to anybody.

CommonMark with tables, strikethrough, task lists, bare addresses as links and ``@mentions``. HTML in it is just text.
Pictures are links: a picture from elsewhere would tell its owner who reads. Only those that were uploaded here, and
that the caller names, are shown. The outcome passes an allow-list, so that nothing depends on the parser alone.
Whoever calls limits the length; nesting is limited here.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from html import unescape

import nh3
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.tasklists import tasklists_plugin

DEEPEST = 20
TAGS = {
    *("p", "br", "hr", "h2", "h3", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span"),
    *("table", "thead", "tbody", "tr", "th", "td", "input", "label", "img"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "ol": {"start"},
    "table": {"tabindex"},
    "input": {"type", "checked", "disabled"},
}
CLASSES = {
    "a": {"picture"},
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
PICTURES = "/forum/pictures/"
KEY = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PICTURE = re.compile(rf"!\[((?:[^\[\]\\\n]|\\[^\n]){{0,300}})\]\({PICTURES}({KEY})\.webp\)")
PICTURE_ADDRESS = re.compile(rf"{PICTURES}{KEY}\.webp")
SHOWN = re.compile(r'<img\b(?:[^>"]|"[^"]*")*?\balt="([^"]*)"(?:[^>"]|"[^"]*")*>')
ROOM = (800, 600)  # a picture takes no more of the page; as a link it opens whole
Size = tuple[int, int]


def render(source: str, people: Collection[str] = (), pictures: Mapping[str, Size] | None = None) -> str:
    """``people``: the names that may be mentioned; ``@`` before another name is just a sign.

    ``pictures``: width and height of those that may be shown, by their key; others are links.
    """
    named = frozenset(people) if "@" in source else frozenset()
    language = get_language() if PICTURES in source else None  # in which left out words are said
    return _render(source, named, frozenset((pictures or {}).items()), language)


@lru_cache(maxsize=16)  # form, screening and action ask for the same text, one after the other
def _render(source: str, people: frozenset[str], shown: frozenset[tuple[str, Size]], language: str | None) -> str:
    pictures = dict(shown)
    env = {"mention": _mention(people) if people else None, "pictures": pictures}
    html = _parser().render(source, env)
    return nh3.clean(
        html,
        tags=TAGS if pictures else TAGS - {"img"},
        attributes=ATTRIBUTES,
        attribute_filter=_own_pictures_only if pictures else None,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    ).strip()


def pictures_in(source: str) -> set[str]:
    """The keys of those that the text would show."""
    return {match[2] for match in PICTURE.finditer(source)} if PICTURES in source else set()


def picture_address(key: object) -> str:
    return f"{PICTURES}{key}.webp"


def picture_source(key: object, description: str = "") -> str:
    """How a text shows it."""
    said = re.sub(r"([\[\]\\])", r"\\\1", " ".join(description.split()))
    return f"![{said}]({picture_address(key)})"


def pictures_as_links(source: str) -> str:
    """For a quotation: another's picture is a link there."""
    return PICTURE.sub(lambda match: f"[{match[1].strip() or _('picture')}]({picture_address(match[2])})", source)


def plain_text(html: str) -> str:
    """What ``render`` made, without its markup, in one line: for the index and for excerpts. Of a picture its words."""
    spaced = re.sub(r"(\w)(</h\d>)", r"\1:\2", html)
    spaced = re.sub(r"</?(?:p|br|hr|h\d|pre|blockquote|ul|ol|li|table|tr|td|th)\b[^>]*>", " ", spaced)
    spaced = SHOWN.sub(lambda match: f" {escape(unescape(match[1]))} ", spaced)
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
    parser.inline.ruler.before("link", "picture", _picture)
    parser.core.ruler.push("city", _city_rules)
    return parser


def _picture(state: StateInline, silent: bool) -> bool:
    match = PICTURE.match(state.src, state.pos, state.posMax) if state.src.startswith("![", state.pos) else None
    if match is None:
        return False
    if not silent:
        token = state.push("picture", "img", 0)
        token.content, token.meta = re.sub(r"\\([\[\]\\])", r"\1", match[1]).strip(), {"key": match[2]}
    state.pos = match.end()
    return True


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
            pictures = state.env.get("pictures", {})
            token.children = list(_with_links(token.children, state.env.get("mention"), pictures))


def _with_links(tokens: list[Token], mention: re.Pattern[str] | None, pictures: Mapping[str, Size]) -> Iterator[Token]:
    inside = 0
    for token in tokens:
        inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "picture":
            yield from _shown(token, pictures.get(token.meta["key"]), linked=inside > 0)
        elif token.type != "text" or inside:
            yield token
        else:
            yield from _split(token.content, mention)


def _shown(token: Token, size: Size | None, *, linked: bool) -> Iterator[Token]:
    """The picture, or where it may not be shown its words; a link to the whole of it, unless one is around it."""
    address = picture_address(token.meta["key"])
    words = token.content or (_("A picture without a description") if size else _("picture"))
    lead: dict[str, str | int | float] = {"href": address}
    if not linked:
        yield Token("link_open", "a", 1, attrs=lead | ({"class": "picture", "title": words} if size else {}))
    yield _image(address, words, size) if size else _text(words)
    if not linked:
        yield Token("link_close", "a", -1)


def _image(address: str, words: str, size: Size) -> Token:
    """With its size, so that nothing jumps when it comes."""
    smaller = min(1.0, ROOM[0] / size[0], ROOM[1] / size[1])
    width, height = (max(1, round(side * smaller)) for side in size)
    attributes: dict[str, str | int | float] = {"src": address, "alt": words, "width": width, "height": height}
    return Token("img", "img", 0, attrs=attributes | {"loading": "lazy", "decoding": "async"})


def _own_pictures_only(tag: str, attribute: str, value: str) -> str | None:
    return None if attribute == "src" and not PICTURE_ADDRESS.fullmatch(value) else value


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
