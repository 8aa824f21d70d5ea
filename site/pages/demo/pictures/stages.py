"""Before an audience: a lecture hall, a studio on the air, a choir."""

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
    WIDTH,
    Canvas,
    bow,
    clear,
    mix,
    smooth,
)
from .props import back


def lecture(c: Canvas) -> None:
    wall = c.pick((LAKE[1], PINE[1], HEATHER[1], BERRY[1]))
    c.rect(0, 0, WIDTH, HEIGHT, mix(wall, "#000000", 0.18))
    for at in range(0, WIDTH, 130):
        c.rect(at, 0, 64, 640, mix(wall, "#000000", 0.08))
    c.rect(330, 70, 940, 480, PAPER)
    c.rect(346, 86, 908, 448, mix(LAKE[3], SHEET, 0.4))
    _slide(c, 346, 86, 908, 448)
    c.rect(0, 610, WIDTH, 90, mix(wall, OCHRE[1], 0.65))
    c.rect(0, 610, WIDTH, 12, OCHRE[2])
    c.shape([(330, 534), (1270, 534), (1480, 900), (120, 900)], clear(SHEET, 0.09))
    _speaker(c, 220, 612, c.pick((SPARK, AMBER)), 70)
    _speaker(c, 1390, 612, c.pick((LAKE[3], PINE[3])), 128)
    c.shape([(94, 612), (108, 486), (168, 486), (182, 612)], OCHRE[2])
    c.rect(94, 474, 88, 18, OCHRE[3])
    coats = (BERRY[2], LAKE[2], PINE[2], OCHRE[2], HEATHER[2], SPARK, PAPER, LAKE[1], EMBER)
    for row, (size, foot, gap) in enumerate(((0.62, 840, 176), (0.8, 960, 226), (1.02, 1120, 288))):
        x = c.between(-60, 40) - row * 20
        while x < WIDTH + 80:
            if c.dice.random() < 0.93:
                back(c, x, foot, size, mix(c.pick(coats), INK, 0.32 - row * 0.12), c.pick(HAIR), c.pick(SKIN))
            x += gap + c.between(-16, 16)


