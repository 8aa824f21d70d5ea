"""What people post to break a page: made from families, so that each trick meets each place. Our own list.

Thousands more, made systematically, are in tests/vectors.py; ``LC_TEST_NAUGHTY`` may name a JSON file with others.
"""

import json
import os
from itertools import product
from pathlib import Path

from tests.vectors import combined

ALERT = "alert(1)"
EVENTS = (
    *(
        "onerror",
        "onload",
        "onclick",
        "onmouseover",
        "onfocus",
        "onblur",
        "ontoggle",
        "onbegin",
        "onstart",
        "onpointerup",
    ),
    *("onanimationend", "onwheel", "onbeforescriptexecute", "onscroll", "oncut", "onpaste", "onsubmit", "oninput"),
)
TAGS = ("img", "svg", "body", "input", "video", "audio", "details", "marquee", "iframe", "math", "a", "select", "xss-x")
QUOTINGS = ("{0}={1}", "{0}='{1}'", '{0}="{1}"', "{0} = {1}", "/{0}={1}", "{0}\n=\n{1}", "{0}=`{1}`")


def handlers() -> list[str]:
    pairs = [f"<{tag} src=x {event}={ALERT} autofocus open>" for tag, event in product(TAGS, EVENTS)]
    quoted = [f"<img src=x {quoting.format('onerror', ALERT)}>" for quoting in QUOTINGS]
    broken = [f'"><{tag} onerror={ALERT}//' for tag in TAGS] + [f"'><{tag} onload={ALERT}//" for tag in TAGS]
    return pairs + quoted + broken


def scripts() -> list[str]:
    forms = (
        *(
            "<script>{}</script>",
            "<SCRIPT>{}</SCRIPT>",
            "<scr<script>ipt>{}</scr</script>ipt>",
            "<script/x>{}</script>",
        ),
        *(
            "</title><script>{}</script>",
            "</textarea><script>{}</script>",
            "--><script>{}</script>",
            "]]><script>{}</script>",
        ),
        *("<script\t>{}</script\n>", "<<script>{}//<</script>", "<script src=//spam.example/x.js></script>{}"),
        *(
            "<svg><script>{}</script></svg>",
            "<math><mtext><script>{}</script></mtext></math>",
            "\x00<script>{}</script>",
        ),
        *("<noscript><p title='</noscript><script>{}</script>'>", "<template><script>{}</script></template>"),
        *(
            "<style>@import 'javascript:{}'</style>",
            "<style></style><script>{}</script>",
            "<base href='javascript:{}//'>",
        ),
        *("<iframe srcdoc='<script>{}</script>'>", "<object data='javascript:{}'>", "<embed src='javascript:{}'>"),
        *(
            "<form action='javascript:{}'><button>x",
            "<button formaction='javascript:{}'>x",
            "<isindex action=javascript:{}>",
        ),
        *("<meta http-equiv=refresh content='0;url=javascript:{}'>", "<link rel=import href='javascript:{}'>"),
        *("<svg><animate onbegin={} attributeName=x dur=1s>", "<svg><set attributeName=href to=javascript:{}>"),
        *(
            "<svg><foreignObject><body onload={}></foreignObject></svg>",
            "<svg><use href='data:image/svg+xml,<svg onload={}>'>",
        ),
        *("<math href='javascript:{}'>x</math>", "<table background='javascript:{}'>", "<img src='x`x' onerror={}>"),
    )
    codes = (ALERT, "alert`1`", "top['al'+'ert'](1)", "eval(atob('YWxlcnQoMSk='))", "\\u0061lert(1)")
    return [form.format(code) for form, code in product(forms, codes)]


def addresses() -> list[str]:
    schemes = (
        *(
            "javascript:",
            "JaVaScRiPt:",
            "java\tscript:",
            "java\nscript:",
            "\x01javascript:",
            " javascript:",
            "javascript&#58;",
        ),
        *("javascript&colon;", "&#x6A;avascript:", "&#0000106avascript:", "%6Aavascript:", "vbscript:", "livescript:"),
        *(
            "data:text/html,<script>",
            "data:text/html;base64,PHNjcmlwdD4=",
            "data:image/svg+xml,<svg onload=",
            "file:///etc/",
        ),
        *(
            "blob:",
            "view-source:javascript:",
            "feed:javascript:",
            "//spam.example/",
            "\\\\spam.example\\",
            "jar:",
            "about:",
        ),
    )
    forms = (
        "[x]({}alert(1))",
        "<{}alert(1)>",
        "[x]: {}alert(1)\n\n[x]",
        "![x]({}alert(1))",
        "<a href='{}alert(1)'>x</a>",
    )
    titled = [
        '[x](https://a.example "onmouseover=alert(1)")',
        '[x](https://a.example"onclick="alert(1))',
        "[x](<javascript:x>)",
    ]
    return [form.format(scheme) for form, scheme in product(forms, schemes)] + titled


