"""What people write becomes harmless HTML, whatever they write."""

import re

import pytest

from common.markdown import (
    ATTRIBUTES,
    DEEPEST,
    TAGS,
    picture_source,
    pictures_as_links,
    pictures_in,
    plain_text,
    render,
)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**b** *i* ~~s~~ `c`", "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>"),
        ("# Title\n\n### Lower", "<h2>Title</h2>\n<h3>Lower</h3>"),
        ("### Only\n\n#### Lower", "<h2>Only</h2>\n<h3>Lower</h3>"),
        ("one\ntwo", "<p>one\ntwo</p>"),
        ("> said", '<blockquote class="quote">\n<p>said</p>\n</blockquote>'),
        ("```py\n1 < 2\n```", "<pre><code>1 &lt; 2\n</code></pre>"),
        (
            "|a|b|\n|-|-|\n|1|2|",
            '<table class="table" tabindex="0">\n'
            "<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
            "<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>",
        ),
        (
            "- [x] done",
            '<ul class="tasks">\n<li class="task"><label><input checked="checked" disabled="disabled" '
            'type="checkbox"> done</label></li>\n</ul>',
        ),
        (
            "![cat](https://elsewhere.example/cat.png)",
            '<p>!<a href="https://elsewhere.example/cat.png" rel="nofollow ugc noopener">cat</a></p>',
        ),
    ],
)
def test_markdown_becomes_html(source, html):
    assert render(source) == html


@pytest.mark.parametrize(
    ("source", "addresses"),
    [
        ("See https://a.example/x, then go.", ["https://a.example/x"]),
        ("(https://a.example/x)", ["https://a.example/x"]),
        ("https://a.example/x(1)", ["https://a.example/x(1)"]),
        ("«https://a.example/x».", ["https://a.example/x"]),
        ("<https://a.example>", ["https://a.example"]),
        ("[words https://a.example](https://b.example)", ["https://b.example"]),
        ("`https://a.example`", []),
        ("ftp://a.example", []),
    ],
)
def test_bare_addresses_become_links(source, addresses):
    assert re.findall(r'href="([^"]+)"', render(source)) == addresses


def test_mentions_are_marked_where_the_name_is_known():
    html = render("@Марина Климова, @Марина и @Пётр; a@Марина", {"Марина", "Марина Климова"})

    assert re.findall(r'<span class="mention">([^<]+)</span>', html) == ["@Марина Климова", "@Марина"]


KEY = "6b0ce3a8-0f5b-4ff5-9b5b-1c1d2e3f4a5b"
ADDRESS = f"/forum/pictures/{KEY}.webp"


@pytest.mark.parametrize(
    ("size", "shown"),
    [((60, 40), (60, 40)), ((1600, 900), (800, 450)), ((1200, 1600), (450, 600)), ((1600, 1), (800, 1))],
)
def test_picture_of_ours_is_shown_with_its_size_and_leads_to_the_whole_of_it(size, shown):
    html = render(f"![cat]({ADDRESS})", pictures={KEY: size})

    assert html == (
        f'<p><a href="{ADDRESS}" class="picture" title="cat" rel="nofollow ugc noopener">'
        f'<img src="{ADDRESS}" alt="cat" width="{shown[0]}" height="{shown[1]}" loading="lazy" decoding="async">'
        "</a></p>"
    )


@pytest.mark.parametrize("words", ["cat", ""])
def test_picture_that_may_not_be_shown_is_a_link(words):
    html = render(f"![{words}]({ADDRESS})")

    assert html == f'<p><a href="{ADDRESS}" rel="nofollow ugc noopener">{words or "картинка"}</a></p>'


@pytest.mark.parametrize(
    "source",
    [
        f"![cat](https://elsewhere.example{ADDRESS})",
        f"![cat](//elsewhere.example{ADDRESS})",
        f"![cat](/media{ADDRESS})",
        f"![cat]({ADDRESS}?x=1)",
        f"![cat](/forum/pictures/../{KEY}.webp)",
        f"![cat](/forum/pictures/{KEY}.svg)",
        f"![cat](/forum/pictures/{KEY.upper()}.webp)",
        f"![cat][a]\n\n[a]: {ADDRESS}",
        f"`![cat]({ADDRESS})`",
        f'<img src="{ADDRESS}" onerror="alert(1)">',
    ],
)
def test_nothing_else_becomes_a_picture(source):
    assert "<img" not in render(source, pictures={KEY: (60, 40)})


