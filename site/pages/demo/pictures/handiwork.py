"""Wheels and needles: a bicycle, clocks, a sewing table."""

import math

from .brush import (
    AMBER,
    BERRY,
    EMBER,
    HEATHER,
    HEIGHT,
    INK,
    LAKE,
    OCHRE,
    PAPER,
    PINE,
    SHEET,
    SPARK,
    WIDTH,
    Canvas,
    bow,
    clear,
    mix,
    smooth,
    turned,
)
from .props import arched_window, plant


def bicycle(c: Canvas) -> None:
    wall, frame = c.pick(
        ((AMBER, LAKE[1]), (LAKE[3], BERRY[2]), (PINE[3], EMBER), (BERRY[3], LAKE[1]), (OCHRE[3], PINE[1]))
    )
    c.rect(0, 0, WIDTH, HEIGHT, mix(wall, SHEET, 0.15))
    for row in range(12):
        for column in range(11):
            if c.dice.random() < 0.34:
                x, y = column * 160 - (row % 2) * 80, row * 70
                c.rect(x + 6, y + 6, 148, 58, mix(wall, OCHRE[2], c.between(0.1, 0.26)), 4)
    arched_window(c, 1180, 70, 270, 400, wall)
    c.rect(0, 820, WIDTH, 180, mix(OCHRE[1], wall, 0.3))
    c.rect(0, 820, WIDTH, 12, mix(OCHRE[1], wall, 0.55))
    c.oval(760, 880, 620, 28, clear(INK, 0.22))
    back, front, crank = (480, 640), (1060, 640), (720, 650)
    seat, head, bars = (660, 368), (990, 372), (972, 318)
    for hub in (back, front):
        _wheel(c, *hub, 236)
    for one, two, width in (
        (back, crank, 15),
        (back, seat, 12),
        (crank, seat, 20),
        (crank, head, 22),
        (seat, head, 20),
    ):
        c.line([one, two] if one != seat or two != head else [(674, 400), (994, 400)], width, frame)
    c.line([(965, 300), (994, 402), (1012, 470), front], 18, mix(frame, INK, 0.25))
    c.line([seat, (648, 322)], 12, PAPER)
    c.shape(
        smooth([(572, 312), (596, 292), (660, 296), (722, 310), (726, 320), (650, 330), (590, 336), (572, 312)]),
        OCHRE[0],
    )
    c.line(smooth([(1048, 300), (1010, 286), bars, (960, 268), (900, 262)]), 15, INK)
    c.line([(908, 262), (868, 266)], 24, OCHRE[0])
    c.line([back, (720, 600)], 5, INK)
    c.line([(480, 664), (722, 704)], 5, INK)
    c.ring(*crank, 52, 12, mix(PAPER, INK, 0.25))
    c.dot(*crank, 20, INK)
    c.line([(680, 724), (764, 572)], 13, INK)
    c.rect(650, 722, 62, 16, INK, 6)
    c.rect(736, 560, 62, 16, INK, 6)
    _basket(c, 1080, 330)
    _pump_and_box(c, 196, 850)
    plant(c, 1420, 862, 1.15, c.pick((LAKE[1], BERRY[1], PINE[1])))


def _wheel(c: Canvas, x: float, y: float, radius: float) -> None:
    for i in range(18):
        turn = math.pi * i / 18
        dx, dy = math.cos(turn) * radius * 0.94, math.sin(turn) * radius * 0.94
        c.line([(x - dx, y - dy), (x + dx, y + dy)], 2.6, mix(PAPER, INK, 0.3))
    c.ring(x, y, radius, 24, INK)
    c.ring(x, y, radius - 20, 8, PAPER)
    c.dot(x, y, 21, INK)
    c.dot(x, y, 9, PAPER)


def _basket(c: Canvas, x: float, y: float) -> None:
    for i, colour in enumerate((PINE[2], BERRY[2], AMBER, PINE[1], SPARK)):
        c.blob(
            turned([(-14, 10), (-22, -46), (0, -104), (22, -46), (14, 10)], x - 52 + i * 30, y - 30, -28 + i * 14),
            colour,
        )
    c.shape([(x - 96, y - 40), (x + 100, y - 40), (x + 72, y + 74), (x - 68, y + 74)], OCHRE[2])
    for i in range(4):
        c.line([(x - 90 + i * 6, y - 20 + i * 27), (x + 94 - i * 6, y - 20 + i * 27)], 6, OCHRE[1])
    for i in range(7):
        c.line([(x - 84 + i * 28, y - 40), (x - 62 + i * 22, y + 74)], 5, mix(OCHRE[1], OCHRE[2], 0.3))


