"""A canvas in the units of the finished picture, twice as fine inside, and the colours of the house."""

import math
import random
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1000
FINE = 2
QUALITY = 86

Point = tuple[float, float]

# From tokens.css and the covers: lake, pine, lingonberry, ochre, heather, and the paper they are printed on.
LAKE = ("#0a2d43", "#124566", "#3b83a9", "#b9d6e2")
PINE = ("#14372a", "#1e4d37", "#4f8d66", "#c3dabb")
BERRY = ("#5a1729", "#84223a", "#c65663", "#f0c6b8")
OCHRE = ("#4a2d0b", "#6f450f", "#c48a2e", "#efd7a4")
HEATHER = ("#2f2140", "#4a3460", "#8b6aa2", "#dacbe0")
PAPER, SHEET, SUNK, INK = "#f5ecdb", "#fffdf7", "#e6dac2", "#16262f"
SPARK, AMBER, EMBER = "#e7823c", "#ffbe5c", "#b3420e"
SKIN = ("#f0cda6", "#e2b088", "#c98d63", "#96613f")
HAIR = ("#2b2523", "#5b3a24", "#9a9a98", "#b8763a", "#e3ddd2")


class Canvas:
    def __init__(self, ground: str, seed: str) -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), ground)
        self.solid, self.glass = ImageDraw.Draw(self.image), ImageDraw.Draw(self.image, "RGBA")
        self.dice = random.Random(seed)  # noqa: S311 - the same seed must give the same picture

    def between(self, low: float, high: float) -> float:
        return self.dice.uniform(low, high)

    def pick(self, items: Sequence[Any]) -> Any:
        return items[self.dice.randrange(len(items))]

    def pen(self, colour: str) -> ImageDraw.ImageDraw:
        return self.solid if len(colour) == 7 else self.glass

    def shape(self, points: Iterable[Point], colour: str) -> None:
        self.pen(colour).polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def rect(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0) -> None:
        box = (x * FINE, y * FINE, (x + width) * FINE - 1, (y + height) * FINE - 1)
        if radius:
            self.pen(colour).rounded_rectangle(box, radius * FINE, fill=colour)
        else:
            self.pen(colour).rectangle(box, fill=colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str) -> None:
        self.pen(colour).ellipse(((x - rx) * FINE, (y - ry) * FINE, (x + rx) * FINE, (y + ry) * FINE), fill=colour)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self.oval(x, y, radius, radius, colour)

    def ring(self, x: float, y: float, radius: float, width: float, colour: str) -> None:
        outer = radius + width / 2
        box = ((x - outer) * FINE, (y - outer) * FINE, (x + outer) * FINE, (y + outer) * FINE)
        self.pen(colour).ellipse(box, outline=colour, width=round(width * FINE))

    def line(self, points: Sequence[Point], width: float, colour: str) -> None:
        """A stroke with round ends and joints."""
        fine = [(x * FINE, y * FINE) for x, y in points]
        self.pen(colour).line(fine, fill=colour, width=round(width * FINE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.dot(x, y, width / 2 - 0.25, colour)

    def blob(self, points: Sequence[Point], colour: str) -> None:
        self.shape(smooth([*points, *points[:3]])[8:-8], colour)

    def hill(self, heights: Sequence[float], colour: str) -> None:
        """Ground that reaches the lower edge; heights at even distances, smooth between."""
        step = WIDTH / (len(heights) - 1)
        ridge = smooth([(i * step, y) for i, y in enumerate(heights)])
        self.shape([(0, HEIGHT), (0, heights[0]), *ridge, (WIDTH, heights[-1]), (WIDTH, HEIGHT)], colour)

    def jpeg(self) -> bytes:
        target = BytesIO()
        self.image.reduce(FINE).save(target, "JPEG", quality=QUALITY)
        return target.getvalue()


def smooth(points: Sequence[Point], parts: int = 8) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    ends = [points[0], *points, points[-1]]
    curve = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(parts):
            t = step / parts
            curve.append((_through(ax, bx, cx, dx, t), _through(ay, by, cy, dy, t)))
    return [*curve, points[-1]]


def _through(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)


def bow(x: float, y: float, rx: float, ry: float, start: float, end: float, parts: int = 24) -> list[Point]:
    """Points of an arc, degrees clockwise from the right."""
    turns = (math.radians(start + (end - start) * i / parts) for i in range(parts + 1))
    return [(x + rx * math.cos(turn), y + ry * math.sin(turn)) for turn in turns]


def turned(points: Iterable[Point], x: float, y: float, degrees: float) -> list[Point]:
    """Points about the origin, turned and carried to (x, y)."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [(x + px * cosine - py * sine, y + px * sine + py * cosine) for px, py in points]


def mix(one: str, other: str, share: float) -> str:
    """`share` of the second colour in the first."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def clear(colour: str, share: float) -> str:
    """The colour let through: 0 is glass, 1 is paint."""
    return f"{colour}{round(255 * share):02x}"


def _parts(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
