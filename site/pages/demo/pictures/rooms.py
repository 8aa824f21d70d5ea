"""Rooms where people work: a library, a workshop, a computer class."""

from .brush import (
    AMBER,
    BERRY,
    EMBER,
    HAIR,
    HEATHER,
    HEIGHT,
    INK,
    LAKE,
    OCHRE,
    PAPER,
    PINE,
    SHEET,
    SKIN,
    SPARK,
    SUNK,
    WIDTH,
    Canvas,
    bow,
    clear,
    mix,
    smooth,
)
from .props import back, daylight, lamp_light, mug, plant

BOOKS = (
    LAKE[1],
    LAKE[2],
    BERRY[1],
    BERRY[2],
    PINE[1],
    PINE[2],
    OCHRE[2],
    OCHRE[3],
    HEATHER[1],
    HEATHER[2],
    SPARK,
    PAPER,
)


def books(c: Canvas, left: float, right: float, floor: float, tall: float) -> None:
    x, last = left, ""
    while x < right - 14:
        wide, high = min(c.between(16, 46), right - x), tall * c.between(0.66, 0.96)
        colour = c.pick([b for b in BOOKS if b != last])
        if c.dice.random() < 0.09 and right - x > 130:
            x = _lying(c, x + 8, floor, tall)
            continue
        c.rect(x, floor - high, wide - 3, high, colour)
        band = mix(colour, AMBER if colour not in (SPARK, OCHRE[3], PAPER) else BERRY[1], 0.7)
        if wide > 22:
            c.rect(x, floor - high * 0.84, wide - 3, 6, band)
            c.rect(x, floor - high * 0.2, wide - 3, 6, band)
        x, last = x + wide, colour


def _lying(c: Canvas, x: float, floor: float, tall: float) -> float:
    for i in range(c.pick((2, 3, 4))):
        c.rect(x + c.between(0, 12), floor - 24 * (i + 1), 96, 21, c.pick(BOOKS))
    return x + 122


def shelf(c: Canvas, x: float, y: float, width: float, floors: int, tall: float, wood: str) -> None:
    c.rect(x - 18, y - 18, width + 36, floors * tall + 36, wood)
    for i in range(floors):
        top = y + i * tall
        c.rect(x, top, width, tall - 16, mix(wood, "#000000", 0.42))
        books(c, x + 6, x + width - 4, top + tall - 16, tall - 28)
    for i in range(floors):
        c.rect(x - 18, y + (i + 1) * tall - 16, width + 36, 16, mix(wood, PAPER, 0.12))


def library(c: Canvas) -> None:
    wall, wood = c.pick(((LAKE[1], OCHRE[1]), (PINE[1], "#5d3a1c"), (HEATHER[1], OCHRE[1])))
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    shelf(c, 40, 50, 500, 4, 178, wood)
    shelf(c, 1060, 50, 500, 4, 178, wood)
    _night_window(c, 620, 70, 360, 400, wood)
    lamp = c.between(690, 900)
    lamp_light(c, lamp, 470, 800, 400, 0.24)
    c.rect(0, 790, WIDTH, 210, mix(wood, SPARK, 0.22))
    c.rect(0, 790, WIDTH, 16, mix(wood, AMBER, 0.55))
    for y in (850, 912, 964):
        c.rect(c.between(0, 300), y, c.between(700, 1100), 4, mix(wood, SPARK, 0.1))
    c.oval(lamp, 830, 420, 26, clear(AMBER, 0.3))
    _desk_lamp(c, lamp, 800)
    _open_book(c, lamp + c.pick((-270, 250)), 858)
    x = lamp - 480
    for i in range(5):
        c.rect(x + c.between(-14, 14), 764 - i * 38, 210, 34, c.pick(BOOKS), 4)
        c.rect(x + 10, 770 - i * 38, 12, 22, clear(SHEET, 0.35))
    mug(c, lamp + 470, 838, c.pick((SPARK, BERRY[2], LAKE[3])), 1.15)


