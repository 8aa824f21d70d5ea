"""The picture that a shared link shows where the page has none of its own: its title on the colours of its kind.

Set in the site's own font. Its files hold a script each, so a line is drawn run by run.
"""

import io
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

from common.covers.dice import Dice
from common.covers.shapes import PALETTES

WIDTH, HEIGHT = 1200, 630
VERSION = "1"  # part of every address: a new drawing gets a new one
MARGIN, TILE = 72, 105
TEXT_WIDTH = WIDTH - 2 * MARGIN - 2 * TILE
TITLE_SIZES, MOST_LINES = (68, 60, 52, 46), 5
BOLD, REGULAR = 700, 450
FONTS = {
    "cyrillic": "fonts/golos-text-cyrillic-wght-normal.woff2",
    "cyrillic-ext": "fonts/golos-text-cyrillic-ext-wght-normal.woff2",
    "rouble": "fonts/golos-text-rouble-wght-normal.woff2",
    "latin": "fonts/golos-text-latin-wght-normal.woff2",
}


def draw(title: str, palette: str, *, above: str, below: str) -> bytes:
    """A JPEG of 1200 × 630; `above` stands over the title, `below` at the foot."""
    colours = PALETTES.get(palette, PALETTES["news"])
    deep, _middle, light, paper, spark = colours
    image = Image.new("RGB", (WIDTH, HEIGHT), deep)
    canvas = ImageDraw.Draw(image)
    _parquet(canvas, Dice(f"{palette}/{title}"), colours)
    canvas.rectangle((MARGIN, MARGIN, MARGIN + 96, MARGIN + 8), fill=spark)
    _line(canvas, (MARGIN, MARGIN + 28), above, 30, REGULAR, light)
    size, lines = _fit(title)
    for row, text in enumerate(lines):
        _line(canvas, (MARGIN, MARGIN + 96 + row * round(size * 1.16)), text, size, BOLD, paper)
    _line(canvas, (MARGIN, HEIGHT - MARGIN - 34), below, 34, BOLD, paper)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=86, optimize=True)
    return file.getvalue()


def _parquet(canvas: ImageDraw.ImageDraw, dice: Dice, colours: Sequence[str]) -> None:
    """Two columns of quarter circles at the right edge, as on the drawn covers."""
    _deep, middle, light, paper, spark = colours
    for left in (WIDTH - 2 * TILE, WIDTH - TILE):
        for top in range(0, HEIGHT, TILE):
            canvas.rectangle((left, top, left + TILE, top + TILE), fill=dice.pick([middle, light]))
            _quarter(canvas, (left, top), dice.pick((0, 90, 180, 270)), dice.pick([middle, paper, spark, light]))


def _quarter(canvas: ImageDraw.ImageDraw, tile: tuple[int, int], turn: int, colour: str) -> None:
    """A quarter of a circle, whose middle is the corner that the turn points away from."""
    x = tile[0] - (TILE if turn in {0, 270} else 0)
    y = tile[1] - (TILE if turn in {0, 90} else 0)
    canvas.pieslice((x, y, x + 2 * TILE, y + 2 * TILE), turn, turn + 90, fill=colour)


def _fit(title: str) -> tuple[int, list[str]]:
    """The largest size in which the title has room; what is too long even then ends with dots."""
    for size in TITLE_SIZES:
        lines = _wrap(title, size)
        if len(lines) * size * 1.16 <= HEIGHT - 2 * MARGIN - 170:
            return size, lines
    most = lines[:MOST_LINES]
    return TITLE_SIZES[-1], [*most[:-1], f"{most[-1].rstrip(' .,;:')}…"]


def _wrap(text: str, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer, size) <= TEXT_WIDTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [part for line in lines for part in _cut(line, size)]


def _cut(line: str, size: int) -> list[str]:
    """A word longer than a line is cut where the line ends."""
    parts = [""]
    for sign in line:
        if _width(parts[-1] + sign, size) > TEXT_WIDTH:
            parts.append("")
        parts[-1] += sign
    return parts


def _width(text: str, size: int) -> float:
    return sum(_font(script, size, BOLD).getlength(run) for script, run in _runs(text))


def _line(canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, weight: int, colour: str) -> None:
    x, y = at
    for script, run in _runs(text):
        font = _font(script, size, weight)
        canvas.text((x, y + size), run, font=font, fill=colour, anchor="ls")
        x += font.getlength(run)


def _runs(text: str) -> list[tuple[str, str]]:
    """Stretches that one font file can draw."""
    return [(script, "".join(run)) for script, run in groupby(text, key=_script)]


def _script(sign: str) -> str:
    code = ord(sign)
    if 0x400 <= code <= 0x45F or code in {0x490, 0x491, 0x4B0, 0x4B1, 0x2116}:
        return "cyrillic"
    if 0x460 <= code <= 0x52F:
        return "cyrillic-ext"
    return "rouble" if code == 0x20BD else "latin"


@cache
def _font(script: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(finders.find(FONTS[script])), size)
    font.set_variation_by_axes([weight])
    return font
