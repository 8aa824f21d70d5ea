"""By the window: chess, seedlings, a microscope."""

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
    Point,
    bow,
    clear,
    mix,
    smooth,
    turned,
)


def chess(c: Canvas) -> None:
    wall, light, dark = c.pick(
        (
            (LAKE[1], OCHRE[3], OCHRE[1]),
            (PINE[1], PAPER, PINE[2]),
            (HEATHER[1], PAPER, HEATHER[2]),
            (BERRY[1], PAPER, BERRY[2]),
        )
    )
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    _garden_window(c, 250, 50, 1100, 400)
    c.rect(0, 560, WIDTH, 440, OCHRE[1])
    c.rect(0, 560, WIDTH, 14, OCHRE[2])

    def at(column: float, row: float) -> Point:
        y = 590 + 370 * (max(0, row) / 8) ** 1.25
        half = 420 + (y - 590) * 0.72
        return 800 + half * (column - 4) / 4, y

    (far, _), (near, _) = at(-0.3, 0), at(-0.3, 8)
    c.shape([(far, 574), (WIDTH - far, 574), (WIDTH - near, 992), (near, 992)], OCHRE[0])
    for row in range(8):
        for column in range(8):
            cell = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)]
            c.shape(cell, light if (row + column) % 2 else dark)
    men = [
        (0, 0, _rook),
        (4, 0, _king),
        (6, 1, _pawn),
        (2, 2, _knight),
        (5, 3, _pawn),
        (3, 4, _pawn),
        (1, 5, _pawn),
        (4, 5, _knight),
        (6, 6, _king),
        (7, 6, _rook),
        (2, 6, _pawn),
    ]
    for column, row, man in men:
        x, y = at(column + 0.5, row + 0.72)
        size = 0.5 + 0.62 * (y - 590) / 370
        black = row < 4
        if c.dice.random() < 0.94 or man is _king:
            c.oval(x + 16 * size, y + 2, 70 * size, 15 * size, clear(INK, 0.28))
            man(c, x, y, size, INK if black else SHEET, mix(INK, LAKE[2], 0.55) if black else OCHRE[3])