def _night_window(c: Canvas, x: float, y: float, width: float, height: float, wood: str) -> None:
    c.rect(x - 18, y - 18, width + 36, height + 36, mix(wood, PAPER, 0.2))
    c.rect(x, y, width, height, LAKE[0])
    for i in range(6):
        c.rect(x, y + height * i / 6, width, height / 6 + 1, mix(LAKE[0], LAKE[2], i * 0.13))
    c.dot(x + width * c.between(0.25, 0.7), y + 96, 40, PAPER)
    for i in range(4):
        left, top = x + i * width / 4, y + height - c.between(70, 150)
        c.shape(
            [
                (left, y + height),
                (left, top),
                (left + width / 8, top - 34),
                (left + width / 4, top),
                (left + width / 4, y + height),
            ],
            mix(LAKE[0], HEATHER[0], 0.5),
        )
        c.rect(left + width / 8 - 9, top + 26, 18, 24, AMBER)
    for _ in range(30):
        c.dot(x + c.between(6, width - 6), y + c.between(6, height - 6), c.between(2, 4), clear(SHEET, 0.85))
    c.rect(x + width / 2 - 7, y, 14, height, mix(wood, PAPER, 0.2))
    c.rect(x, y + height * 0.42, width, 12, mix(wood, PAPER, 0.2))
    c.rect(x - 40, y + height + 18, width + 80, 22, mix(wood, PAPER, 0.32))


def _desk_lamp(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 80, y + 16, 160, 22, LAKE[0], 11)
    c.rect(x - 8, y - 330, 16, 350, LAKE[0])
    c.shape([(x - 74, y - 420), (x + 74, y - 420), (x + 132, y - 322), (x - 132, y - 322)], EMBER)
    c.shape([(x - 74, y - 420), (x - 26, y - 420), (x - 66, y - 322), (x - 132, y - 322)], SPARK)
    c.rect(x - 132, y - 326, 264, 12, AMBER, 6)


def _open_book(c: Canvas, x: float, y: float) -> None:
    c.shape([(x - 176, y + 6), (x + 176, y + 6), (x + 150, y - 46), (x - 150, y - 46)], BERRY[1])
    for side in (-1, 1):
        page = smooth([(x, y - 8), (x + side * 50, y - 26), (x + side * 110, y - 22), (x + side * 164, y - 4)])
        top = smooth([(x + side * 140, y - 58), (x + side * 90, y - 72), (x + side * 44, y - 74), (x, y - 58)])
        c.shape([*page, *top], SHEET if side < 0 else PAPER)
        for i in range(4):
            left = x + side * (30 + i * 2)
            c.line([(left, y - 62 + i * 12), (left + side * (88 + i * 6), y - 60 + i * 13)], 3.4, clear(INK, 0.26))


def workshop(c: Canvas) -> None:
    wall, board = c.pick(((LAKE[3], LAKE[1]), (OCHRE[3], PINE[1]), (SUNK, HEATHER[1]), (PINE[3], OCHRE[1])))
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    for seam in range(0, WIDTH, 100):
        c.rect(seam, 0, 4, 690, mix(wall, INK, 0.06))
    daylight(c, 70, 80, 300, 380)
    c.rect(0, 900, WIDTH, 100, mix(wall, OCHRE[1], 0.5))
    c.rect(440, 36, 1090, 534, mix(board, "#000000", 0.25), 8)
    c.rect(452, 48, 1066, 510, board, 6)
    for hole in range(490, 1510, 44):
        for y in range(76, 550, 44):
            c.dot(hole, y, 3.2, mix(board, "#000000", 0.28))
    metal, wood = PAPER, OCHRE[2]
    tools = [_hammer, _saw, _square, _pliers, _screwdrivers, _wrench]
    c.dice.shuffle(tools)
    at = [(x, 118) for x in (535, 712, 889, 1066, 1243, 1420)]
    for tool, (x, y) in zip(tools, at, strict=True):
        tool(c, x, y + c.between(-10, 20), metal, wood, board)
    c.rect(560, 516, 560, 14, wood)
    for i in range(6):
        jar = 590 + i * 88
        c.rect(jar, 452, 54, 64, mix(LAKE[3], SHEET, 0.5), 8)
        c.rect(jar, 476, 54, 40, c.pick((SPARK, AMBER, BERRY[2], PINE[2], HEATHER[2])), 8)
        c.rect(jar - 3, 444, 60, 14, metal, 4)
    _bench(c)


def _hammer(c: Canvas, x: float, y: float, metal: str, wood: str, board: str) -> None:
    c.rect(x - 11, y + 20, 22, 190, wood, 10)
    c.rect(x - 62, y - 6, 96, 40, metal, 6)
    c.shape([(x + 30, y - 6), (x + 76, y + 6), (x + 70, y + 18), (x + 30, y + 34)], metal)


