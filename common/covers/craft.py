"""What hands make: carved window frames, woven towels, parquet."""

from common.covers.dice import Dice
from common.covers.shapes import HEIGHT, WIDTH, Colours, ground, number, path

STITCH = 10
TILE = 80


def lace(dice: Dice, colours: Colours) -> list[str]:
    deep, middle, light, paper, spark = colours
    wall, wood, third = dice.pick(
        [(deep, paper, middle), (middle, paper, deep), (light, deep, middle), (paper, deep, middle)]
    )
    step = dice.pick([64, 80, 128])
    parts, y, row = [ground(wall)], 0.0, 0
    while y < HEIGHT:
        shape, rail = dice.whole(0, 3), dice.between(14, 34)
        parts.append(path(_board(shape, y, rail, step), (wood, wood, spark, wood, third)[row % 5]))
        parts.append(path(_holes(y + rail + step * 0.14, step), wall))
        y, row = y + rail + step / 2 * (1.5 if shape == 3 else 1.3), row + 1
    return parts


def _board(shape: int, y: float, rail: float, step: int) -> str:
    """A rail whose lower edge is cut into scallops, teeth, drops or steps."""
    r, times = number(step / 2), WIDTH // step
    half, drop, quarter = number(step / 4), number(step * 0.55), number(step / 4)
    edge = (
        f"a{r} {r} 0 0 1-{step} 0",
        f"l-{r} {r}-{r}-{r}",
        f"h-{half}q0 {drop}-{half} {drop}t-{half}-{drop}h-{half}",
        f"h-{quarter}v{quarter}h-{quarter}v{quarter}h-{quarter}v-{quarter}h-{quarter}v-{quarter}",
    )[shape]
    return f"M0 {number(y)}h{WIDTH}v{number(rail)}" + edge * times + "z"


def _holes(y: float, step: int) -> str:
    size = max(5, step * 0.08)
    eye, twice = number(size), number(2 * size)
    hole = f"m{step} 0m-{eye} 0a{eye} {eye} 0 1 0 {twice} 0a{eye} {eye} 0 1 0-{twice} 0m{eye} 0"
    return f"M-{number(step / 2)} {number(y)}" + hole * (WIDTH // step)


def stitch(dice: Dice, colours: Colours) -> list[str]:
    deep, middle, light, paper, spark = colours
    cloth, thread, second = dice.pick(
        [(paper, deep, spark), (deep, paper, spark), (light, deep, middle), (middle, paper, deep)]
    )
    half = dice.pick([7, 8, 9])
    period = 2 * half
    parts = [ground(cloth)]
    for row, cells in enumerate(_towel(dice, half)):
        lines = "".join(f"M0 {y * STITCH + STITCH // 2}h{WIDTH}" for y in _rows_alike(row, period))
        for colour, low, high in ((thread, 148, 256), (second, 124, 148)):
            inked = [low <= value < high for value in cells]
            if any(inked):
                parts.append(path(lines, "none", _dashes(inked, colour)))
    return parts


def _towel(dice: Dice, half: int) -> list[list[int]]:
    """Mirrored along both axes and both diagonals, as on a woven towel: no letter or sign can come out by chance."""
    period = 2 * half
    grid = [[dice.byte() for _ in range(half + 1)] for _ in range(half + 1)]
    columns = [min(x, period - x) for x in range(period)]
    return [[grid[min(row, column)][max(row, column)] for column in columns] for row in range(half + 1)]


def _rows_alike(row: int, period: int) -> list[int]:
    """Dashes start again on every line, so one path draws all the lines that look alike."""
    return [y for y in range(-(-HEIGHT // STITCH)) if min(y % period, period - y % period) == row]


def _dashes(inked: list[bool], colour: str) -> str:
    runs, last = [0], True
    for on in inked:
        if on == last:
            runs[-1] += STITCH
        else:
            runs.append(STITCH)
        last = on
    dashes = " ".join(map(str, runs if len(runs) % 2 == 0 else [*runs, 0]))
    return f' stroke="{colour}" stroke-width="{STITCH}" stroke-dasharray="{dashes}" shape-rendering="crispEdges"'


def parquet(dice: Dice, colours: Colours) -> list[str]:
    deep, middle, light, paper, spark = colours
    floor, one, two = dice.pick(
        [(deep, light, middle), (light, deep, middle), (middle, paper, deep), (paper, middle, deep)]
    )
    layers = {one: "", two: "", spark: ""}
    for y in range(0, HEIGHT, TILE):
        for x in range(0, WIDTH, TILE):
            layers[dice.pick([one, one, two, two, spark])] += dice.pick(_tiles(x, y))
    return [ground(floor)] + [path(d, colour) for colour, d in layers.items() if d]


def _tiles(x: int, y: int) -> list[str]:
    t, half = TILE, TILE // 2
    return [
        f"M{x} {y}h{t}a{t} {t} 0 0 1-{t} {t}z",
        f"M{x + t} {y}v{t}a{t} {t} 0 0 1-{t}-{t}z",
        f"M{x + t} {y + t}h-{t}a{t} {t} 0 0 1 {t}-{t}z",
        f"M{x} {y + t}v-{t}a{t} {t} 0 0 1 {t} {t}z",
        f"M{x} {y + half}a{half} {half} 0 0 1 {t} 0z",
    ]
