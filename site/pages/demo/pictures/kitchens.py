"""Warm rooms: bread from the oven, tea from the samovar, toys on the rug."""

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
from .props import arched_window, lamp_light


def bakery(c: Canvas) -> None:
    wall, tile = c.pick(((OCHRE[1], OCHRE[2]), (LAKE[1], LAKE[2]), (BERRY[1], BERRY[2]), (PINE[1], PINE[2])))
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    for row in range(8):
        for column in range(13):
            c.rect(column * 132 - (row % 2) * 66, row * 78, 126, 72, mix(wall, tile, c.between(0.08, 0.26)), 5)
    _oven(c, 110, 120)
    for y, kinds in ((250, (_round_loaf, _long_loaf, _bun)), (440, (_bun, _round_loaf, _long_loaf))):
        c.rect(850, y + 4, 690, 24, OCHRE[2])
        c.rect(850, y + 28, 690, 10, OCHRE[0])
        x = 930.0
        while x < 1500:
            kind = c.pick(kinds)
            kind(c, x, y + 4, 0.72)
            x += 190 if kind is _long_loaf else 140
    c.rect(0, 700, WIDTH, 300, mix(OCHRE[3], OCHRE[2], 0.35))
    c.rect(0, 700, WIDTH, 18, OCHRE[3])
    c.oval(800, 880, 700, 90, clear(SHEET, 0.3))
    c.rect(520, 800, 560, 40, OCHRE[1], 18)
    _round_loaf(c, 690, 806, 1.5)
    _long_loaf(c, 930, 806, 1.15)
    _bun(c, 310, 880, 1.3)
    _bun(c, 430, 910, 1.15)
    _ears(c, 1170, 900)
    _pin(c, 1340, 850)
    for _ in range(90):
        c.dot(c.between(150, 1450), c.between(830, 990), c.between(1.5, 5), clear(SHEET, 0.8))


def _oven(c: Canvas, x: float, y: float) -> None:
    c.shape(
        [(x - 30, 700), (x - 30, y + 230), *bow(x + 300, y + 240, 330, 250, 180, 360), (x + 630, 700)],
        mix(PAPER, OCHRE[3], 0.5),
    )
    for degrees in range(190, 351, 16):
        (px, py), (qx, qy) = (
            bow(x + 300, y + 330, 250, 210, degrees, degrees, 1)[0],
            bow(x + 300, y + 330, 300, 258, degrees, degrees, 1)[0],
        )
        c.line([(px, py), (qx, qy)], 40, mix(EMBER, OCHRE[1], 0.3 + 0.2 * (degrees % 3)))
    mouth = [
        (x + 60, 610),
        (x + 60, y + 340),
        *bow(x + 300, y + 340, 240, 200, 180, 360),
        (x + 540, y + 340),
        (x + 540, 610),
    ]
    c.shape(mouth, OCHRE[0])
    for i, colour in enumerate((EMBER, SPARK, AMBER, PAPER)):
        size = 1 - i * 0.23
        for k in range(3):
            fx, tall = x + 200 + k * 100, (190 + (k % 2) * 60) * size
            c.blob(
                [
                    (fx - 56 * size, 600),
                    (fx - 46 * size, 600 - tall * 0.5),
                    (fx + c.between(-14, 14), 600 - tall),
                    (fx + 46 * size, 600 - tall * 0.45),
                    (fx + 56 * size, 600),
                ],
                colour,
            )
    for i in range(4):
        c.rect(x + 130 + i * 88, 588, 96, 30, mix(OCHRE[0], INK, 0.3 * (i % 2)), 14)
    c.rect(x - 30, 610, 660, 40, mix(PAPER, OCHRE[2], 0.5))


def _round_loaf(c: Canvas, x: float, y: float, s: float) -> None:
    c.shape(bow(x, y, 104 * s, 96 * s, 180, 360), OCHRE[1])
    c.shape(bow(x - 6 * s, y - 4 * s, 92 * s, 84 * s, 180, 360), mix(OCHRE[2], SPARK, 0.2))
    for i in (-1, 0, 1):
        c.line(bow(x + i * 42 * s, y - 34 * s, 22 * s, 34 * s, 200, 320), 9 * s, OCHRE[3])