def _garden_window(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    c.rect(x - 22, y - 22, width + 44, height + 44, SHEET)
    c.rect(x, y, width, height, LAKE[3])
    c.dot(x + width * c.between(0.2, 0.8), y + 110, 64, AMBER)
    for share, colour in ((0.5, mix(PINE[3], LAKE[3], 0.3)), (0.68, PINE[2])):
        ridge = smooth([(x + width * i / 7, y + height * share + c.between(-26, 26)) for i in range(8)])
        c.shape([(x, y + height), *ridge, (x + width, y + height)], colour)
    for left in range(int(x) + 50, int(x + width) - 30, 110):
        tall = c.between(130, 250)
        foot = y + height
        c.shape(
            [(left, foot - tall), (left + tall * 0.2, foot), (left - tall * 0.2, foot)],
            mix(PINE[1], PINE[2], c.between(0, 0.5)),
        )
    for i in (1, 2):
        c.rect(x + width * i / 3 - 8, y, 16, height, SHEET)
    c.rect(x, y + height * 0.36, width, 13, SHEET)
    c.rect(x - 60, y + height + 22, width + 120, 26, mix(SHEET, OCHRE[3], 0.5))


def _foot(c: Canvas, x: float, y: float, s: float, ink: str, shade: str) -> None:
    c.rect(x - 56 * s, y - 30 * s, 112 * s, 32 * s, ink, 12 * s)
    c.rect(x - 42 * s, y - 52 * s, 84 * s, 24 * s, shade, 10 * s)


def _pawn(c: Canvas, x: float, y: float, s: float, ink: str, shade: str) -> None:
    _foot(c, x, y, s, ink, shade)
    c.shape(
        [(x - 36 * s, y - 50 * s), (x - 15 * s, y - 130 * s), (x + 15 * s, y - 130 * s), (x + 36 * s, y - 50 * s)], ink
    )
    c.rect(x - 34 * s, y - 138 * s, 68 * s, 16 * s, shade, 8 * s)
    c.dot(x, y - 166 * s, 36 * s, ink)
    c.dot(x - 11 * s, y - 177 * s, 9 * s, shade)


def _rook(c: Canvas, x: float, y: float, s: float, ink: str, shade: str) -> None:
    _foot(c, x, y, s, ink, shade)
    c.shape(
        [(x - 38 * s, y - 50 * s), (x - 27 * s, y - 156 * s), (x + 27 * s, y - 156 * s), (x + 38 * s, y - 50 * s)], ink
    )
    c.rect(x - 46 * s, y - 182 * s, 92 * s, 34 * s, ink, 4 * s)
    for i in (-1, 0, 1):
        c.rect(x + i * 34 * s - 12 * s, y - 208 * s, 24 * s, 30 * s, ink)
    c.rect(x - 46 * s, y - 160 * s, 92 * s, 9 * s, shade)


def _king(c: Canvas, x: float, y: float, s: float, ink: str, shade: str) -> None:
    _foot(c, x, y, s, ink, shade)
    c.shape(
        [(x - 40 * s, y - 50 * s), (x - 20 * s, y - 190 * s), (x + 20 * s, y - 190 * s), (x + 40 * s, y - 50 * s)], ink
    )
    c.rect(x - 42 * s, y - 200 * s, 84 * s, 16 * s, shade, 8 * s)
    c.shape(
        [
            (x - 30 * s, y - 200 * s),
            (x - 48 * s, y - 262 * s),
            (x, y - 244 * s),
            (x + 48 * s, y - 262 * s),
            (x + 30 * s, y - 200 * s),
        ],
        ink,
    )
    c.rect(x - 6 * s, y - 300 * s, 12 * s, 56 * s, ink)
    c.rect(x - 21 * s, y - 286 * s, 42 * s, 12 * s, ink)


def _knight(c: Canvas, x: float, y: float, s: float, ink: str, shade: str) -> None:
    _foot(c, x, y, s, ink, shade)
    outline = [
        (-40, -50),
        (-30, -104),
        (-4, -138),
        (-44, -128),
        (-66, -112),
        (-74, -134),
        (-44, -176),
        (-22, -204),
        (-16, -228),
        (2, -206),
        (40, -186),
        (56, -130),
        (46, -50),
    ]
    c.shape(smooth([(x + px * s, y + py * s) for px, py in outline], 5), ink)
    c.line(smooth([(x + 14 * s, y - 196 * s), (x + 40 * s, y - 160 * s), (x + 44 * s, y - 96 * s)]), 8 * s, shade)
    c.dot(x - 20 * s, y - 176 * s, 6 * s, shade)


def garden(c: Canvas) -> None:
    frame, top, low = c.pick(((SHEET, LAKE[2], LAKE[3]), (PAPER, LAKE[3], OCHRE[3]), (SHEET, HEATHER[2], BERRY[3])))
    c.rect(0, 0, WIDTH, HEIGHT, mix(top, low, 0.5))
    for i in range(6):
        c.rect(0, i * 120, WIDTH, 122, mix(top, low, i / 5))
    x = c.between(300, 1300)
    c.dot(x, 230, 170, clear(AMBER, 0.3))
    c.dot(x, 230, 112, AMBER)
    c.hill([560, 470, 520, 430, 500, 450, 540], mix(PINE[2], top, 0.5))
    c.hill([640, 590, 600, 560, 620, 580, 630], mix(PINE[2], PINE[3], 0.55))
    for at in range(40, WIDTH, 250):
        left = at + c.between(-40, 40)
        c.rect(left, 574, 90, 60, c.pick((BERRY[1], OCHRE[1], PAPER)))
        c.shape([(left - 16, 578), (left + 45, 528), (left + 106, 578)], OCHRE[0])
    c.rect(0, 0, 60, 800, frame)
    c.rect(1540, 0, 60, 800, frame)
    c.rect(785, 0, 30, 800, frame)
    c.rect(0, 0, WIDTH, 46, frame)
    _curtain(c, c.pick((BERRY[2], EMBER, LAKE[1], PINE[1])))
    c.rect(0, 770, WIDTH, 64, mix(frame, OCHRE[3], 0.25))
    c.rect(0, 834, WIDTH, 166, mix(OCHRE[3], frame, 0.1))
    c.rect(0, 834, WIDTH, 18, mix(OCHRE[3], OCHRE[1], 0.25))
    pots = (EMBER, SPARK, LAKE[1], BERRY[2], OCHRE[2], PINE[1])
    left = c.between(150, 190)
    for i in range(6):
        _seedling(c, left + i * 172, 800, c.between(0.75, 1.35), pots[i])
    _can(c, 1300, 806)


def _curtain(c: Canvas, colour: str) -> None:
    for side in (0, 1):
        for i in range(4):
            x = 60 + i * 44 if not side else 1540 - i * 44
            sway = (1 if side else -1) * i * 30
            c.shape(
                [(x - 30, 40), (x + 30, 40), (x + 26 + sway, 470), (x - 26 + sway, 470)],
                mix(colour, SHEET if i % 2 else INK, 0.1),
            )
    c.rect(0, 40, WIDTH, 34, mix(colour, SHEET, 0.12))
    for i in range(27):
        c.shape(bow(i * 62, 74, 31, 34, 0, 180, 10), colour if i % 2 else mix(colour, SHEET, 0.12))


def _seedling(c: Canvas, x: float, foot: float, size: float, pot: str) -> None:
    stem, bend = foot - 100 - 170 * size, c.between(-22, 22)
    c.line(smooth([(x, foot - 96), (x + bend, foot - 120 - 70 * size), (x + bend * 0.4, stem)]), 9, PINE[1])
    for i in range(3 + round(size * 2)):
        y = foot - 118 - i * 40 * size
        if y < stem:
            break
        side = 1 if i % 2 else -1
        leaf = [(0, 0), (30, -20), (78, -16), (104, 4), (66, 16), (26, 12)]
        spread = [(px * size * 0.9 * side, py * size * 0.9) for px, py in leaf]
        c.blob(turned(spread, x + bend * 0.7, y, -24 * side), mix(PINE[1], PINE[2], c.between(0, 0.9)))
    for side in (-1, 1):
        c.blob(turned([(0, 0), (18, -30), (12, -66), (-6, -40)], x + bend * 0.4, stem + 6, 26 * side), PINE[2])
    c.rect(x - 62, foot - 112, 124, 34, mix(pot, SHEET, 0.18), 5)
    c.shape([(x - 54, foot - 80), (x + 54, foot - 80), (x + 40, foot), (x - 40, foot)], pot)


def _can(c: Canvas, x: float, foot: float) -> None:
    body = LAKE[2]
    c.line([(x - 92, foot - 60), (x - 150, foot - 150), (x - 196, foot - 196)], 26, mix(body, INK, 0.2))
    c.shape(
        [(x - 226, foot - 186), (x - 178, foot - 230), (x - 162, foot - 212), (x - 210, foot - 168)],
        mix(body, INK, 0.3),
    )
    c.line(bow(x + 96, foot - 110, 78, 84, 250, 460), 18, mix(body, INK, 0.25))
    c.line(bow(x, foot - 184, 86, 74, 180, 360), 14, mix(body, INK, 0.25))
    c.shape([(x - 104, foot - 190), (x + 104, foot - 190), (x + 124, foot), (x - 124, foot)], body)
    c.rect(x - 110, foot - 150, 224, 16, AMBER)
    c.oval(x, foot - 190, 104, 17, mix(body, INK, 0.35))


def microscope(c: Canvas) -> None:
    wall = c.pick((PINE[3], LAKE[3], HEATHER[3], BERRY[3]))
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    _field_of_view(c, 1080, 370, 320)
    c.rect(0, 790, WIDTH, 210, mix(OCHRE[1], wall, 0.18))
    c.rect(0, 790, WIDTH, 14, OCHRE[2])
    body, dark = c.pick(((PAPER, LAKE[1]), (PAPER, BERRY[1]), (PAPER, PINE[1])))
    x = 430
    c.rect(x - 190, 770, 400, 62, dark, 20)
    c.line(bow(x - 10, 520, 190, 240, 285, 440), 74, body)
    c.rect(x - 20, 726, 160, 50, body, 14)
    c.rect(x - 150, 622, 300, 30, dark, 8)
    c.rect(x - 96, 606, 150, 16, clear(LAKE[3], 0.9))
    c.rect(x - 40, 600, 40, 8, BERRY[2])
    c.dot(x - 20, 700, 40, AMBER)
    c.shape([(x - 40, 660), (x, 660), (x + 14, 622), (x - 54, 622)], clear(AMBER, 0.7))
    tube = turned([(-46, -250), (46, -250), (46, 120), (-46, 120)], x - 22, 380, 0)
    c.shape(tube, body)
    c.rect(x - 68, 300, 92, 30, dark)
    c.shape([(x - 72, 130), (x + 28, 130), (x + 14, 66), (x - 58, 66)], dark)
    c.rect(x - 60, 500, 76, 34, dark, 6)
    for dx, long in ((-54, 46), (-22, 62), (12, 46)):
        c.rect(x + dx - 14, 530, 28, long, mix(body, INK, 0.25), 5)
    c.dot(x + 150, 520, 44, dark)
    c.dot(x + 150, 520, 20, SPARK)
    _flask(c, 800, 800, 1.0, c.pick((SPARK, BERRY[2])))
    _flask(c, 1330, 800, 1.25, c.pick((PINE[2], HEATHER[2])))
    for i, colour in enumerate((LAKE[2], AMBER, BERRY[2], PINE[2])):
        left = 990 + i * 58
        c.rect(left, 640, 36, 140, clear(SHEET, 0.75), 17)
        c.rect(left + 4, 640 + c.between(40, 80), 28, 90, colour, 13)
    c.rect(966, 700, 270, 20, OCHRE[1])
    c.rect(966, 780, 270, 24, OCHRE[1])


def _field_of_view(c: Canvas, x: float, y: float, radius: float) -> None:
    c.dot(x, y, radius + 26, INK)
    c.dot(x, y, radius, mix(PAPER, PINE[3], 0.4))
    for _ in range(13):
        turn, far = c.between(0, math.tau), radius * math.sqrt(c.dice.random()) * 0.72
        px, py, size = x + math.cos(turn) * far, y + math.sin(turn) * far, c.between(30, 64)
        colour = c.pick((PINE[2], SPARK, BERRY[2], HEATHER[2], LAKE[2]))
        rim = [
            (px + size * c.between(0.8, 1.15) * math.cos(i * 0.7), py + size * c.between(0.8, 1.15) * math.sin(i * 0.7))
            for i in range(9)
        ]
        c.blob(rim, clear(colour, 0.75))
        c.dot(px + size * 0.1, py, size * 0.32, mix(colour, INK, 0.45))
        for i in range(3):
            c.dot(px - size * 0.4 + i * size * 0.3, py - size * 0.5, size * 0.09, SHEET)
    c.line(
        smooth([(x - radius * 0.6, y + radius * 0.6), (x - 90, y + 130), (x - 20, y + 190), (x + 60, y + 130)]),
        10,
        PINE[1],
    )
    c.shape(bow(x, y, radius, radius, 200, 250), clear(SHEET, 0.25))
    c.ring(x, y, radius + 6, 14, mix(INK, LAKE[1], 0.5))


def _flask(c: Canvas, x: float, foot: float, s: float, liquid: str) -> None:
    glass = clear(SHEET, 0.72)
    c.shape(
        [
            (x - 26 * s, foot - 250 * s),
            (x + 26 * s, foot - 250 * s),
            (x + 26 * s, foot - 160 * s),
            (x + 110 * s, foot - 14 * s),
            (x + 96 * s, foot),
            (x - 96 * s, foot),
            (x - 110 * s, foot - 14 * s),
            (x - 26 * s, foot - 160 * s),
        ],
        glass,
    )
    c.shape(
        [
            (x - 62 * s, foot - 92 * s),
            (x + 62 * s, foot - 92 * s),
            (x + 98 * s, foot - 22 * s),
            (x + 86 * s, foot - 8 * s),
            (x - 86 * s, foot - 8 * s),
            (x - 98 * s, foot - 22 * s),
        ],
        liquid,
    )
    c.rect(x - 34 * s, foot - 262 * s, 68 * s, 18 * s, SHEET, 8 * s)
    for dx, dy, r in ((-30, 60, 9), (14, 46, 12), (40, 66, 6)):
        c.dot(x + dx * s, foot - dy * s, r * s, clear(SHEET, 0.5))
