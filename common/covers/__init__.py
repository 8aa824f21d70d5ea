"""Covers for things that come without a picture: the same title always gets the same drawing.

    draw(fingerprint("Ремонт велосипеда"), "course")  ->  '<svg …>…</svg>', about 1–6 kB, no ids, no scripts

The kind gives the colours, the title gives the pattern. The patterns are the two cities' own: Baikal waves, the carved
window frames and lit windows of Irkutsk, Vitebsk's woven towels and its suprematists, hills, parquet, bookshelves.
They stand in nature.py, craft.py and town.py.
"""

import hashlib

from common.covers.craft import lace, parquet, stitch
from common.covers.dice import Dice
from common.covers.nature import hills, waves
from common.covers.shapes import HEIGHT, PALETTES, WIDTH
from common.covers.town import shelves, suprema, windows

FAMILIES = (waves, lace, stitch, suprema, parquet, shelves, hills, windows)

# Part of every address: a new drawing gets a new one, so covers can be kept for ever.
VERSION = "1"


def fingerprint(title: str) -> str:
    """What an address carries instead of the title. Spaces and capitals make no difference."""
    return hashlib.sha256(f"{VERSION}:{' '.join(title.split()).casefold()}".encode()).hexdigest()[:16]


def draw(seed: str, kind: str) -> str:
    dice = Dice(f"{kind}/{seed}")
    colours = PALETTES.get(kind, PALETTES["news"])
    drawing = "".join(dice.pick(FAMILIES)(dice, colours))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'preserveAspectRatio="xMidYMid slice">{drawing}</svg>\n'
    )
