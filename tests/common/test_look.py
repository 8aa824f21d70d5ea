"""Rules that every template and stylesheet of the site keeps."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from common.kinds import KINDS
from common.reading import CHOICES

ROOT = Path(settings.ROOT)
STATIC, TEMPLATES = ROOT / "static", ROOT / "templates"
TOKENS = (STATIC / "css" / "tokens.css").read_text()
PAGES = sorted(TEMPLATES.rglob("*.html"))
PUBLIC = [path for path in PAGES if path.relative_to(TEMPLATES).parts[0] not in {"email", "wagtailusers"}]

COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", re.DOTALL)
CLASSES = re.compile(r"{% block \w+_class %}.*?{% endblock", re.DOTALL)
TRANSLATED = re.compile(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", re.DOTALL)
TAG = re.compile(r"{%.*?%}", re.DOTALL)
CODE = re.compile(r"{%.*?%}|{{.*?}}|<style.*?</style>|<script.*?</script>|<code translate=.no.>.*?</code>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:alt|title|placeholder|aria-label|label)="([^"]*)"')
WORD = re.compile(r"[^\W\d_]{2,}")
DATA_OR_FILE = re.compile(r"""\ssrc=|type="application/(?:ld\+)?json\"""")
SAID_EVERYWHERE = {"nbsp", "amp", "RSS", "Atom", "PDF", "CSV", "JSON"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tokens(rule: str) -> dict[str, str]:
    return dict(re.findall(r"([\w-]+):\s*([^;]+);", rule))


def test_both_dark_sets_agree():
    for_system = re.search(r":root:not\(\[data-theme=\"light\"\]\) \{(.*?)\}", TOKENS, re.DOTALL)
    for_reader = re.search(r":root\[data-theme=\"dark\"\] \{(.*?)\}", TOKENS, re.DOTALL)

    assert for_system is not None
    assert for_reader is not None
    assert len(tokens(for_system[1])) > 20
    assert tokens(for_system[1]) == tokens(for_reader[1])


def test_high_contrast_leaves_no_colour_of_the_dark_set():
    dark = re.search(r":root\[data-theme=\"dark\"\] \{(.*?)\}", TOKENS, re.DOTALL)
    high = re.search(r":root\[data-contrast\] \{(.*?)\}", TOKENS, re.DOTALL)

    assert dark is not None
    assert high is not None
    assert set(tokens(dark[1])) - set(tokens(high[1])) == {"color-scheme", "--paper", "--ink"}


@pytest.mark.parametrize("choice", [value for value in CHOICES["contrast"] if value])
def test_every_scheme_of_the_reading_panel_has_its_colours(choice):
    assert f':root[data-contrast="{choice}"]' in TOKENS


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_icons_stand_in_the_sprite(path):
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons" / "icons.svg").read_text()))

    used = set(re.findall(r'{% icon "([^"]+)"', path.read_text()))

    assert used <= drawn


def test_icons_of_kinds_stand_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons" / "icons.svg").read_text()))

    assert {kind.icon for kind in KINDS.values()} <= drawn


@pytest.mark.parametrize("path", PUBLIC, ids=name)
def test_templates_keep_to_the_content_security_policy(path):
    html = TAG.sub("", COMMENT.sub("", path.read_text()))

    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"\son[a-z]+=", html)
    assert "<style" not in html
    assert [tag for tag in re.findall(r"<script[^>]*>", html) if not re.search(DATA_OR_FILE, tag)] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_templates_hold_no_untranslated_words(path):
    html = CODE.sub("", TRANSLATED.sub("", CLASSES.sub("{%", COMMENT.sub("", path.read_text()))))

    said = [re.sub(r"<[^>]*>", " ", html), *SPOKEN.findall(html)]

    assert [word for text in said for word in WORD.findall(text) if word not in SAID_EVERYWHERE] == []


def test_nothing_is_fetched_from_elsewhere():
    for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js"), *PUBLIC]:
        fetched = re.findall(r'(?:url\(["\']?|src=["\']|@import ["\'])(?:https?:)?//[^"\')]*', path.read_text())
        assert fetched == [], name(path)


def test_first_view_stays_light():
    """100 kB before pictures: two style sheets (about a quarter of their size when compressed) and two fonts."""
    styles = sum((STATIC / "css" / file).stat().st_size for file in ("tokens.css", "site.css"))
    fonts = [STATIC / "fonts" / f"golos-text-{script}-wght-normal.woff2" for script in ("cyrillic", "latin")]

    assert styles / 4 + sum(font.stat().st_size for font in fonts) < 80_000
