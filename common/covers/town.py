"""Bookshelves, lit windows, and the suprematists who once painted the walls of Vitebsk."""

from common.covers.dice import Dice
from common.covers.shapes import HEIGHT, WIDTH, Colours, circle, ground, number, path, rect


def shelves(dice: Dice, colours: Colours) -> list[str]:
    deep, middle, light, paper, spark = colours
    wall = dice.pick([light, paper, deep])
    inks = [colour for colour in (deep, middle, middle, spark, light, paper) if colour != wall]
    board = deep if wall != deep else middle
    parts = [ground(wall)]
    for floor in (124, 258, 392):
        parts += _books(dice, inks, wall, floor)
        parts.append(rect(0, floor, WIDTH, 8, board))
    return parts


def _books(dice: Dice, inks: list[str], wall: str, floor: int) -> list[str]:
    parts, x, last = [], dice.between(-20, 8), ""
    while x < WIDTH:
        width, height = dice.between(16, 46), dice.between(66, 108)
        colour = dice.pick([ink for ink in inks if ink != last])
        leans = dice.byte() < 26 and bool(last)
        x += 16 if leans else 0
        turn = f' transform="rotate(-11 {number(x)} {floor})"' if leans else ""
        parts.append(rect(x, floor - height, width, height, colour, turn))
        if width > 26 and not leans:
            parts.append(rect(x, floor - height + 14, width, 6, wall))
        gap = dice.between(20, 70) if dice.byte() < 18 else 2
        x, last = x + width + gap, colour
    return parts


def windows(dice: Dice, colours: Colours) -> list[str]:
    deep, middle, light, paper, spark = colours
    sky = dice.pick([middle, light, deep])
    walls = [colour for colour in (deep, middle, paper, light) if colour != sky]
    moon = paper if sky != light else spark
    parts, x, last = [ground(sky), circle(dice.between(80, 560), dice.between(50, 90), 26, moon)], -20, ""
    while x < WIDTH:
        width, top = dice.pick([122, 150, 178]), dice.between(120, 210)
        wall = dice.pick([colour for colour in walls if colour != last])
        parts.append(path(_house(dice, x, width, top), wall))
        parts += _lights(dice, x, width, top, spark, deep if wall != deep else middle)
        x, last = x + width, wall
    return parts


def _house(dice: Dice, x: int, width: int, top: float) -> str:
    left, right = dice.pick([26, 52, 70]), dice.pick([26, 52, 70])
    return f"M{x} {HEIGHT}V{number(top)}l{width // 2}-{left} {width // 2} {right}V{HEIGHT}z"


def _lights(dice: Dice, x: int, width: int, top: float, lit: str, dark: str) -> list[str]:
    return [
        rect(x + 20 + column * 36, top + 22 + row * 62, 20, 32, lit if dice.byte() < 110 else dark)
        for row in range(int((HEIGHT - top) // 62))
        for column in range((width - 22) // 36)
    ]


def suprema(dice: Dice, colours: Colours) -> list[str]:
    deep, middle, light, paper, spark = colours
    canvas = dice.pick([paper, paper, light, deep])
    inks = [colour for colour in (deep, middle, spark, light, paper) if colour != canvas]
    tilt = dice.pick([-38, -24, 18, 32])
    bars = "".join(_bar(dice, order, inks[order % 3]) for order in range(dice.whole(5, 7)))
    ray = path(f"M{number(dice.between(60, 560))}-80V480", "none", f' stroke="{inks[0]}" stroke-width="5"')
    turned = f'<g transform="rotate({tilt} {WIDTH // 2} {HEIGHT // 2})">{bars}{ray}</g>'
    big = circle(dice.between(120, 520), dice.between(110, 290), dice.between(84, 128), inks[dice.whole(1, 2)])
    small = circle(dice.between(60, 580), dice.between(60, 340), dice.between(14, 26), inks[0])
    return [ground(canvas), big, turned, small]


def _bar(dice: Dice, order: int, colour: str) -> str:
    long, thin = dice.between(180, 380) * (1 - order * 0.08), dice.between(14, 74) * (1 - order * 0.07)
    return rect(dice.between(90, 420) - long / 3, 30 + order * 52 + dice.between(-18, 18), long, thin, colour)