def _long_loaf(c: Canvas, x: float, y: float, s: float) -> None:
    c.rect(x - 132 * s, y - 74 * s, 264 * s, 74 * s, OCHRE[1], 36 * s)
    c.rect(x - 124 * s, y - 72 * s, 240 * s, 60 * s, mix(OCHRE[2], EMBER, 0.22), 30 * s)
    for i in range(4):
        c.line([(x - 92 * s + i * 52 * s, y - 20 * s), (x - 60 * s + i * 52 * s, y - 60 * s)], 10 * s, OCHRE[3])


def _bun(c: Canvas, x: float, y: float, s: float) -> None:
    c.shape(bow(x, y, 60 * s, 62 * s, 180, 360), mix(OCHRE[2], EMBER, 0.35))
    c.shape(bow(x - 5 * s, y - 3 * s, 50 * s, 52 * s, 180, 360), OCHRE[2])
    for i in range(7):
        c.oval(x - 34 * s + i * 11 * s, y - (26 + (i * 5) % 20) * s, 4 * s, 2.6 * s, PAPER)


def _ears(c: Canvas, x: float, y: float) -> None:
    for degrees in (-24, -6, 14):
        c.line(turned([(0, 60), (0, -170)], x, y, degrees), 5, OCHRE[1])
        for i in range(6):
            for side in (-1, 1):
                grain = [(0, 0), (side * 20, -20), (side * 10, -52), (side * -2, -24)]
                px, py = turned([(0, -70 - i * 24)], x, y, degrees)[0]
                c.blob(turned(grain, px, py, degrees), AMBER if side > 0 else mix(AMBER, OCHRE[2], 0.5))


def _pin(c: Canvas, x: float, y: float) -> None:
    c.line([(x - 170, y + 70), (x + 170, y - 30)], 18, OCHRE[1])
    c.line([(x - 108, y + 52), (x + 108, y - 12)], 62, OCHRE[2])
    c.line([(x - 104, y + 40), (x + 100, y - 22)], 12, mix(OCHRE[2], OCHRE[3], 0.6))


def tea(c: Canvas) -> None:
    wall, cloth = c.pick(((LAKE[1], BERRY[2]), (PINE[1], SPARK), (HEATHER[1], AMBER), (BERRY[1], LAKE[2])))
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    for row in range(6):
        for column in range(14):
            x, y = column * 124 + (row % 2) * 62, row * 112 + 30
            c.dot(x, y, 12, mix(wall, PAPER, 0.16))
            for degrees in range(0, 360, 60):
                px, py = bow(x, y, 22, 22, degrees, degrees, 1)[0]
                c.dot(px, py, 7, mix(wall, PAPER, 0.1))
    _snow_window(c, 130, 70)
    lamp = 800
    c.rect(lamp - 4, 0, 8, 40, INK)
    lamp_light(c, lamp, 120, 760, 620, 0.16)
    c.shape([(lamp - 190, 130), (lamp - 90, 30), (lamp + 90, 30), (lamp + 190, 130)], SPARK)
    for i in range(14):
        c.shape(bow(lamp - 176 + i * 27, 130, 13, 18, 0, 180, 8), AMBER)
    c.rect(0, 720, WIDTH, 280, mix(cloth, SHEET, 0.1))
    for i in range(20):
        c.rect(i * 84, 720, 42, 280, clear(SHEET, 0.16))
    for y in (760, 860, 950):
        c.rect(0, y, WIDTH, 40, clear(INK, 0.12))
    _samovar(c, 800, 770)
    for x, y, colour in ((300, 800, PAPER), (520, 860, LAKE[3]), (1120, 860, AMBER), (1330, 800, PAPER)):
        _cup(c, x, y, colour)
    _plate(c, 330, 930)
    _plate(c, 1230, 950)
    _jam(c, 1480, 820)