def injections() -> list[str]:
    templates = (
        "{{7*7}}",
        "{% debug %}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "{{request.user.password}}",
        "{% load x %}",
        "{#",
    )
    sql = (
        "'; DROP TABLE forum_post;--",
        "' OR '1'='1",
        "1; SELECT pg_sleep(9)--",
        "\\'; --",
        "%27%20OR%201=1",
        "') UNION SELECT 1",
    )
    formats = (
        "%s%s%s%n",
        "%(title)s",
        "{0}{title}",
        "%d %x %p",
        "$(id)",
        "`id`",
        "| id",
        "&& id",
        "../../../etc/passwd",
        "%00",
    )
    sheets = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK('x')", "=cmd|'/c calc'!A1", "\t=1+1", "\r=1+1")
    values = (
        "null",
        "NULL",
        "undefined",
        "NaN",
        "Infinity",
        "-0",
        "1e309",
        "0x0",
        "true",
        "None",
        "[]",
        "{}",
        '{"a":1}',
        "''",
        '""',
    )
    headers = (
        "x\r\nSet-Cookie: a=b",
        "x\nLocation: //spam.example",
        "x%0d%0aX: y",
        "<!--#exec cmd='id'-->",
        "<?php echo 1 ?>",
    )
    xml = (
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
        "<![CDATA[<script>]]>",
        "<xi:include href='x'/>",
    )
    return [*templates, *sql, *formats, *sheets, *values, *headers, *xml]


def letters() -> list[str]:
    controls = [f"a{chr(code)}b" for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))]
    spaces = [
        f"a{sign}b" for sign in "\u00a0\u1680\u2003\u2028\u2029\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff\u00ad"
    ]
    turning = [
        f"a{sign}b\u0000"[:3] for sign in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
    ]
    scripts_of_the_world = [
        *(
            "مرحبا",
            "שלום",
            "नमस्ते",
            "ภาษาไทย",
            "田中さん",
            "한국어",
            "Ελληνικά",
            "ქართული",
            "հայերեն",
            "አማርኛ",
            "ⴰⵎⴰⵣⵉⵖ",
            "ⰳⰾⰰⰳⱁⰾ",
        ),
        *(
            "İstanbul ı",
            "Straße ẞ",
            "ŉ ǆ ﬀ",
            "Å Å",
            "ĳ Ĳ",
            "K Ω",
            "ℌ𝔢𝔩𝔩𝔬",
            "𝕳𝖊𝖑𝖑𝖔",
            "🅷🅴🅻🅻🅾",
            "ⓗⓔⓛⓛⓞ",
            "ƃuᴉuɹoɯ",
            "𐍈 𠜎 𝄞",
        ),
    ]
    emoji = ["😀", "👨‍👩‍👧‍👦", "👍🏽", "🏳️‍🌈", "🇷🇺🇧🇾", "1️⃣", "❤️‍🔥", "🧑🏿‍🚀" * 20, "\U000e0001\U000e0041", "\ufe0f" * 5]
    zalgo = ["h" + "".join(chr(0x300 + step) for step in range(n)) for n in (1, 3, 5, 40)] + ["с\u0336т\u0336ё\u0308"]
    odd = [
        "\ufffd",
        "\ufffe",
        "\uffff",
        "\U0010ffff",
        "\ue000",
        "\u0600ab",
        "ﷺ" * 30,
        "꧁༺ ༻꧂",
        "\u202e".join("abc"),
        "𒐫" * 10,
    ]
    return [*controls, *spaces, *turning, *scripts_of_the_world, *emoji, *zalgo, *odd]


def markup() -> list[str]:
    deep = [
        "> " * 50 + "x",
        "- " * 50 + "x",
        "[" * 500,
        "*" * 1000,
        "`" * 999,
        "(" * 500 + ")" * 500,
        "![" * 300,
        "#" * 300,
    ]
    tables = ["|a|\n|-|\n" + "|x" * 300, "|" * 500, "|a|b|\n|---|\n|<script>|`|`|"]
    unclosed = [
        "```\n<script>alert(1)",
        "<!--",
        "<![CDATA[",
        "</div></main></body></html>",
        "<plaintext>",
        "<xmp>",
        "<textarea>",
    ]
    links = [
        "[x](<" + "a" * 3000 + ">)",
        "[](x)",
        "[x]()",
        "<a@b.example>",
        "https://[::1]:x/",
        "http://a.example/" + "%" * 200,
    ]
    names = [
        "@" * 100,
        " ".join(f"@user{n}" for n in range(900)),
        "@<b>x</b>",
        "@\u200bадмин",
        "&lt;script&gt;",
        "&amp;amp;",
        "&#0;",
        "&#x110000;",
    ]
    return [*deep, *tables, *unclosed, *links, *names]


FAMILIES = {
    "handlers": handlers,
    "scripts": scripts,
    "addresses": addresses,
    "injections": injections,
    "letters": letters,
    "markup": markup,
}


def everything() -> list[str]:
    return list(dict.fromkeys(text for family in FAMILIES.values() for text in family()))


def all_there_are() -> list[str]:
    return list(dict.fromkeys([*everything(), *combined(), *listed_elsewhere()]))


def listed_elsewhere() -> list[str]:
    path = os.environ.get("LC_TEST_NAUGHTY", "")
    return json.loads(Path(path).read_text()) if path else []