def _slide(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    bottom = y + height
    c.dot(x + width * c.between(0.2, 0.8), y + 130, 62, AMBER)
    for share, colour in ((0.42, LAKE[2]), (0.6, mix(LAKE[1], LAKE[2], 0.5)), (0.76, LAKE[1])):
        ridge = smooth([(x + width * i / 6, y + height * share + c.between(-34, 34)) for i in range(7)])
        c.shape([(x, bottom), *ridge, (x + width, bottom)], colour)
    turns = (
        (0.2, 1, 70),
        (0.34, 0.93, 52),
        (0.5, 0.86, 34),
        (0.56, 0.78, 22),
        (0.52, 0.71, 14),
        (0.6, 0.65, 7),
        (0.68, 0.62, 2),
    )
    left = smooth([(x + width * across - half, y + height * down) for across, down, half in turns])
    right = smooth([(x + width * across + half, y + height * down) for across, down, half in turns])
    c.shape([*left, *reversed(right)], LAKE[3])


def _speaker(c: Canvas, x: float, foot: float, coat: str, lift: float) -> None:
    c.shape([(x - 34, foot), (x - 42, foot - 130), (x + 42, foot - 130), (x + 34, foot)], INK)
    c.shape(
        [
            (x - 46, foot - 100),
            (x - 52, foot - 190),
            *bow(x, foot - 200, 52, 52, 180, 360),
            (x + 52, foot - 190),
            (x + 46, foot - 100),
        ],
        coat,
    )
    skin = c.pick(SKIN)
    for side, up in ((-1, lift), (1, 150)):
        hand = (x + side * 92, foot - up - 60)
        c.line(
            smooth([(x + side * 42, foot - 214), (x + side * 76, foot - 170 - up * 0.1), hand]),
            26,
            mix(coat, INK, 0.12),
        )
        c.dot(*hand, 15, skin)
    c.rect(x - 12, foot - 270, 24, 34, skin)
    c.oval(x, foot - 292, 37, 42, skin)
    c.shape(bow(x, foot - 300, 40, 42, 180, 360), c.pick(HAIR))


def radio(c: Canvas) -> None:
    wall = c.pick((BERRY[1], HEATHER[1], LAKE[1], PINE[1]))
    c.rect(0, 0, WIDTH, HEIGHT, wall)
    for row in range(5):
        for column in range(9):
            left, y = column * 190 - 40 + (row % 2) * 95, row * 150 - 20
            c.shape(
                [(left, y + 70), (left + 90, y), (left + 180, y + 70), (left + 90, y + 140)],
                mix(wall, "#000000", 0.14 + 0.06 * ((row + column) % 2)),
            )
    x = c.between(640, 900)
    for i in range(6, 0, -1):
        c.ring(x, 330, 150 + i * 84, 15, clear(mix(SPARK, AMBER, i / 6), 0.62 - i * 0.08))
    c.rect(0, 800, WIDTH, 200, mix(OCHRE[1], INK, 0.25))
    c.rect(0, 800, WIDTH, 14, OCHRE[2])
    _microphone(c, x, 330)
    _mixer(c, 1010 if x < 770 else 90, 846)
    _headphones(c, 320 if x < 770 else 1260, 800)
    c.rect(1290 if x < 770 else 250, 90, 220, 84, INK, 12)
    lit = 1400 if x < 770 else 360
    c.dot(lit - 60, 132, 20, EMBER)
    c.dot(lit - 60, 132, 34, clear(EMBER, 0.35))
    for i in range(3):
        c.rect(lit - 22 + i * 36, 132 - (12 + i * 8), 22, (12 + i * 8) * 2, AMBER, 6)


def _microphone(c: Canvas, x: float, y: float) -> None:
    steel, dark = PAPER, INK
    c.rect(x - 13, y + 210, 26, 300, mix(dark, LAKE[2], 0.3))
    c.oval(x, 836, 170, 34, mix(dark, LAKE[2], 0.2))
    c.line(bow(x, y + 34, 160, 176, 0, 180), 20, mix(dark, LAKE[2], 0.3))
    c.rect(x - 118, y - 210, 236, 410, dark, 116)
    c.rect(x - 104, y - 196, 208, 382, steel, 104)
    c.rect(x - 84, y - 160, 62, 310, mix(steel, OCHRE[3], 0.7), 31)
    for i in range(7):
        c.rect(x - 94, y - 150 + i * 30, 188, 10, dark, 5)
    c.rect(x - 116, y + 62, 232, 46, SPARK)
    c.rect(x - 116, y + 62, 232, 10, AMBER)


def _mixer(c: Canvas, x: float, y: float) -> None:
    c.shape([(x + 30, y - 130), (x + 470, y - 130), (x + 510, y + 90), (x - 10, y + 90)], INK)
    c.shape([(x + 44, y - 116), (x + 456, y - 116), (x + 490, y + 74), (x + 8, y + 74)], mix(INK, LAKE[1], 0.55))
    for i in range(7):
        left = x + 70 + i * 58
        c.dot(left, y - 84, 17, (SPARK, AMBER, LAKE[3])[i % 3])
        c.line([(left, y - 84), (left + 8, y - 96)], 5, INK)
        c.rect(left - 4, y - 44, 8, 100, INK, 4)
        c.rect(left - 17, y - 30 + c.between(0, 66), 34, 18, PAPER, 5)


def _headphones(c: Canvas, x: float, y: float) -> None:
    c.line(bow(x, y - 90, 130, 150, 180, 360), 24, INK)
    c.line(bow(x, y - 90, 130, 150, 200, 340), 10, EMBER)
    for side in (-1, 1):
        c.rect(x + side * 130 - 36, y - 118, 72, 126, INK, 30)
        c.rect(x + side * 112 - 22, y - 106, 44, 102, SPARK, 20)


def choir(c: Canvas) -> None:
    ground, sun = c.pick(((PAPER, AMBER), (LAKE[3], PAPER), (BERRY[3], SPARK), (OCHRE[3], BERRY[2])))
    c.rect(0, 0, WIDTH, HEIGHT, ground)
    for i in range(7, 0, -1):
        c.dot(800, 640, 150 + i * 106, mix(ground, sun, 0.92 - i * 0.12))
    for i, y in enumerate((160, 206, 252)):
        wave = smooth([(x, y + 32 * (1 if (x // 200 + i) % 2 else -1)) for x in range(-100, 1800, 200)])
        c.line(wave, 6, clear(LAKE[1], 0.28))
        for at in range(110 + i * 90, 1560, 420):
            c.oval(at, y + c.between(-12, 12), 21, 15, LAKE[1])
            c.line([(at + 18, y), (at + 18, y - 74)], 6, LAKE[1])
    coats = [LAKE[1], BERRY[1], PINE[1], EMBER, HEATHER[1], LAKE[2], PINE[2], BERRY[2], OCHRE[2]]
    for size, foot, gap, start in ((0.78, 700, 172, 70), (0.94, 850, 208, -30), (1.15, 1040, 262, 60)):
        x = start + c.between(-24, 24)
        while x < WIDTH + 60:
            _singer(c, x, foot + c.between(-16, 16), size, c.pick(coats))
            x += gap + c.between(-12, 12)


def _singer(c: Canvas, x: float, foot: float, size: float, coat: str) -> None:
    skin, hair, long = c.pick(SKIN), c.pick(HAIR), c.dice.random() < 0.5
    head = foot - 304 * size
    if long:
        c.rect(x - 57 * size, head - 40 * size, 114 * size, 130 * size, hair, 50 * size)
    c.shape(
        [
            (x - 104 * size, foot + 300),
            (x - 98 * size, foot - 150 * size),
            *bow(x, foot - 150 * size, 98 * size, 86 * size, 180, 360),
            (x + 98 * size, foot - 150 * size),
            (x + 104 * size, foot + 300),
        ],
        coat,
    )
    c.rect(x - 20 * size, head + 24 * size, 40 * size, 60 * size, mix(skin, OCHRE[1], 0.18))
    c.shape(
        [
            (x - 40 * size, foot - 232 * size),
            (x, foot - 196 * size),
            (x + 40 * size, foot - 232 * size),
            (x + 22 * size, foot - 242 * size),
            (x - 22 * size, foot - 242 * size),
        ],
        PAPER,
    )
    c.oval(x, head, 49 * size, 58 * size, skin)
    c.shape(bow(x, head - 8 * size, 54 * size, 58 * size, 180, 360), hair)
    for side in (-1, 1):
        c.line(bow(x + side * 20 * size, head + 4 * size, 9 * size, 6 * size, 180, 360, 8), 4 * size, INK)
        c.dot(x + side * 31 * size, head + 20 * size, 8 * size, clear(BERRY[2], 0.3))
    c.oval(x, head + 31 * size, 10 * size, c.between(9, 16) * size, BERRY[0])
    folder = foot - 96 * size
    c.shape(
        [
            (x - 84 * size, folder - 54 * size),
            (x, folder - 38 * size),
            (x, folder + 50 * size),
            (x - 90 * size, folder + 30 * size),
        ],
        mix(coat, INK, 0.5),
    )
    c.shape(
        [
            (x + 84 * size, folder - 54 * size),
            (x, folder - 38 * size),
            (x, folder + 50 * size),
            (x + 90 * size, folder + 30 * size),
        ],
        mix(coat, INK, 0.62),
    )
    c.shape(
        [
            (x - 76 * size, folder - 60 * size),
            (x, folder - 44 * size),
            (x + 76 * size, folder - 60 * size),
            (x, folder - 34 * size),
        ],
        SHEET,
    )
    for side in (-1, 1):
        c.dot(x + side * 72 * size, folder + 18 * size, 17 * size, skin)