def _snow_window(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 18, y - 18, 366, 426, PAPER)
    c.rect(x, y, 330, 390, LAKE[2])
    c.shape(
        [
            (x, y + 390),
            (x, y + 260),
            *smooth([(x + i * 66, y + 256 + 24 * (i % 2)) for i in range(6)]),
            (x + 330, y + 390),
        ],
        SHEET,
    )
    for left, tall in ((60, 170), (270, 130)):
        c.shape([(x + left, y + 300 - tall), (x + left + 50, y + 300), (x + left - 50, y + 300)], PINE[1])
    c.shape([(x + 110, y + 240), (x + 165, y + 190), (x + 220, y + 240)], SHEET)
    c.rect(x + 122, y + 240, 86, 66, BERRY[1])
    c.rect(x + 150, y + 256, 30, 30, AMBER)
    for _ in range(34):
        c.dot(x + c.between(6, 324), y + c.between(6, 380), c.between(2, 4.5), SHEET)
    c.rect(x + 158, y, 14, 390, PAPER)
    c.rect(x, y + 140, 330, 12, PAPER)
    c.rect(x - 36, y + 408, 402, 22, mix(PAPER, OCHRE[3], 0.5))


def _samovar(c: Canvas, x: float, foot: float) -> None:
    gold, dark = AMBER, OCHRE[2]
    for side in (-1, 1):
        c.line(
            bow(x + side * 150, foot - 268, 60, 62, -100 if side > 0 else 80, 100 if side > 0 else 280), 17, OCHRE[1]
        )
    c.shape([(x - 70, foot - 70), (x + 70, foot - 70), (x + 124, foot), (x - 124, foot)], dark)
    c.rect(x - 138, foot - 12, 276, 26, OCHRE[1], 10)
    body = [
        (x - 70, foot - 70),
        (x - 148, foot - 190),
        (x - 158, foot - 300),
        (x - 112, foot - 372),
        (x + 112, foot - 372),
        (x + 158, foot - 300),
        (x + 148, foot - 190),
        (x + 70, foot - 70),
    ]
    c.blob(body, gold)
    c.blob(
        [
            (x - 60, foot - 90),
            (x - 128, foot - 200),
            (x - 136, foot - 300),
            (x - 100, foot - 350),
            (x - 76, foot - 300),
            (x - 78, foot - 190),
        ],
        mix(gold, SHEET, 0.5),
    )
    c.blob(
        [
            (x + 62, foot - 90),
            (x + 128, foot - 196),
            (x + 136, foot - 300),
            (x + 104, foot - 350),
            (x + 92, foot - 290),
            (x + 88, foot - 190),
        ],
        mix(gold, dark, 0.7),
    )
    c.rect(x - 124, foot - 392, 248, 28, dark, 12)
    c.rect(x - 84, foot - 424, 168, 36, gold, 14)
    c.rect(x - 46, foot - 450, 92, 30, dark, 8)
    c.blob(
        [
            (x - 66, foot - 452),
            (x - 84, foot - 500),
            (x - 50, foot - 536),
            (x + 50, foot - 536),
            (x + 84, foot - 500),
            (x + 66, foot - 452),
        ],
        BERRY[2],
    )
    c.line([(x + 70, foot - 480), (x + 124, foot - 520)], 18, BERRY[2])
    c.line(bow(x - 86, foot - 494, 36, 30, 90, 270), 12, BERRY[2])
    c.dot(x, foot - 546, 14, AMBER)
    for dx in (-34, 0, 34):
        c.dot(x + dx, foot - 492, 10, PAPER)
    c.line([(x, foot - 128), (x, foot - 96)], 26, OCHRE[1])
    c.line([(x - 30, foot - 150), (x + 30, foot - 150)], 14, OCHRE[1])