def _pump_and_box(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 92, y - 96, 236, 118, BERRY[1], 8)
    c.rect(x - 92, y - 96, 236, 34, mix(BERRY[1], SHEET, 0.16), 8)
    c.line([(x - 20, y - 96), (x - 20, y - 134), (x + 72, y - 134), (x + 72, y - 96)], 14, INK)
    c.rect(x + 10, y - 76, 32, 28, AMBER, 4)
    c.rect(x - 118, y - 236, 20, 256, LAKE[1], 8)
    c.rect(x - 156, y - 256, 96, 24, INK, 10)
    c.rect(x - 146, y + 8, 78, 16, INK, 6)


def clocks(c: Canvas) -> None:
    wall = c.pick((PINE[1], BERRY[1], LAKE[1], HEATHER[1]))
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    for at in range(0, WIDTH, 80):
        c.rect(at, 0, 40, HEIGHT, mix(wall, "#000000", 0.1))
    for left, y, size, teeth in ((110, 820, 230, 18), (430, 950, 170, 14), (1500, 90, 210, 16), (1290, -20, 130, 12)):
        _gear(c, left, y, size, teeth, mix(wall, PAPER, 0.13), wall)
    hour = c.between(0, 12)
    _tall_clock(c, 250, 90, hour)
    _face(c, 800, 330, 250, OCHRE[1], hour, roman=True)
    _cuckoo(c, 1320, 250, hour)
    _face(c, 620, 770, 128, BERRY[2], hour, roman=False)
    _alarm(c, 1010, 770, hour)
    _face(c, 1420, 800, 104, LAKE[2], hour, roman=False)


def _gear(c: Canvas, x: float, y: float, radius: float, teeth: int, colour: str, hole: str) -> None:
    for i in range(teeth):
        block = [
            (-radius * 0.1, -radius * 1.14),
            (radius * 0.1, -radius * 1.14),
            (radius * 0.15, -radius * 0.9),
            (-radius * 0.15, -radius * 0.9),
        ]
        c.shape(turned(block, x, y, 360 * i / teeth), colour)
    c.ring(x, y, radius * 0.8, radius * 0.4, colour)
    for i in range(5):
        c.shape(
            turned(
                [
                    (-radius * 0.07, 0),
                    (radius * 0.07, 0),
                    (radius * 0.07, -radius * 0.7),
                    (-radius * 0.07, -radius * 0.7),
                ],
                x,
                y,
                i * 72,
            ),
            colour,
        )
    c.dot(x, y, radius * 0.22, colour)
    c.dot(x, y, radius * 0.09, hole)


def _face(c: Canvas, x: float, y: float, radius: float, rim: str, hour: float, *, roman: bool) -> None:
    c.dot(x + 8, y + 14, radius, clear("#000000", 0.28))
    c.dot(x, y, radius, rim)
    c.ring(x, y, radius * 0.92, radius * 0.05, mix(rim, AMBER, 0.6))
    c.dot(x, y, radius * 0.84, PAPER)
    for i in range(60):
        big = i % 5 == 0
        if not big and radius < 120:
            continue
        inner, wide = (0.62 if roman else 0.68, 0.03) if big else (0.77, 0.008)
        (ax, ay), (bx, by) = (bow(x, y, radius * share, radius * share, i * 6, i * 6, 1)[0] for share in (inner, 0.8))
        c.line([(ax, ay), (bx, by)], max(2, radius * wide), INK)
    _hands(c, x, y, radius, hour)


def _hands(c: Canvas, x: float, y: float, radius: float, hour: float) -> None:
    for degrees, long, wide, colour in (
        (hour * 30, 0.44, 0.07, INK),
        (hour % 1 * 360, 0.66, 0.045, INK),
        (hour * 997 % 360, 0.7, 0.015, EMBER),
    ):
        tip = turned([(0, -radius * long), (0, radius * 0.1)], x, y, degrees)
        c.line(tip, max(2.5, radius * wide), colour)
    c.dot(x, y, radius * 0.07, EMBER)


