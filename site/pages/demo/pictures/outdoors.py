"""Out of doors: carved houses at dusk, the river in frost, a night of stars, a ski track."""

from .brush import (
    AMBER,
    BERRY,
    HEATHER,
    HEIGHT,
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

DUSKS = (
    (HEATHER[1], BERRY[2], SPARK, SHEET),
    (LAKE[0], LAKE[1], HEATHER[2], AMBER),
    (LAKE[1], LAKE[2], BERRY[3], AMBER),
)


def sky(c: Canvas, colours: tuple[str, str, str], horizon: float, bands: int = 7) -> None:
    """Broad flat bands from the top colour over the middle one to the one at the horizon."""
    top, middle, low = colours
    for i in range(bands):
        share = i / (bands - 1)
        colour = mix(top, middle, share * 2) if share < 0.5 else mix(middle, low, share * 2 - 1)
        y = horizon * i / bands - (40 if i == 0 else 0)
        c.shape(
            [*smooth([(x, y + c.between(-14, 14)) for x in range(0, 1700, 200)]), (WIDTH, HEIGHT), (0, HEIGHT)], colour
        )


def pine(c: Canvas, x: float, foot: float, height: float, colour: str, snow: str | None = None) -> None:
    c.rect(x - height * 0.025, foot - height * 0.12, height * 0.05, height * 0.14, mix(OCHRE[0], colour, 0.3))
    for tier in range(4):
        top, wide = foot - height * (1 - tier * 0.2), height * (0.13 + tier * 0.055)
        low = top + height * (0.3 + tier * 0.02)
        c.shape([(x, top), (x + wide, low), (x, low - height * 0.05), (x - wide, low)], colour)
        if snow:
            c.shape(
                [(x, top), (x + wide * 0.55, top + (low - top) * 0.6), (x + wide * 0.1, top + (low - top) * 0.45)], snow
            )


def snowfall(c: Canvas, count: int, colour: str, low: float = HEIGHT) -> None:
    for _ in range(count):
        c.dot(c.between(0, WIDTH), c.between(0, low), c.between(1.5, 4.5), colour)


def houses(c: Canvas) -> None:
    top, middle, low, moon = c.pick(DUSKS)
    sky(c, (top, middle, low), 640)
    c.dot(c.between(950, 1400), c.between(130, 230), 62, moon)
    far = mix(top, middle, 0.35)
    c.hill([560, 500, 540, 470, 520, 480, 560], mix(middle, top, 0.55))
    for at in range(-20, WIDTH, 74):
        pine(c, at + c.between(-20, 20), 600, c.between(110, 190), far)
    walls = [OCHRE[1], BERRY[1], PINE[2], "#7a5a3a", LAKE[1]]
    c.dice.shuffle(walls)
    x = c.between(-130, -60)
    for i in range(4):
        width = c.pick((430, 480, 530))
        _house(c, x, 830 - (i % 2) * 14, width, walls[i], (PAPER, LAKE[3], OCHRE[3], PAPER)[i])
        x += width + c.between(18, 44)
    snow = mix(SHEET, middle, 0.16)
    c.hill([800, 822, 806, 828, 812, 820, 800], snow)
    c.hill([900, 880, 895, 870, 890, 905, 880], mix(snow, SHEET, 0.6))
    _fence(c, 880, mix(top, OCHRE[0], 0.4))
    snowfall(c, 130, SHEET)


def _house(c: Canvas, x: float, foot: float, width: float, wall: str, lace: str) -> None:
    height = c.between(240, 285)
    top, roof = foot - height, mix(wall, "#000000", 0.55)
    c.rect(x, top, width, height, wall)
    for y in range(int(top) + 24, int(foot), 27):
        c.rect(x, y, width, 4, mix(wall, "#000000", 0.16))
    for side in (x, x + width - 26):
        c.rect(side, top, 26, height, mix(wall, lace, 0.2))
    peak, mid = top - width * 0.36, x + width / 2
    c.shape([(x - 34, top + 8), (mid, peak - 22), (x + width + 34, top + 8)], roof)
    c.shape([(x + 14, top), (mid, peak + 24), (x + width - 14, top)], mix(wall, "#000000", 0.1))
    c.shape([(x - 34, top + 8), (mid, peak - 22), (mid, peak - 44), (x - 62, top + 6)], SHEET)
    c.shape([(mid, peak - 44), (mid, peak - 22), (x + width + 34, top + 8), (x + width + 62, top + 6)], SHEET)
    _smoke(c, x + width * 0.76, peak + 70, roof)
    _round_window(c, mid, top - width * 0.11, width * 0.055, lace)
    c.rect(x - 12, top - 6, width + 24, 14, lace)
    for i in range(int(width // 26) + 1):
        left = x + i * 26
        c.shape(bow(left, top + 8, 12, 15, 0, 180, 10), lace)
        c.dot(left, top + 12, 3.2, wall)
    for i in range(3):
        _carved_window(c, x + width * (0.2 + i * 0.3), top + height * 0.56, width * 0.068, lace, wall)


def _smoke(c: Canvas, x: float, y: float, brick: str) -> None:
    c.rect(x, y - 74, 34, 84, brick)
    c.rect(x - 5, y - 84, 44, 14, SHEET)
    drift = c.between(-1, 1)
    for i in range(6):
        c.oval(x + 18 + drift * i * i * 4, y - 112 - i * 32, 15 + i * 6, 13 + i * 4, clear(SHEET, 0.34 - i * 0.045))


def _round_window(c: Canvas, x: float, y: float, radius: float, lace: str) -> None:
    c.dot(x, y, radius + 10, lace)
    c.dot(x, y, radius, AMBER)
    c.rect(x - radius, y - 2, radius * 2, 4, lace)
    c.rect(x - 2, y - radius, 4, radius * 2, lace)


def _carved_window(c: Canvas, x: float, y: float, half: float, lace: str, wall: str) -> None:
    tall = half * 1.9
    shutter = mix(lace, LAKE[2], 0.62)
    for side in (-1, 1):
        left = x + side * (half + 12) - (22 if side < 0 else 0)
        c.rect(left, y - tall, 22, tall * 2, shutter)
        c.rect(left + 5, y - tall + 8, 12, tall - 14, mix(shutter, lace, 0.35))
        c.rect(left + 5, y + 6, 12, tall - 14, mix(shutter, lace, 0.35))
    c.rect(x - half - 11, y - tall - 11, half * 2 + 22, tall * 2 + 22, lace)
    c.rect(x - half, y - tall, half * 2, tall * 2, AMBER if c.dice.random() < 0.8 else mix(wall, LAKE[0], 0.7))
    c.shape([(x - half, y - tall), (x, y - tall), (x - half, y + tall * 0.3)], clear(SHEET, 0.3))
    c.rect(x - 3, y - tall, 6, tall * 2, lace)
    c.rect(x - half, y - tall * 0.35, half * 2, 6, lace)
    crown = y - tall - 11
    c.shape(
        [
            (x - half - 26, crown),
            (x - half * 0.5, crown - 30),
            (x, crown - 44),
            (x + half * 0.5, crown - 30),
            (x + half + 26, crown),
        ],
        lace,
    )
    for dx, dy, r in ((0, -20, 8), (-half * 0.52, -12, 5), (half * 0.52, -12, 5)):
        c.dot(x + dx, crown + dy, r, wall)
    sill = y + tall + 11
    c.rect(x - half - 24, sill, half * 2 + 48, 9, lace)
    for i in range(5):
        c.shape(bow(x - half + i * half / 2, sill + 9, half / 4, 15, 0, 180, 8), lace)


def _fence(c: Canvas, y: float, colour: str) -> None:
    for x in range(-10, WIDTH, 38):
        top = y - c.between(56, 66)
        c.shape([(x, y + 60), (x, top), (x + 11, top - 15), (x + 22, top), (x + 22, y + 60)], colour)
    for rail in (y - 34, y + 14):
        c.rect(0, rail, WIDTH, 10, mix(colour, "#000000", 0.2))
    c.hill([932, 944, 930, 946, 934, 940, 930], SHEET)


def angara(c: Canvas) -> None:
    top, middle, low, sun = c.pick(
        ((LAKE[2], LAKE[3], PAPER, SPARK), (HEATHER[2], BERRY[3], AMBER, SHEET), (LAKE[1], LAKE[2], BERRY[3], AMBER))
    )
    sky(c, (top, middle, low), 470)
    x = c.between(420, 1180)
    c.dot(x, 372, 150, clear(sun, 0.22))
    c.dot(x, 372, 104, sun)
    c.hill([430, 352, 392, 330, 400, 362, 420, 344, 440], mix(top, middle, 0.45))
    c.hill([470, 440, 420, 446, 410, 432, 452, 424, 462], mix(top, LAKE[0], 0.4))
    for at in range(0, WIDTH, 46):
        pine(c, at + c.between(-16, 16), 474, c.between(46, 92), mix(top, LAKE[0], 0.62))
    water = mix(LAKE[1], top, 0.35)
    c.rect(0, 468, WIDTH, HEIGHT - 468, water)
    for i in range(15):
        y, half = 482 + i * 20, 120 + i * 12
        c.line(
            [(x - half * c.between(0.4, 1), y), (x + half * c.between(0.4, 1), y)],
            5 + i * 0.3,
            clear(mix(sun, SHEET, 0.3), 0.62 - i * 0.03),
        )
    _bridge(c, 470, mix(LAKE[0], top, 0.2))
    _steam(c)
    _floes(c, water)
    _ducks(c)


def _bridge(c: Canvas, y: float, colour: str) -> None:
    under = []
    start = c.between(-240, -60)
    for i in range(7):
        left = start + i * 300
        under += [(left, y + 34), *bow(left + 150, y + 34, 118, 84, 180, 360, 30), (left + 300, y + 34)]
    c.shape([(WIDTH + 600, y - 78), (start, y - 78), *under], colour)
    c.rect(0, y - 104, WIDTH, 6, colour)
    for x in range(0, WIDTH, 36):
        c.rect(x, y - 104, 4, 28, colour)
    for i in range(7):
        left = start + i * 300
        c.oval(left, y + 36, 46, 10, mix(SHEET, LAKE[3], 0.3))
        c.rect(left - 3, y - 168, 6, 90, colour)
        c.dot(left, y - 172, 24, clear(AMBER, 0.35))
        c.dot(left, y - 172, 10, AMBER)


def _steam(c: Canvas) -> None:
    for _ in range(26):
        x, y = c.between(-60, WIDTH), c.between(480, 610)
        c.oval(x, y, c.between(90, 210), c.between(10, 26), clear(SHEET, c.between(0.06, 0.16)))


def _floes(c: Canvas, water: str) -> None:
    for row in range(7):
        y, size = 640 + row * row * 8.5, 30 + row * 21
        x = c.between(-160, 0)
        while x < WIDTH + 100:
            wide, tall, at = size * c.between(1.2, 2.4), size * c.between(0.3, 0.5), y + c.between(-12, 12)
            rim = [(wide * c.between(0.8, 1.05), tall * c.between(0.72, 1.05)) for _ in range(11)]
            ice = [bow(x, at, rx, ry, i * 33, i * 33, 1)[0] for i, (rx, ry) in enumerate(rim)]
            c.blob([(px, py + 5 + row * 3) for px, py in ice], mix(LAKE[2], water, 0.45))
            c.blob(ice, mix(SHEET, LAKE[3], 0.08 + 0.3 * c.dice.random()))
            x += wide * 2 + size * c.between(0.2, 1.8)


def _ducks(c: Canvas) -> None:
    x, y = c.between(250, 1150), 590
    for i in range(3):
        left, top = x + i * 84, y + (i % 2) * 22
        c.shape([(left - 30, top - 6), *bow(left, top, 30, 15, 0, 180), (left - 44, top - 16)], OCHRE[0])
        c.oval(left, top - 3, 28, 11, OCHRE[0])
        c.oval(left + 22, top - 20, 11, 10, PINE[1])
        c.rect(left + 15, top - 16, 11, 16, SHEET)
        c.shape([(left + 31, top - 23), (left + 47, top - 18), (left + 31, top - 15)], AMBER)
        c.line([(left - 60, top + 18), (left + 46, top + 18)], 3, clear(SHEET, 0.5))


def stars(c: Canvas) -> None:
    deep, glow = c.pick(((LAKE[0], LAKE[2]), (HEATHER[0], HEATHER[2]), ("#081c2c", BERRY[2])))
    sky(c, (deep, mix(deep, glow, 0.35), mix(deep, glow, 0.95)), 800, 9)
    lean = c.pick((-1, 1))
    for i in range(420):
        along, off = c.between(-0.1, 1.1), c.dice.gauss(0, 70)
        c.dot(WIDTH * along, 420 - lean * 330 * (along - 0.5) + off, c.between(1, 2.6), clear(SHEET, 0.55))
        if i % 2:
            c.dot(c.between(0, WIDTH), c.between(0, 700), c.between(1, 3.4), clear(SHEET, 0.8))
    for i in range(3):
        c.oval(WIDTH * (0.25 + i * 0.25), 420 - lean * 330 * (i * 0.25 - 0.25), 330, 96, clear(glow, 0.12))
    _dipper(c, c.between(180, 420), c.between(130, 200))
    _planet(c, c.between(1050, 1380), c.between(150, 250))
    ridge = mix(deep, "#000000", 0.35)
    c.hill([760, 730, 770, 720, 750, 790, 740], mix(deep, glow, 0.3))
    for _ in range(70):
        c.rect(c.between(0, WIDTH), c.between(770, 800), c.between(3, 7), c.between(3, 7), clear(AMBER, 0.85))
    c.hill([830, 810, 850, 880, 862, 826, 838], ridge)
    for x in (70, 150, 1430, 1500, 1570):
        pine(c, x, 870, c.between(170, 290), ridge)
    _watchers(c, ridge)


def _dipper(c: Canvas, x: float, y: float) -> None:
    bones = [(0, 60), (92, 34), (150, 78), (222, 110), (232, 190), (352, 206), (386, 122), (222, 110)]
    points = [(x + px, y + py) for px, py in bones]
    c.line(points, 2.5, clear(AMBER, 0.6))
    for px, py in points[:-1]:
        c.dot(px, py, 13, clear(AMBER, 0.25))
        c.dot(px, py, 6.5, SHEET)


def _planet(c: Canvas, x: float, y: float) -> None:
    c.line([(x - 120, y + 34), (x - 60, y + 17)], 7, OCHRE[3])
    c.dot(x, y, 58, AMBER)
    c.shape(bow(x, y, 58, 58, 15, 165), SPARK)
    c.rect(x - 54, y - 22, 108, 9, mix(AMBER, SPARK, 0.5))
    c.line(smooth([(x - 126, y + 36), (x - 40, y + 32), (x + 60, y - 2), (x + 124, y - 36)]), 8, OCHRE[3])


def _watchers(c: Canvas, dark: str) -> None:
    x = c.between(640, 860)
    tube = mix(PAPER, dark, 0.08)
    for foot in (-86, 0, 86):
        c.line([(x, 730), (x + foot, 880)], 11, mix(dark, OCHRE[2], 0.45))
    c.line([(x - 112, 782), (x + 128, 622)], 50, tube)
    c.line([(x + 92, 646), (x + 140, 614)], 62, mix(tube, SPARK, 0.85))
    c.line([(x - 112, 782), (x - 138, 800)], 24, LAKE[2])
    for dx, size, coat, skin in (
        (-214, 1.0, BERRY[2], SKIN[0]),
        (-330, 0.68, AMBER, SKIN[1]),
        (232, 0.94, PINE[2], SKIN[2]),
    ):
        _coat(c, x + dx, 886, size, coat, skin)


def _coat(c: Canvas, x: float, foot: float, size: float, coat: str, skin: str) -> None:
    c.shape(
        [
            (x - 46 * size, foot),
            (x - 34 * size, foot - 140 * size),
            (x + 34 * size, foot - 140 * size),
            (x + 46 * size, foot),
        ],
        coat,
    )
    c.dot(x, foot - 166 * size, 33 * size, skin)
    c.shape(bow(x, foot - 170 * size, 36 * size, 36 * size, 180, 360), mix(coat, SHEET, 0.55))
    c.dot(x, foot - 210 * size, 11 * size, SHEET)
    c.rect(x - 34 * size, foot - 142 * size, 68 * size, 19 * size, mix(coat, SHEET, 0.4), 8 * size)


def ski(c: Canvas) -> None:
    top, middle, low, sun = c.pick(
        ((LAKE[2], LAKE[3], PAPER, AMBER), (HEATHER[2], BERRY[3], PAPER, SHEET), (LAKE[2], OCHRE[3], AMBER, SHEET))
    )
    sky(c, (top, middle, low), 520)
    c.dot(c.between(250, 1300), c.between(180, 300), 92, sun)
    c.hill([470, 400, 440, 360, 420, 380, 450, 410], mix(top, LAKE[1], 0.3))
    shade = mix(LAKE[3], top, 0.2)
    c.hill([560, 520, 500, 530, 560, 540, 510], mix(shade, SHEET, 0.35))
    for x in range(-10, WIDTH, 66):
        if not 640 < x < 980:
            pine(
                c,
                x + c.between(-22, 22),
                600 + c.between(-20, 20),
                c.between(190, 330),
                mix(PINE[1], top, 0.3),
                clear(SHEET, 0.5),
            )
    c.hill([640, 600, 588, 620, 652, 630, 600], mix(SHEET, shade, 0.22))
    c.hill([760, 742, 700, 720, 780, 800, 770], SHEET)
    for offset in (0, 46):
        track = smooth(
            [
                (500 + offset, 1010),
                (620 + offset, 900),
                (830 + offset * 0.9, 800),
                (850 + offset * 0.7, 720),
                (770 + offset * 0.5, 650),
                (790 + offset * 0.3, 590),
            ]
        )
        c.line(track, 13, mix(shade, SHEET, 0.2))
        c.line([(x - 3, y - 3) for x, y in track], 5, mix(shade, top, 0.35))
    for x, foot, tall in ((120, 900, 560), (-10, 960, 420), (1440, 880, 620), (1580, 950, 470), (1290, 860, 330)):
        pine(c, x, foot, tall, PINE[1], clear(SHEET, 0.72))
    c.hill([950, 960, 985, 1000, 985, 950, 930], mix(SHEET, shade, 0.12))
    _skier(c, 905, 812, 1.25, c.pick((BERRY[2], SPARK, LAKE[2])))
    _skier(c, 742, 632, 0.5, c.pick((AMBER, PINE[2])))
    snowfall(c, 60, SHEET)


def _skier(c: Canvas, x: float, y: float, size: float, coat: str) -> None:
    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + px * size, y + py * size) for px, py in points]

    c.line(at((-120, 10), (70, 10), (92, -2)), 8 * size, OCHRE[0])
    c.line(at((-64, 26), (130, 26), (152, 13)), 8 * size, OCHRE[0])
    c.line(at((-2, -110), (-44, -56), (-30, 8)), 26 * size, LAKE[0])
    c.line(at((4, -110), (42, -50), (46, 22)), 26 * size, LAKE[1])
    c.line(at((2, -112), (26, -196)), 50 * size, coat)
    c.line(at((30, -190), (88, -150), (104, -118)), 19 * size, mix(coat, "#000000", 0.18))
    c.line(at((104, -128), (70, 22)), 5 * size, OCHRE[1])
    c.line(at((10, -186), (-42, -150), (-58, -112)), 19 * size, mix(coat, SHEET, 0.2))
    c.line(at((-58, -122), (-130, 18)), 5 * size, OCHRE[1])
    for px, py in ((104, -120), (-58, -114)):
        c.dot(x + px * size, y + py * size, 12 * size, SHEET)
    c.dot(x + 46 * size, y - 240 * size, 29 * size, SKIN[0])
    c.shape(bow(x + 44 * size, y - 246 * size, 32 * size, 32 * size, 165, 350), AMBER)
    c.dot(x + 34 * size, y - 284 * size, 10 * size, SHEET)
    c.line(at((28, -208), (2, -204), (-26, -188)), 15 * size, AMBER)