def _saw(c: Canvas, x: float, y: float, metal: str, wood: str, board: str) -> None:
    c.shape([(x - 26, y + 66), (x + 40, y + 66), (x + 22, y + 250), (x - 12, y + 250)], metal)
    for i in range(11):
        top = y + 72 + i * 16
        edge = x + 40 - (top - y - 66) * 18 / 184
        c.shape([(edge - 3, top), (edge + 9, top + 8), (edge - 4, top + 16)], metal)
    c.shape([(x - 40, y + 76), (x - 34, y - 6), (x - 8, y - 26), (x + 40, y - 20), (x + 50, y + 76)], wood)
    c.rect(x - 12, y + 6, 34, 42, board, 14)


def _square(c: Canvas, x: float, y: float, metal: str, wood: str, board: str) -> None:
    c.rect(x - 50, y - 16, 34, 150, wood)
    c.rect(x - 16, y - 16, 100, 28, metal)
    for i in range(6):
        c.rect(x - 8 + i * 15, y - 16, 3, 14 if i % 2 else 9, INK)


def _pliers(c: Canvas, x: float, y: float, metal: str, wood: str, board: str) -> None:
    for side in (-1, 1):
        c.line(smooth([(x + side * 4, y + 50), (x + side * 34, y + 110), (x + side * 26, y + 210)]), 22, EMBER)
        c.shape([(x, y + 64), (x + side * 26, y + 36), (x + side * 20, y - 20), (x + side * 3, y - 26)], metal)
    c.dot(x, y + 50, 22, metal)
    c.dot(x, y + 50, 7, INK)


def _screwdrivers(c: Canvas, x: float, y: float, metal: str, wood: str, board: str) -> None:
    for i, colour in enumerate((SPARK, AMBER, BERRY[2])):
        left, long = x - 52 + i * 48, 90 + i * 26
        c.rect(left - 5, y + 74, 10, long, metal)
        c.shape(
            [
                (left - 5, y + 70 + long),
                (left + 5, y + 70 + long),
                (left + 9, y + 92 + long),
                (left - 9, y + 92 + long),
            ],
            metal,
        )
        c.rect(left - 16, y - 12, 32, 92, colour, 14)
        c.rect(left - 4, y - 2, 5, 70, clear(SHEET, 0.4))


def _wrench(c: Canvas, x: float, y: float, metal: str, wood: str, board: str) -> None:
    c.rect(x - 13, y + 20, 26, 190, metal, 8)
    for end, cut in ((y + 10, y - 40), (y + 214, y + 222)):
        c.dot(x, end, 36, metal)
        c.rect(x - 13, cut, 26, 44, board)


def _bench(c: Canvas) -> None:
    top = 730
    for leg in (170, 1350):
        c.rect(leg, top, 76, 280, OCHRE[1])
    c.rect(170, 900, 1256, 44, mix(OCHRE[1], "#000000", 0.2))
    c.rect(90, top - 46, 1420, 62, OCHRE[2])
    c.rect(90, top - 46, 1420, 12, mix(OCHRE[2], OCHRE[3], 0.7))
    for i in range(9):
        x = 150 + i * 150 + c.between(-30, 30)
        c.line([(x, top - 8), (x + c.between(60, 130), top - 8)], 4, mix(OCHRE[2], OCHRE[1], 0.45))
    c.rect(300, top - 96, 560, 28, mix(OCHRE[3], SPARK, 0.25))
    c.rect(340, top - 70, 700, 26, OCHRE[3])
    c.rect(380, top - 124, 430, 28, mix(OCHRE[3], OCHRE[2], 0.35))
    _plane(c, c.between(520, 640), top - 124)
    _vise(c, 1270, top - 46)
    for _ in range(9):
        x = c.between(180, 1300)
        c.line(bow(x, top - 62, 17, 13, 0, c.between(220, 330), 14), 7, mix(OCHRE[3], AMBER, 0.35))
    for _ in range(16):
        x, y = c.between(120, 1480), c.between(955, 992)
        c.line(bow(x, y, 15, 9, c.between(0, 90), c.between(200, 330), 10), 6, OCHRE[3])


def _plane(c: Canvas, x: float, y: float) -> None:
    c.shape(
        [(x - 140, y), (x - 140, y - 44), (x - 80, y - 62), (x + 130, y - 54), (x + 150, y - 30), (x + 150, y)],
        BERRY[1],
    )
    c.rect(x - 140, y - 8, 290, 10, PAPER)
    c.shape([(x - 10, y - 56), (x + 20, y - 56), (x - 8, y - 130), (x - 30, y - 126)], PAPER)
    c.dot(x + 108, y - 72, 23, OCHRE[2])
    c.line(smooth([(x - 82, y - 54), (x - 96, y - 96), (x - 74, y - 118)]), 28, OCHRE[2])


