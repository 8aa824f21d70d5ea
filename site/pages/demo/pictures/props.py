"""Things that several pictures share."""

from .brush import AMBER, EMBER, LAKE, OCHRE, PINE, SHEET, Canvas, bow, clear, mix, smooth, turned


def lamp_light(c: Canvas, x: float, y: float, foot: float, spread: float, share: float = 0.2) -> None:
    c.shape([(x - 60, y), (x + 60, y), (x + spread, foot), (x - spread, foot)], clear(AMBER, share))
    c.shape([(x - 40, y), (x + 40, y), (x + spread * 0.6, foot), (x - spread * 0.6, foot)], clear(AMBER, share * 0.7))


def mug(c: Canvas, x: float, y: float, colour: str, size: float = 1) -> None:
    c.ring(x + 36 * size, y - 34 * size, 19 * size, 9 * size, colour)
    c.rect(x - 34 * size, y - 68 * size, 68 * size, 68 * size, colour, 12 * size)
    c.rect(x - 34 * size, y - 68 * size, 68 * size, 14 * size, mix(colour, SHEET, 0.35), 7 * size)
    for i in (-1, 1):
        wisp = [(x + i * 13 * size + (6 if k % 2 else -6), y - (84 + k * 20) * size) for k in range(5)]
        c.line(smooth(wisp), 5 * size, clear(SHEET, 0.45))


def plant(c: Canvas, x: float, y: float, size: float, pot: str = EMBER, leaf: str = PINE[2]) -> None:
    for degrees in (-62, -36, -12, 14, 38, 64):
        long = c.between(120, 180) * size
        leaf_points = [(-3, 0), (-20 * size, -long * 0.5), (0, -long), (20 * size, -long * 0.5), (3, 0)]
        c.blob(turned(leaf_points, x, y - 64 * size, degrees), mix(leaf, PINE[0], c.between(0, 0.45)))
    c.shape(
        [(x - 46 * size, y - 78 * size), (x + 46 * size, y - 78 * size), (x + 34 * size, y), (x - 34 * size, y)], pot
    )
    c.rect(x - 52 * size, y - 92 * size, 104 * size, 24 * size, mix(pot, SHEET, 0.16), 5 * size)


def back(c: Canvas, x: float, foot: float, size: float, coat: str, hair: str, skin: str) -> None:
    """A person seen from behind: shoulders and a head of hair."""
    c.rect(x - 22 * size, foot - 214 * size, 44 * size, 60 * size, mix(skin, "#000000", 0.12))
    c.shape(
        [(x - 122 * size, foot), *bow(x, foot - 70 * size, 112 * size, 112 * size, 180, 360), (x + 122 * size, foot)],
        coat,
    )
    c.oval(x - 55 * size, foot - 262 * size, 11 * size, 16 * size, skin)
    c.oval(x + 55 * size, foot - 262 * size, 11 * size, 16 * size, skin)
    c.oval(x, foot - 268 * size, 58 * size, 66 * size, hair)
    style = c.dice.randrange(4)
    if style == 0:
        c.dot(x, foot - 346 * size, 25 * size, hair)
    elif style == 1:
        c.rect(x - 58 * size, foot - 268 * size, 116 * size, 100 * size, hair, 26 * size)
    elif style == 2:
        c.shape(bow(x, foot - 246 * size, 46 * size, 46 * size, 20, 160), skin)


def daylight(c: Canvas, x: float, y: float, width: float, height: float) -> None:
    c.rect(x - 16, y - 16, width + 32, height + 32, SHEET)
    c.rect(x, y, width, height, LAKE[3])
    c.dot(x + width * 0.7, y + 90, 46, AMBER)
    c.shape(
        [
            (x, y + height),
            (x, y + height * 0.62),
            *smooth([(x + width * i / 4, y + height * (0.62 - 0.1 * (i % 2))) for i in range(5)]),
            (x + width, y + height),
        ],
        PINE[2],
    )
    c.rect(x + width / 2 - 7, y, 14, height, SHEET)
    c.rect(x, y + height / 2 - 7, width, 14, SHEET)
    c.rect(x - 34, y + height + 16, width + 68, 20, mix(SHEET, OCHRE[3], 0.5))


def arched_window(c: Canvas, x: float, y: float, width: float, height: float, wall: str) -> None:
    arch = [
        (x, y + height),
        *bow(x + width / 2, y + width / 2, width / 2, width / 2, 180, 360),
        (x + width, y + height),
    ]
    c.shape([(px + (px - x - width / 2) * 0.14, py + (py - y - height / 2) * 0.08) for px, py in arch], SHEET)
    c.shape(arch, mix(LAKE[2], LAKE[3], 0.55))
    c.shape(
        [
            (x, y + height),
            (x, y + height * 0.7),
            (x + width * 0.4, y + height * 0.56),
            (x + width, y + height * 0.76),
            (x + width, y + height),
        ],
        PINE[2],
    )
    c.dot(x + width * 0.66, y + height * 0.34, 36, SHEET)
    c.rect(x + width / 2 - 7, y, 14, height, SHEET)
    c.rect(x, y + height * 0.44, width, 12, SHEET)
    c.rect(x - 36, y + height + 14, width + 72, 24, mix(SHEET, OCHRE[3], 0.5))
