"""How far apart two points of a city are. Pure functions."""

import math

from search.wanted import Position

KILOMETRES_PER_DEGREE = 111.2


def distance(here: Position, latitude: float | None, longitude: float | None) -> float:
    """In kilometres, on a map that is flat as far as a city reaches; infinite where nobody knows where it is."""
    if latitude is None or longitude is None:
        return math.inf
    narrower = math.cos(math.radians((here.latitude + latitude) / 2))
    return KILOMETRES_PER_DEGREE * math.hypot(latitude - here.latitude, (longitude - here.longitude) * narrower)