def _vise(c: Canvas, x: float, y: float) -> None:
    steel = LAKE[1]
    c.rect(x - 84, y - 24, 168, 26, mix(steel, INK, 0.4), 6)
    c.rect(x - 44, y - 90, 88, 72, steel)
    c.rect(x - 92, y - 130, 58, 78, steel, 6)
    c.rect(x + 22, y - 130, 58, 78, steel, 6)
    c.rect(x - 34, y - 170, 56, 120, OCHRE[3])
    c.rect(x + 80, y - 84, 72, 18, PAPER)
    c.line([(x + 152, y - 126), (x + 152, y - 26)], 12, PAPER)


def computers(c: Canvas) -> None:
    wall, desk = c.pick(((OCHRE[3], OCHRE[2]), (LAKE[3], OCHRE[2]), (PINE[3], OCHRE[1]), (HEATHER[3], OCHRE[2])))
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    c.rect(0, 0, WIDTH, 640, mix(wall, SHEET, 0.4))
    daylight(c, 90, 70, 360, 330)
    daylight(c, 1150, 70, 360, 330)
    _board(c, 560, 70, 480, 320)
    c.rect(0, 700, WIDTH, 300, desk)
    c.rect(0, 700, WIDTH, 16, mix(desk, SHEET, 0.35))
    coats = [BERRY[2], LAKE[1], PINE[2], SPARK, HEATHER[1]]
    c.dice.shuffle(coats)
    for i, x in enumerate((290, 800, 1310)):
        _monitor(c, x, 700, (LAKE[1], PINE[1], HEATHER[1])[i])
    plant(c, 545, 716, 0.9)
    mug(c, 1070, 736, c.pick((EMBER, LAKE[2], BERRY[2])))
    for i, x in enumerate((290, 800, 1310)):
        back(c, x + c.between(-30, 30), 1050, 1.06, coats[i], c.pick(HAIR), c.pick(SKIN))


def _board(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    c.rect(x - 14, y - 14, width + 28, height + 28, OCHRE[1], 6)
    c.rect(x, y, width, height, PINE[1])
    c.line(bow(x + 130, y + 150, 66, 66, 0, 320), 7, clear(SHEET, 0.8))
    c.shape([(x + 190, y + 110), (x + 222, y + 150), (x + 178, y + 158)], clear(SHEET, 0.8))
    for i in range(4):
        c.line(
            [(x + 270, y + 86 + i * 46), (x + 270 + c.between(70, 160), y + 86 + i * 46)],
            7,
            clear(SHEET if i else AMBER, 0.75),
        )
    c.rect(x + 120, y + height, 240, 14, mix(OCHRE[1], SHEET, 0.2))


def _monitor(c: Canvas, x: float, y: float, dark: str) -> None:
    c.rect(x - 24, y - 70, 48, 74, mix(INK, LAKE[1], 0.3))
    c.rect(x - 92, y - 8, 184, 18, mix(INK, LAKE[1], 0.3), 8)
    c.rect(x - 190, y - 300, 380, 240, INK, 12)
    c.rect(x - 176, y - 286, 352, 212, mix(dark, SHEET, 0.1))
    c.rect(x - 176, y - 286, 352, 30, mix(dark, SHEET, 0.75))
    for i, colour in enumerate((EMBER, AMBER, PINE[2])):
        c.dot(x - 158 + i * 20, y - 271, 6, colour)
    kind = c.dice.randrange(3)
    if kind == 0:
        for i in range(6):
            high = c.between(30, 130)
            c.rect(x - 150 + i * 52, y - 92 - high, 36, high, (SPARK, AMBER, LAKE[3])[i % 3])
    elif kind == 1:
        for i in range(5):
            c.rect(x - 150, y - 238 + i * 30, c.between(90, 250), 12, clear(SHEET, 0.8 if i % 3 else 0.5), 6)
        c.rect(x + 56, y - 128, 100, 36, SPARK, 6)
    else:
        c.dot(x + 90, y - 210, 24, AMBER)
        c.shape(
            [(x - 176, y - 74), (x - 90, y - 190), (x - 10, y - 110), (x + 60, y - 160), (x + 176, y - 74)], PINE[2]
        )