def _cup(c: Canvas, x: float, y: float, colour: str) -> None:
    c.oval(x, y + 8, 118, 26, mix(colour, INK, 0.18))
    c.oval(x, y, 118, 26, mix(colour, SHEET, 0.4))
    c.line(bow(x + 74, y - 66, 36, 32, -90, 100), 13, colour)
    c.shape(
        [(x - 84, y - 110), (x + 84, y - 110), (x + 66, y - 40), *bow(x, y - 34, 56, 36, 0, 180), (x - 66, y - 40)],
        colour,
    )
    c.oval(x, y - 110, 84, 20, mix(colour, INK, 0.15))
    c.oval(x, y - 107, 74, 15, mix(EMBER, OCHRE[1], 0.5))
    for i in (-1, 0, 1):
        c.dot(x + i * 34, y - 66, 8, EMBER if colour != AMBER else LAKE[1])
    for i in (-1, 1):
        c.line(smooth([(x + i * 24 + (8 if k % 2 else -8), y - 136 - k * 24) for k in range(5)]), 6, clear(SHEET, 0.4))


def _plate(c: Canvas, x: float, y: float) -> None:
    c.oval(x, y + 10, 190, 42, clear(INK, 0.3))
    c.oval(x, y, 190, 42, SHEET)
    c.oval(x, y, 150, 30, mix(SHEET, LAKE[3], 0.4))
    _pies(c, x, y)


def _pies(c: Canvas, x: float, y: float) -> None:
    for i, (dx, dy) in enumerate(((-76, 0), (70, 4), (-6, -8), (-40, -46), (36, -44))):
        c.shape(bow(x + dx, y + dy, 66, 54, 180, 360), mix(OCHRE[2], EMBER, 0.25 + 0.1 * (i % 2)))
        c.shape(bow(x + dx - 4, y + dy, 52, 42, 180, 360), mix(OCHRE[2], AMBER, 0.35))
        c.line([(x + dx - 30, y + dy - 24), (x + dx + 26, y + dy - 24)], 5, OCHRE[1])


def _jam(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 66, y - 120, 132, 124, BERRY[1], 22)
    c.rect(x - 52, y - 90, 40, 74, clear(SHEET, 0.22), 14)
    c.rect(x - 74, y - 148, 148, 40, PAPER, 8)
    for i in range(6):
        c.rect(x - 70 + i * 26, y - 148, 12, 40, BERRY[2])


