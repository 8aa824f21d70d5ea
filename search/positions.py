"""Where somebody wants to be near: the centre of a district, or the place where they are."""

import re

from common.models import District
from search.wanted import Position

DEGREES = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?),(-?\d{1,3}(?:\.\d{1,8})?)")


def position_of(near: str) -> Position | None:
    """None where nobody knows: no such district, one without a centre, degrees of no place on earth."""
    degrees = DEGREES.fullmatch(near)
    if degrees:
        position = Position(float(degrees[1]), float(degrees[2]))
        return position if abs(position.latitude) <= 90 and abs(position.longitude) <= 180 else None
    for one in District.objects.filter(slug=near) if near else ():
        if one.latitude is not None and one.longitude is not None:
            return Position(one.latitude, one.longitude)
    return None