def _tall_clock(c: Canvas, x: float, y: float, hour: float) -> None:
    wood = OCHRE[1]
    c.shape(
        [(x - 150, y + 40), (x - 60, y - 30), (x, y - 56), (x + 60, y - 30), (x + 150, y + 40)], mix(wood, AMBER, 0.2)
    )
    c.dot(x, y - 66, 18, AMBER)
    c.rect(x - 140, y + 30, 280, 290, wood)
    c.rect(x - 112, y + 318, 224, 430, mix(wood, "#000000", 0.15))
    c.rect(x - 84, y + 344, 168, 380, OCHRE[0])
    swing = c.between(-13, 13)
    bob = turned([(0, 0), (0, 300)], x, y + 350, swing)
    c.line(bob, 9, AMBER)
    c.dot(*bob[1], 48, AMBER)
    c.dot(bob[1][0] - 8, bob[1][1] - 8, 30, mix(AMBER, SHEET, 0.4))
    for side, long in ((-44, 170), (46, 120)):
        c.line([(x + side, y + 344), (x + side, y + 344 + long)], 4, OCHRE[3])
        c.rect(x + side - 14, y + 344 + long, 28, 84, OCHRE[2], 10)
    c.rect(x - 150, y + 740, 300, 200, wood)
    c.rect(x - 116, y + 772, 232, 136, mix(wood, "#000000", 0.2))
    _face(c, x, y + 176, 118, mix(wood, AMBER, 0.3), hour, roman=False)


def _cuckoo(c: Canvas, x: float, y: float, hour: float) -> None:
    for dx, long in ((-44, 470), (44, 400)):
        c.line([(x + dx, y + 140), (x + dx, y + long - 40)], 4, AMBER)
        c.blob(
            [
                (x + dx - 24, y + long),
                (x + dx, y + long - 50),
                (x + dx + 24, y + long),
                (x + dx + 18, y + long + 50),
                (x + dx - 18, y + long + 50),
            ],
            OCHRE[2],
        )
    c.rect(x - 140, y - 70, 280, 250, OCHRE[1], 6)
    c.shape(
        [(x - 196, y - 50), (x, y - 216), (x + 196, y - 50), (x + 166, y - 20), (x, y - 160), (x - 166, y - 20)],
        BERRY[2],
    )
    c.shape([(x - 142, y - 40), (x, y - 156), (x + 142, y - 40)], OCHRE[1])
    c.shape(bow(x, y - 76, 34, 34, 180, 360), OCHRE[0])
    c.rect(x - 34, y - 77, 68, 34, OCHRE[0])
    c.oval(x, y - 68, 22, 17, AMBER)
    c.dot(x + 15, y - 84, 13, AMBER)
    c.shape([(x + 25, y - 90), (x + 46, y - 82), (x + 25, y - 77)], EMBER)
    c.dot(x + 18, y - 87, 3, INK)
    for dx in (-150, 150):
        for degrees in (-40, 0, 40):
            c.blob(turned([(0, 0), (22, -24), (0, -72), (-22, -24)], x + dx, y + 190, degrees + 180), PINE[2])
    _face(c, x, y + 64, 86, OCHRE[2], hour, roman=False)


def _alarm(c: Canvas, x: float, y: float, hour: float) -> None:
    for side in (-1, 1):
        c.line([(x + side * 70, y + 100), (x + side * 106, y + 158)], 24, INK)
        c.shape(turned(bow(0, 0, 58, 50, 180, 360), x + side * 84, y - 112, side * 36), AMBER)
        c.line([(x + side * 62, y - 82), (x + side * 84, y - 116)], 12, INK)
    c.line([(x - 40, y - 172), (x + 40, y - 172)], 15, INK)
    c.line([(x, y - 172), (x, y - 120)], 12, INK)
    _face(c, x, y, 136, SPARK, hour, roman=False)


def sewing(c: Canvas) -> None:
    wall, machine = c.pick(((BERRY[3], LAKE[1]), (OCHRE[3], PINE[1]), (LAKE[3], BERRY[1]), (HEATHER[3], HEATHER[1])))
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    _spools(c, 880, 130)
    _pattern_on_wall(c, 150, 70, wall)
    c.rect(0, 760, WIDTH, 240, OCHRE[2])
    c.rect(0, 760, WIDTH, 16, mix(OCHRE[2], SHEET, 0.35))
    cloth = c.pick((SPARK, AMBER, BERRY[2], PINE[2]))
    _machine(c, 430, 770, machine)
    fold = [(330, 730), (470, 724), (560, 732), (560, 790), (470, 880), (420, 1000), (60, 1000), (110, 880), (200, 790)]
    c.blob(fold, cloth)
    for i in range(7):
        for k in range(5):
            at = 170 + i * 52 + k * 8
            if 200 - k * 16 < at < 520 - k * 18:
                c.dot(at, 800 + k * 44, 9, mix(cloth, SHEET, 0.6))
    for i, colour in enumerate((LAKE[2], PAPER, BERRY[1], PINE[2])):
        c.rect(1210, 720 - i * 46, 300 - i * 14, 44, colour, 20)
        c.rect(1210, 736 - i * 46, 300 - i * 14, 7, mix(colour, INK, 0.2))
    _scissors(c, 1040, 880)
    for _ in range(14):
        x, y, r = c.between(620, 1560), c.between(820, 980), c.between(15, 27)
        colour = c.pick((EMBER, PAPER, LAKE[1], BERRY[2], PINE[1], AMBER))
        c.dot(x, y + 4, r, clear(INK, 0.3))
        c.dot(x, y, r, colour)
        c.ring(x, y, r * 0.72, 2.5, mix(colour, INK, 0.3))
        for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            c.dot(x + dx * r * 0.24, y + dy * r * 0.24, r * 0.12, mix(colour, INK, 0.7))


