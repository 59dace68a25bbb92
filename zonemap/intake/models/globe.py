"""Longitude and latitude as local metres. A building is small: a flat grid around its middle is good enough.

Over 500 m the grid is off by under 0.3 %, which is less than anybody measures a room by.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import fmean

from zonemap.model.draft import Anchor
from zonemap.model.plan import Point

_EQUATOR_DEGREE = 111_319.49079327358  # metres: WGS 84's equator, divided by 360
_MERIDIAN = 0.99832  # a degree of latitude is on average this part of it


def anchored(points: Iterable[Sequence[float]]) -> Anchor:
    """The anchor in the middle of these longitudes and latitudes."""
    listed = list(points)
    return anchored_at(fmean(point[0] for point in listed), fmean(point[1] for point in listed))


def anchored_at(longitude: float, latitude: float) -> Anchor:
    """The anchor at one place."""
    across = _EQUATOR_DEGREE * math.cos(math.radians(latitude))
    return Anchor(longitude, latitude, (across, _EQUATOR_DEGREE * _MERIDIAN))


def local(anchor: Anchor, position: Sequence[float]) -> Point:
    """A longitude and latitude in metres from the anchor, x east, y north."""
    across, up = anchor.metres_per_degree
    return (position[0] - anchor.longitude) * across, (position[1] - anchor.latitude) * up


def is_degrees(position: Sequence[float]) -> bool:
    """Whether two numbers can be a longitude and a latitude at all."""
    return abs(position[0]) <= 180 and abs(position[1]) <= 90
