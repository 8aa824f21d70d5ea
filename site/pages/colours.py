"""A city's own accent: contrast by WCAG 2.2, and the tokens that follow from one colour (static/css/tokens.css)."""

import hashlib

PAPER_LIGHT, PAPER_DARK = "#f8f3e8", "#111a20"
ENOUGH = 4.5


def accent_tokens(accent: str, paper: str) -> str:
    """The four custom properties that an accent on this ground asks for."""
    dark = paper == PAPER_DARK
    ember = mix(accent, "#ffffff" if dark else "#000000", 0.22)
    on_accent = max(("#fffdf7", "#231107"), key=lambda ink: contrast(ink, accent))
    tint = mix(accent, paper, 0.82)
    return f"--accent: {accent}; --ember: {ember}; --on-accent: {on_accent}; --accent-tint: {tint};"


def readable_on(colour: str, paper: str) -> str:
    """The same colour, made lighter step by step until text in it can be read upon the ground."""
    for step in range(20):
        candidate = mix(colour, "#ffffff", step / 20)
        if contrast(candidate, paper) >= ENOUGH:
            return candidate
    return "#ffffff"


def mix(one: str, other: str, share: float) -> str:
    """`share` of the other colour in the first, channel by channel."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def contrast(one: str, other: str) -> float:
    """From 1 to 21, for colours written like #b3420e."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
