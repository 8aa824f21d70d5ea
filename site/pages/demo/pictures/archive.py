"""Old photographs, a letter and a camera on a table."""

from collections.abc import Callable

from .brush import (
    AMBER,
    BERRY,
    HEIGHT,
    INK,
    LAKE,
    OCHRE,
    PAPER,
    PINE,
    SHEET,
    SUNK,
    WIDTH,
    Canvas,
    bow,
    clear,
    mix,
    turned,
)

Scene = Callable[[Canvas, float, float, float, float, float], None]
SEPIA = (mix(OCHRE[1], INK, 0.3), OCHRE[1], mix(OCHRE[2], OCHRE[1], 0.4), OCHRE[2])


def archive(c: Canvas) -> None:
    table = c.pick((OCHRE[1], PINE[1], LAKE[1], BERRY[1]))
    c.rect(0, 0, WIDTH, HEIGHT, table)
    for y in range(-20, HEIGHT, 128):
        c.rect(0, y, WIDTH, 5, mix(table, "#000000", 0.22))
        for _ in range(5):
            x = c.between(0, WIDTH)
            c.rect(x, y + c.between(20, 110), c.between(60, 260), 3, mix(table, "#000000", 0.1))
    _card(c, 330, 300, 420, 300, c.between(-14, -6), _street)
    _card(c, 800, 250, 300, 400, c.between(-5, 6), _portrait)
    _card(c, 1230, 330, 430, 310, c.between(4, 14), _family)
    _card(c, 300, 720, 300, 390, c.between(4, 12), _portrait)
    _card(c, 690, 760, 400, 290, c.between(-9, -2), _river_view)
    _letter(c, 1110, 780, c.between(5, 10))
    _lens(c, c.between(800, 940), c.between(560, 620))
    _camera(c, 1420, 770)


def _card(c: Canvas, x: float, y: float, width: float, height: float, degrees: float, scene: Scene) -> None:
    half, tall = width / 2, height / 2
    for shift, colour in ((10, clear("#000000", 0.3)), (0, PAPER)):
        c.shape(
            turned([(-half, -tall), (half, -tall), (half, tall), (-half, tall)], x + shift, y + shift, degrees), colour
        )
    inner = [(-half + 22, -tall + 22), (half - 22, -tall + 22), (half - 22, tall - 22), (-half + 22, tall - 22)]
    c.shape(turned(inner, x, y, degrees), mix(OCHRE[3], SUNK, 0.3))
    scene(c, x, y, half - 22, tall - 22, degrees)
    for px, py in ((-half, -tall), (half, -tall), (half, tall), (-half, tall)):
        sx, sy = (40 if px < 0 else -40), (40 if py < 0 else -40)
        c.shape(turned([(px, py), (px + sx, py), (px, py + sy)], x, y, degrees), mix(OCHRE[0], INK, 0.4))


def _street(c: Canvas, x: float, y: float, half: float, tall: float, degrees: float) -> None:
    for i in range(4):
        left, top = -half + i * half / 2, -tall * (0.1 + 0.3 * (i % 2))
        wall = [(left, tall), (left, top), (left + half / 4, top - 44), (left + half / 2, top), (left + half / 2, tall)]
        c.shape(turned(wall, x, y, degrees), SEPIA[i % 3 + 1])
        for k in range(2):
            pane = [
                (left + 18 + k * 40, top + 20),
                (left + 40 + k * 40, top + 20),
                (left + 40 + k * 40, top + 56),
                (left + 18 + k * 40, top + 56),
            ]
            c.shape(turned(pane, x, y, degrees), SEPIA[0])
    c.shape(turned([(-half, tall), (-half, tall * 0.6), (half, tall * 0.72), (half, tall)], x, y, degrees), SEPIA[0])


def _portrait(c: Canvas, x: float, y: float, half: float, tall: float, degrees: float) -> None:
    _sitter(c, x, y, 0, tall, half / 108, degrees, c.dice.random() < 0.5)


def _family(c: Canvas, x: float, y: float, half: float, tall: float, degrees: float) -> None:
    for i, (at, size) in enumerate(((-0.6, 0.72), (0.58, 0.76), (-0.02, 0.66), (0.26, 0.44))):
        _sitter(c, x, y, half * at, tall, size, degrees, i % 2 == 0)