def test_link_around_a_picture_stays_that_link():
    html = render(f"[![cat]({ADDRESS})](https://a.example) [![dog]({ADDRESS})](https://b.example)", pictures={})
    shown = render(f"[![cat]({ADDRESS})](https://a.example)", pictures={KEY: (60, 40)})

    assert re.findall(r'href="([^"]+)"[^>]*>([^<]+)<', html) == [
        ("https://a.example", "cat"),
        ("https://b.example", "dog"),
    ]
    assert re.findall(r'href="([^"]+)"', shown) == ["https://a.example"]
    assert f'<img src="{ADDRESS}"' in shown


@pytest.mark.parametrize("words", ['a" onload="alert(1)', "<script>x</script>", "a [b] \\ c", "a & b", "a > b"])
def test_words_of_a_picture_are_just_words(words):
    source = picture_source(KEY, words)
    html = render(source, pictures={KEY: (60, 40)})

    assert pictures_in(source) == {KEY}
    assert plain_text(html) == words
    assert re.findall(r'\s([a-z-]+)="', re.sub(r'="[^"]*"', '=""', html)) == [
        *("href", "class", "title", "rel", "src", "alt", "width", "height", "loading", "decoding")
    ]


def test_quotation_turns_pictures_into_links():
    assert pictures_as_links(f"a ![cat]({ADDRESS}) ![]({ADDRESS})") == f"a [cat]({ADDRESS}) [картинка]({ADDRESS})"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](data:image/png;base64,AA)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        '[x](https://a.example "\\" onclick=alert(1) x=\\"")',
        "[a]: javascript:alert(1)\n\n[a]",
        "`` ` <script> ``",
        "```<script>\nx\n```",
        "<!-- --><iframe src=//a.example>",
        '<a href="https://a.example" style="position:fixed" id="main">x</a>',
        "|<script>|\n|-|\n|<b onmouseover=alert(1)>|",
        "https://a.example/\"onmouseover='alert(1)'",
    ],
)
def test_nothing_hostile_comes_through(source):
    html = render(source, {"<script>", '" onload="'})

    names = re.findall(r"<(?!/)([a-z0-9]+)", html)
    assert set(names) <= TAGS
    for tag in re.findall(r"<[a-z][^>]*>", html):
        kept = {name for names in ATTRIBUTES.values() for name in names} | {"class", "rel"}
        assert set(re.findall(r'\s([a-z-]+)="', re.sub(r'="[^"]*"', '=""', tag))) <= kept
    assert not re.search(r'href="\s*(?:javascript|vbscript|data):', html, re.IGNORECASE)


@pytest.mark.parametrize(
    "piece", ["> ", "- ", "* ", "[", "![", "**", "*a _b ", "`", "``a`", "|", "<", "&", "[a](", "(", "http://"]
)
def test_long_repetition_is_rendered(piece):
    """Anything of the size that a form lets through; what stands below it isn't swallowed."""
    html = render((piece * 20_000)[:20_000] + "\n\n~~~\n\nend")

    assert "end" in plain_text(html)


def test_nesting_ends():
    html = render("".join("> " * depth + "deep\n\n" for depth in range(1, 200)))

    assert html.count("<blockquote") <= DEEPEST * 200
    assert max_depth(html) <= DEEPEST


def max_depth(html: str) -> int:
    depth = deepest = 0
    for closing in re.findall(r"<(/?)blockquote", html):
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


def test_one_line_of_100_kilobytes_is_rendered_whole():
    html = render("я" * 50_000)

    assert html == f"<p>{'я' * 50_000}</p>"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# A\n\n- b\n- c", "A: b c"),
        ("# A?\n\n- b\n- c", "A? b c"),
        ("1 < 2 & `<b>`", "1 < 2 & <b>"),
        ("&amp;lt;", "&lt;"),
        ("> quoted\n\nsaid **loudly**!", "quoted said loudly!"),
    ],
)
def test_plain_text_is_what_one_reads(source, text):
    assert plain_text(render(source)) == text
