"""Contrast of two colours by WCAG 2.2, and the grounds an accent stands on (static/css/tokens.css, --paper)."""

PAPER_LIGHT, PAPER_DARK = "#f8f3e8", "#111a20"


def contrast(one: str, other: str) -> float:
    """From 1 to 21, for colours written like #b3420e."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
