"""From pixels to metres: two points on the picture and a length that somebody knows."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from zonemap.errors import Invalid
from zonemap.geometry.rings import REACH_MOST, grid_point
from zonemap.model.plan import Door, Floor, Picture, Point, Room, Scale

INCH, FOOT = 0.0254, 0.3048  # metres, exactly
LENGTH_LEAST, LENGTH_MOST = 0.1, 2_000.0  # metres between two points on a plan
_PIXELS_LEAST = 20.0  # a shorter line is measured too roughly: one pixel is 5 %
_EXAMPLE = "Write it like 12 ft 6 in, 12' 6\", 3.8 m or 380 cm."

_NUMBER = r"(\d+(?:[.,]\d+)?|[.,]\d+)"
_FEET = r"(?:ft|feet|foot|')\.?"
_INCHES = r'(?:inches|inch|in|")\.?'
_FEET_INCHES = re.compile(
    rf"(?:{_NUMBER}\s*{_FEET})?\s*-?\s*(?:(?:(\d+)[\s-]+)?(\d+)/(\d+)\s*{_INCHES}|{_NUMBER}\s*{_INCHES})?"
)
_METRIC = re.compile(rf"{_NUMBER}\s*(mm|cm|m|millimet(?:re|er)s?|centimet(?:re|er)s?|met(?:re|er)s?)\.?")
_METRES = {"mm": 0.001, "cm": 0.01, "m": 1.0, "mi": 0.001, "ce": 0.01, "me": 1.0}
_QUOTES = str.maketrans({"\u2019": "'", "\u2032": "'", "\u2018": "'", "\u201d": '"', "\u2033": '"', "\u201c": '"'})


def parse_length(text: str) -> float:
    """A length in metres from words such as ``12' 6"``, ``12 ft 6 1/2 in``, ``3.8 m`` or ``380 cm``.

    Raises Invalid with an example where it can't be read, has no unit, or is no length of a building.
    """
    plain = " ".join(text.translate(_QUOTES).replace("''", '"').lower().split())
    metres = _metric(plain)
    if metres is None:
        metres = _imperial(plain)
    if metres is None:
        unit = " Say feet or metres." if re.fullmatch(_NUMBER, plain) else ""
        raise Invalid(f"This length can't be read.{unit} {_EXAMPLE}")
    if not LENGTH_LEAST <= metres <= LENGTH_MOST:
        raise Invalid(f"This length is {metres:,.2f} m. It must be between 10 cm and 2 km. {_EXAMPLE}")
    return metres


def metres_per_pixel(first: Point, second: Point, length: float) -> float:
    """How long a pixel is: two points in pixels, and the metres between them. Raises Invalid where they are close."""
    pixels = _pixels(first, second)
    if not (math.isfinite(length) and LENGTH_LEAST <= length <= LENGTH_MOST):
        raise Invalid(f"The length must be between 10 cm and 2 km. {_EXAMPLE}")
    return length / pixels


def check_error(scale: float, first: Point, second: Point, length: float) -> float:
    """How far a second measured length is off, as a part of it: 0.01 where the plan says 1 % more than it is."""
    if not (math.isfinite(length) and length > 0):
        raise Invalid(f"The second length must be more than nothing. {_EXAMPLE}")
    return _pixels(first, second) * scale / length - 1


def rescaled(floor: Floor, scale: Scale) -> Floor:
    """The floor at another scale: every coordinate grows with the pixel, so that rooms stay on their lines.

    Raises Invalid where the new scale is no length, or would put a corner off any sheet.
    """
    if not (math.isfinite(scale.metres_per_pixel) and scale.metres_per_pixel > 0):
        raise Invalid("A pixel must be longer than nothing. Measure again.")
    if floor.scale is None or floor.scale.metres_per_pixel == scale.metres_per_pixel:
        return replace(floor, scale=scale)
    factor = scale.metres_per_pixel / floor.scale.metres_per_pixel
    return replace(
        floor,
        scale=scale,
        rooms=tuple(_grown_room(room, factor) for room in floor.rooms),
        doors=tuple(_grown_door(door, factor) for door in floor.doors),
    )


def sheet_point(picture: Picture, scale: Scale, column: float, row: float) -> Point:
    """Metres on the sheet of a pixel: column from the left, row from the top."""
    return grid_point(column * scale.metres_per_pixel, (picture.height_px - row) * scale.metres_per_pixel)


def _grown_room(room: Room, factor: float) -> Room:
    holes = tuple(tuple(_grown(point, factor) for point in hole) for hole in room.holes)
    return replace(room, ring=tuple(_grown(point, factor) for point in room.ring), holes=holes)


def _grown_door(door: Door, factor: float) -> Door:
    return replace(door, jambs=(_grown(door.jambs[0], factor), _grown(door.jambs[1], factor)))


def _grown(point: Point, factor: float) -> Point:
    x, y = point[0] * factor, point[1] * factor
    if max(abs(x), abs(y)) > REACH_MOST:
        raise Invalid("At this scale the floor would be larger than any building. Check the length and its unit.")
    return grid_point(x, y)


def _pixels(first: Point, second: Point) -> float:
    pixels = math.dist(first, second)
    if not math.isfinite(pixels) or pixels < _PIXELS_LEAST:
        raise Invalid("The two points are too close together. Choose two that lie far apart: the error gets smaller.")
    return pixels


def _metric(plain: str) -> float | None:
    found = _METRIC.fullmatch(plain)
    if found is None:
        return None
    unit = found[2]
    return _number(found[1]) * (_METRES[unit] if unit in _METRES else _METRES[unit[:2]])


def _imperial(plain: str) -> float | None:
    found = _FEET_INCHES.fullmatch(plain)
    if found is None or not plain:
        return None
    feet, whole, over, under, inches = found.groups()
    if under is not None and int(under) == 0:
        return None
    fraction = int(over) / int(under) if under is not None else 0.0
    return _number(feet) * FOOT + (_number(inches) + int(whole or 0) + fraction) * INCH


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", "."))