def playroom(c: Canvas) -> None:
    wall, rug = c.pick(((AMBER, LAKE[2]), (PINE[3], BERRY[2]), (LAKE[3], SPARK)))
    c.rect(0, 0, WIDTH, HEIGHT, mix(wall, SHEET, 0.35))
    for x in range(0, WIDTH, 160):
        c.rect(x, 0, 80, 700, mix(wall, SHEET, 0.25))
    flags = (EMBER, LAKE[2], PINE[2], BERRY[2], HEATHER[2], SPARK)
    rope = smooth([(-20, 80), (400, 190), (800, 110), (1200, 200), (1640, 70)], 10)
    c.line(rope, 5, INK)
    for i in range(2, len(rope) - 2, 2):
        (px, py), (qx, qy) = rope[i], rope[i + 1]
        c.shape([(px - 30, py + 2), (qx + 10, qy + 2), ((px + qx) / 2 - 10, (py + qy) / 2 + 74)], flags[(i // 2) % 6])
    arched_window(c, 1180, 230, 240, 300, wall)
    c.rect(0, 700, WIDTH, 300, mix(OCHRE[2], wall, 0.25))
    c.rect(0, 700, WIDTH, 16, SHEET)
    c.oval(800, 890, 720, 108, mix(rug, INK, 0.15))
    c.oval(800, 884, 660, 92, rug)
    c.oval(800, 880, 520, 66, mix(rug, SHEET, 0.28))
    c.oval(800, 878, 360, 42, rug)
    _blocks(c, c.between(410, 450), 880, flags)
    _horse(c, 800, 860, c.pick((BERRY[2], SPARK, HEATHER[2])))
    _train(c, 1040, 930, flags)
    for i in range(5):
        x, tall = 78 + i * 52, 128 + (i * 31) % 50
        c.rect(x, 440 - tall, 46, tall, flags[i])
        c.rect(x, 340, 46, 8, clear(SHEET, 0.6))
    c.rect(50, 440, 310, 20, OCHRE[1])


def _blocks(c: Canvas, x: float, foot: float, colours: tuple[str, ...]) -> None:
    for row, count in enumerate((4, 3, 2, 1)):
        for i in range(count):
            left, top = x - count * 52 + i * 104 + c.between(-6, 6), foot - (row + 1) * 98
            colour = colours[(row * 2 + i) % 6]
            c.rect(left, top, 98, 96, colour, 8)
            c.rect(left + 12, top + 12, 74, 72, mix(colour, SHEET, 0.22), 6)
            middle = (left + 49, top + 48)
            if (row + i) % 3 == 0:
                c.dot(*middle, 24, SHEET)
            elif (row + i) % 3 == 1:
                c.shape(
                    [(middle[0], middle[1] - 26), (middle[0] + 28, middle[1] + 22), (middle[0] - 28, middle[1] + 22)],
                    SHEET,
                )
            else:
                c.rect(middle[0] - 22, middle[1] - 22, 44, 44, SHEET, 4)
    c.shape([(x - 56, foot - 392), (x, foot - 462), (x + 56, foot - 392)], EMBER)


def _horse(c: Canvas, x: float, foot: float, coat: str) -> None:
    c.line(bow(x, foot - 260, 250, 262, 38, 142), 24, OCHRE[1])
    for dx, lean in ((-92, -30), (84, 30)):
        c.line([(x + dx, foot - 150), (x + dx + lean, foot - 20)], 34, mix(coat, INK, 0.2))
    for dx, lean in ((-66, -6), (62, 6)):
        c.line([(x + dx, foot - 150), (x + dx + lean, foot - 8)], 32, coat)
    c.blob(
        [
            (x - 134, foot - 200),
            (x - 110, foot - 256),
            (x, foot - 246),
            (x + 104, foot - 262),
            (x + 132, foot - 196),
            (x + 96, foot - 132),
            (x, foot - 150),
            (x - 100, foot - 128),
        ],
        coat,
    )
    c.line([(x + 98, foot - 220), (x + 150, foot - 344)], 66, coat)
    c.blob(
        [
            (x + 112, foot - 366),
            (x + 158, foot - 402),
            (x + 200, foot - 372),
            (x + 256, foot - 322),
            (x + 246, foot - 292),
            (x + 182, foot - 306),
            (x + 126, foot - 316),
        ],
        coat,
    )
    for i in range(6):
        c.dot(x + 82 + i * 10, foot - 250 - i * 27, 25, AMBER)
    c.shape([(x + 140, foot - 392), (x + 152, foot - 442), (x + 176, foot - 392)], coat)
    c.dot(x + 188, foot - 350, 9, INK)
    c.line(smooth([(x - 128, foot - 224), (x - 186, foot - 196), (x - 190, foot - 120)]), 30, AMBER)
    c.rect(x - 52, foot - 272, 96, 40, LAKE[1], 16)
    c.line([(x + 150, foot - 318), (x + 30, foot - 262)], 7, LAKE[1])


def _train(c: Canvas, x: float, foot: float, colours: tuple[str, ...]) -> None:
    for i in range(3):
        left = x + i * 170
        if i == 0:
            c.rect(left, foot - 86, 148, 62, colours[0], 12)
            c.rect(left + 84, foot - 134, 62, 70, colours[1], 6)
            c.rect(left + 98, foot - 122, 34, 30, SHEET, 4)
            c.rect(left + 22, foot - 122, 28, 40, INK, 4)
            c.dot(left + 36, foot - 156, 20, clear(SHEET, 0.8))
            c.dot(left + 66, foot - 186, 27, clear(SHEET, 0.6))
        else:
            c.rect(left, foot - 72, 148, 48, colours[i + 1], 8)
            for k in range(3):
                c.dot(left + 34 + k * 40, foot - 80, 22, colours[(i + k + 2) % 6])
        c.line([(left + 148, foot - 36), (left + 170, foot - 36)], 9, INK)
        for wheel in (34, 114):
            c.dot(left + wheel, foot - 18, 24, INK)
            c.dot(left + wheel, foot - 18, 10, AMBER)