def _spools(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 40, y + 130, 680, 20, OCHRE[1])
    c.rect(x - 40, y + 330, 680, 20, OCHRE[1])
    for row in (130, 330):
        for i in range(7):
            left = x + i * 88
            colour = c.pick((BERRY[2], SPARK, AMBER, PINE[2], LAKE[2], HEATHER[2], BERRY[1], LAKE[1]))
            c.rect(left - 4, y + row - 112, 68, 16, OCHRE[2], 4)
            c.rect(left - 4, y + row - 16, 68, 16, OCHRE[2], 4)
            c.rect(left + 4, y + row - 98, 52, 84, colour, 6)
            for k in range(5):
                c.rect(left + 4, y + row - 90 + k * 15, 52, 4, mix(colour, INK, 0.2))


def _pattern_on_wall(c: Canvas, x: float, y: float, wall: str) -> None:
    c.rect(x, y, 250, 310, mix(wall, SHEET, 0.65))
    dress = [
        (70, 40),
        (110, 60),
        (140, 60),
        (180, 40),
        (206, 110),
        (176, 122),
        (170, 150),
        (214, 280),
        (36, 280),
        (80, 150),
        (74, 122),
        (44, 110),
    ]
    c.shape([(x + px, y + py) for px, py in dress], c.pick((EMBER, LAKE[2], BERRY[2])))
    c.rect(x + 78, y + 146, 94, 14, AMBER)
    c.rect(x + 100, y - 10, 50, 24, clear(AMBER, 0.8))


def _machine(c: Canvas, x: float, foot: float, coat: str) -> None:
    shade = mix(coat, "#000000", 0.25)
    c.rect(x - 170, foot - 60, 690, 66, shade, 12)
    c.rect(x - 170, foot - 60, 690, 16, AMBER, 6)
    c.rect(x + 330, foot - 330, 130, 280, coat, 26)
    c.rect(x - 110, foot - 372, 570, 130, coat, 56)
    c.rect(x - 110, foot - 350, 120, 190, coat, 34)
    c.rect(x - 62, foot - 168, 26, 60, PAPER)
    c.rect(x - 53, foot - 112, 8, 52, PAPER)
    c.rect(x - 80, foot - 70, 62, 10, PAPER, 4)
    c.dot(x + 496, foot - 306, 74, shade)
    c.dot(x + 496, foot - 306, 52, AMBER)
    c.dot(x + 496, foot - 306, 18, shade)
    c.rect(x + 180, foot - 440, 46, 70, c.pick((SPARK, BERRY[2], PAPER)), 6)
    c.rect(x + 172, foot - 452, 62, 14, OCHRE[1], 4)
    c.line(smooth([(x + 200, foot - 430), (x + 60, foot - 410), (x - 40, foot - 380), (x - 49, foot - 120)]), 3, PAPER)
    for i in range(5):
        c.blob(turned([(0, 0), (16, -24), (0, -50), (-16, -24)], x + 130, foot - 308, i * 72), AMBER)
    c.dot(x + 130, foot - 308, 10, SPARK)
    for dx in (60, 210):
        c.line(smooth([(x + dx - 30, foot - 306), (x + dx, foot - 320), (x + dx + 26, foot - 300)]), 5, AMBER)


def _scissors(c: Canvas, x: float, y: float) -> None:
    for side in (-1, 1):
        c.shape(turned([(-10, 0), (14, 0), (2, -210)], x, y, side * 11), PAPER)
        ox, oy = turned([(0, 74)], x, y, -side * 26)[0]
        c.line([(x, y - 8), (ox, oy - 30)], 20, EMBER)
        c.ring(ox, oy, 34, 18, EMBER)
    c.dot(x, y - 14, 9, INK)
