"""Water under a low sun, and hills as a map draws them."""

import math

from common.covers.dice import Dice
from common.covers.shapes import HEIGHT, WIDTH, Colours, circle, ground, number, path

BANDS = 7
Point = tuple[float, float]


def waves(dice: Dice, colours: Colours) -> list[str]:
    deep, middle, light, paper, spark = colours
    sky = dice.pick([light, paper, spark if dice.byte() < 60 else light])
    sun = spark if sky != spark else paper
    horizon = dice.between(120, 190)
    parts = [ground(sky), circle(dice.between(120, 520), horizon - dice.between(-30, 40), dice.between(50, 84), sun)]
    far = light if sky == paper else middle
    for band in range(BANDS):
        colour = (middle, deep)[band % 2] if band else far
        parts.append(path(_wave(dice, band, horizon), colour))
    return parts


def _wave(dice: Dice, band: int, horizon: float) -> str:
    y = horizon + band * (HEIGHT - horizon) / BANDS
    length = 36 + band * 16 + dice.between(0, 14)
    height = 5 + band * 3.4
    start = -dice.between(0, 2 * length)
    first = f"M{number(start)} {number(y)}q{number(length / 2)} {number(-height)} {number(length)} 0"
    return first + f"t{number(length)} 0" * math.ceil((WIDTH - start) / length) + f"V{HEIGHT}H{number(start)}z"


def hills(dice: Dice, colours: Colours) -> list[str]:
    deep, middle, light, paper, spark = colours
    land, line = dice.pick([(light, deep), (deep, light), (paper, middle), (middle, paper)])
    parts = [ground(land)]
    summits = (
        (dice.between(90, 260), dice.between(90, 220)),
        (dice.between(380, 560), dice.between(190, 330)),
    )
    for summit in summits:
        wobble = [dice.between(0.78, 1.22) for _ in range(8)]
        rings = "".join(_contour(summit, ring, wobble) for ring in range(9, 0, -1))
        parts.append(path(rings, land, f' stroke="{line}" stroke-width="4"'))
        parts.append(circle(*summit, 15, spark))
    return parts


def _contour(summit: Point, ring: int, wobble: list[float]) -> str:
    points = [_on_contour(summit, ring, wobble[corner], corner * math.pi / 4) for corner in range(8)]
    middles = [_between(points[corner - 1], points[corner]) for corner in range(8)]
    d = f"M{middles[0][0]:.0f} {middles[0][1]:.0f}"
    for corner, (x, y) in enumerate(points):
        end = middles[(corner + 1) % 8]
        d += f"Q{x:.0f} {y:.0f} {end[0]:.0f} {end[1]:.0f}"
    return d + "z"


def _on_contour(summit: Point, ring: int, wobble: float, angle: float) -> Point:
    radius = (16 + ring * 25) * (1 + (wobble - 1) * ring / 6)
    return summit[0] + 1.25 * radius * math.cos(angle), summit[1] + radius * math.sin(angle)


def _between(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