def _sitter(c: Canvas, x: float, y: float, at: float, foot: float, s: float, degrees: float, bonnet: bool) -> None:
    body = [
        (at - 92 * s, foot),
        (at - 84 * s, foot - 90 * s),
        (at - 40 * s, foot - 138 * s),
        (at + 40 * s, foot - 138 * s),
        (at + 84 * s, foot - 90 * s),
        (at + 92 * s, foot),
    ]
    c.shape(turned(body, x, y, degrees), SEPIA[0] if bonnet else SEPIA[1])
    head = foot - 192 * s
    hair = bow(at, head - 8 * s, 58 * s, 64 * s, 150 if bonnet else 180, 390 if bonnet else 360)
    c.shape(turned(bow(at, head, 48 * s, 58 * s, 0, 360), x, y, degrees), PAPER)
    c.shape(turned(hair, x, y, degrees), SEPIA[0])
    c.shape(turned(bow(at, head + 8 * s, 42 * s, 50 * s, 0, 360), x, y, degrees), mix(PAPER, OCHRE[3], 0.6))
    collar = [(at - 32 * s, foot - 138 * s), (at, foot - 96 * s), (at + 32 * s, foot - 138 * s)]
    c.shape(turned(collar, x, y, degrees), PAPER)


def _river_view(c: Canvas, x: float, y: float, half: float, tall: float, degrees: float) -> None:
    c.shape(
        turned(
            [
                (-half, tall),
                (-half, 0),
                (-half * 0.4, -tall * 0.5),
                (half * 0.2, -10),
                (half * 0.6, -tall * 0.4),
                (half, 0),
                (half, tall),
            ],
            x,
            y,
            degrees,
        ),
        SEPIA[2],
    )
    c.shape(turned([(-half, tall), (-half, tall * 0.3), (half, tall * 0.2), (half, tall)], x, y, degrees), SEPIA[3])
    hull = [(-90, tall * 0.5), (80, tall * 0.5), (60, tall * 0.5 + 30), (-70, tall * 0.5 + 30)]
    c.shape(turned(hull, x, y, degrees), SEPIA[0])
    c.shape(turned([(-20, tall * 0.5), (-20, -tall * 0.5), (66, tall * 0.4)], x, y, degrees), PAPER)


def _letter(c: Canvas, x: float, y: float, degrees: float) -> None:
    for shift, colour in ((9, clear("#000000", 0.28)), (0, SUNK)):
        c.shape(turned([(-170, -130), (170, -130), (170, 130), (-170, 130)], x + shift, y + shift, degrees), colour)
    c.shape(turned([(-170, -130), (170, -130), (0, 20)], x, y, degrees), mix(SUNK, OCHRE[2], 0.22))
    for i in range(4):
        c.line(turned([(-60, 40 + i * 22), (60 + 20 * (i % 2), 40 + i * 22)], x, y, degrees), 4, clear(INK, 0.4))
    stamp = [(96, 48), (150, 48), (150, 112), (96, 112)]
    c.shape(turned(stamp, x, y, degrees), BERRY[2])
    sx, sy = turned([(0, 16)], x, y, degrees)[0]
    c.dot(sx, sy, 30, BERRY[1])
    c.dot(sx, sy, 18, BERRY[2])


def _lens(c: Canvas, x: float, y: float) -> None:
    c.line([(x + 74, y + 74), (x + 196, y + 190)], 34, OCHRE[0])
    c.line([(x + 80, y + 76), (x + 190, y + 182)], 10, OCHRE[2])
    c.dot(x, y, 104, clear(LAKE[3], 0.4))
    c.shape(bow(x, y, 96, 96, 190, 280), clear(SHEET, 0.35))
    c.ring(x, y, 108, 20, AMBER)
    c.ring(x, y, 118, 5, OCHRE[1])


def _camera(c: Canvas, x: float, y: float) -> None:
    c.rect(x - 150, y - 92, 312, 232, clear("#000000", 0.3), 20)
    c.rect(x - 60, y - 136, 124, 54, INK, 10)
    c.rect(x - 160, y - 100, 312, 232, INK, 20)
    c.rect(x - 160, y - 44, 312, 120, mix(OCHRE[1], INK, 0.35))
    c.rect(x - 36, y - 124, 72, 26, mix(LAKE[3], LAKE[2], 0.4), 6)
    c.dot(x, y + 22, 92, PAPER)
    c.dot(x, y + 22, 80, INK)
    c.dot(x, y + 22, 56, LAKE[1])
    c.dot(x, y + 22, 30, LAKE[0])
    c.dot(x - 20, y + 2, 15, clear(SHEET, 0.7))
    c.dot(x + 112, y - 72, 16, AMBER)
    c.rect(x - 136, y - 118, 50, 20, PAPER, 6)
