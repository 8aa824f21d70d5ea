"""The sheet, the colours of each kind, and the few SVG shapes that patterns are made of."""

WIDTH, HEIGHT = 640, 400

Colours = tuple[str, str, str, str, str]

# deep, middle, light, paper, spark
PALETTES: dict[str, Colours] = {
    "news": ("#124566", "#3b83a9", "#b9d6e2", "#f5ecdb", "#e7823c"),
    "course": ("#1e4d37", "#4f8d66", "#c3dabb", "#f5ecdb", "#e8b04a"),
    "event": ("#84223a", "#c65663", "#f0c6b8", "#f8eddc", "#f0b155"),
    "organisation": ("#6f450f", "#c48a2e", "#efd7a4", "#f8efdc", "#2f7394"),
    "discussion": ("#4a3460", "#8b6aa2", "#dacbe0", "#f6ecdd", "#e38d49"),
}


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def path(d: str, fill: str = "none", extra: str = "") -> str:
    return f'<path fill="{fill}" d="{d}"{extra}/>'


def circle(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(r)}" fill="{fill}"/>'


def rect(x: float, y: float, w: float, h: float, fill: str, extra: str = "") -> str:
    return f'<rect x="{number(x)}" y="{number(y)}" width="{number(w)}" height="{number(h)}" fill="{fill}"{extra}/>'


def ground(colour: str) -> str:
    return rect(0, 0, WIDTH, HEIGHT, colour)
