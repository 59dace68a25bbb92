"""From metres with y up to the units of a drawing with y down: millimetres on paper, plan units on a screen."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from zonemap.drawing.boxes import Box
from zonemap.errors import Invalid
from zonemap.model.plan import Floor, Point, Ring, Room

Window = tuple[float, float, float, float]  # left, low, right, top in metres
_SCREEN_WIDTH, _SCREEN_MARGIN, _SCREEN_MOST = 560.0, 22.0, 30.0  # units, units, units a metre
PAPER_MARGIN, WIDE_MARGIN = 11.0, 14.0  # millimetres: the plate of an entrance stands there, or the word EXIT
_HAIR = 1.0
_STEPS = (*range(25, 300, 25), *range(300, 500, 50), *range(500, 1000, 100), *range(1000, 5001, 250))


@dataclass(frozen=True, slots=True)
class View:
    """What part of the sheet is shown, and how large. ``unit`` is the drawing's units in a metre."""

    left: float
    top: float
    unit: float
    margin: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a drawn point lies on the sheet."""
        return 0 <= x <= self.width and 0 <= y <= self.height

    def shows(self, box: Box) -> bool:
        """Whether a box lies on the sheet, all but a hair's breadth of it."""
        left, top, right, bottom = box
        return left >= -_HAIR and top >= -_HAIR and right <= self.width + _HAIR and bottom <= self.height + _HAIR

    @property
    def denominator(self) -> float:
        """The n of a scale 1:n, where a unit is a millimetre."""
        return 1000 / self.unit

    def point(self, point: Point) -> Point:
        """A point in metres, as drawn."""
        return (point[0] - self.left) * self.unit + self.margin, (self.top - point[1]) * self.unit + self.margin

    def points(self, points: Iterable[Point]) -> Ring:
        """Points in metres, as drawn."""
        left, top, unit, margin = self.left, self.top, self.unit, self.margin
        return tuple([((x - left) * unit + margin, (top - y) * unit + margin) for x, y in points])


def screen_view(floor: Floor) -> View:
    """The whole floor, as wide as plan.css expects. Raises Invalid where there is no room to draw."""
    left, low, right, top = bounds(floor)
    unit = min((_SCREEN_WIDTH - 2 * _SCREEN_MARGIN) / (right - left), _SCREEN_MOST)
    return _view((left, low, right, top), unit, _SCREEN_MARGIN)


def paper_view(
    floor: Floor,
    width_mm: float,
    height_mm: float | None,
    window: Window | None = None,
    margin: float = PAPER_MARGIN,
) -> View:
    """The whole floor, or a window of it, at the largest round scale that fits the box.

    Raises Invalid where there is no room to draw.
    """
    left, low, right, top = window or bounds(floor)
    unit = (width_mm - 2 * margin) / (right - left)
    if height_mm is not None:
        unit = min(unit, (height_mm - 2 * margin) / (top - low))
    if unit <= 0:
        raise Invalid(f"A plan needs more than {2 * margin:.0f} mm each way. Choose a larger paper.")
    return _view((left, low, right, top), 1000 / _round_scale(1000 / unit), margin)


def _view(window: Window, unit: float, margin: float) -> View:
    left, low, right, top = window
    width, height = (right - left) * unit + 2 * margin, (top - low) * unit + 2 * margin
    return View(left, top, unit, margin, round(width, 2), round(height, 2))


def bounds(floor: Floor) -> Window:
    """The least window that holds all rooms, in metres. Raises Invalid where there is no room."""
    corners = [corner for room in floor.rooms for corner in room.ring]
    if not corners:
        raise Invalid("There is no room to draw on this floor. Draw its rooms and mark them first.")
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _round_scale(denominator: float) -> float:
    return next((step for step in _STEPS if step >= denominator - 1e-9), denominator)


def turned(floor: Floor, degrees: float) -> Floor:
    """The floor turned counterclockwise about the sheet's origin, north with it. Quarter turns are exact."""
    if degrees % 360 == 0:
        return floor

    def turn(point: Point) -> Point:
        return turned_point(point, degrees)

    def ring(points: Ring) -> Ring:
        return tuple(map(turn, points))

    return replace(
        floor,
        rooms=tuple(replace(room, ring=ring(room.ring), holes=tuple(map(ring, room.holes))) for room in floor.rooms),
        doors=tuple(replace(door, jambs=(turn(door.jambs[0]), turn(door.jambs[1]))) for door in floor.doors),
        waiting_spot=turn(floor.waiting_spot) if floor.waiting_spot else None,
        north=None if floor.north is None else (floor.north - degrees) % 360,
    )


def within(floor: Floor, window: Window, margin: float = 2.0) -> Floor:
    """The floor with the rooms that a window shows, and those ``margin`` metres around it, and their doors."""
    left, low, right, top = window[0] - margin, window[1] - margin, window[2] + margin, window[3] + margin

    def shown(room: Room) -> bool:
        xs, ys = [x for x, _ in room.ring], [y for _, y in room.ring]
        return min(xs) < right and max(xs) > left and min(ys) < top and max(ys) > low

    rooms = tuple(filter(shown, floor.rooms))
    known = {room.id for room in rooms} | {None}
    return replace(floor, rooms=rooms, doors=tuple(door for door in floor.doors if known.issuperset(door.rooms)))


def turned_point(point: Point, degrees: float) -> Point:
    """A point turned as ``turned`` turns a floor."""
    (x, y), (cos, sin) = point, _cos_sin(degrees)
    return round(x * cos - y * sin, 4), round(x * sin + y * cos, 4)


def turned_window(window: Window, degrees: float) -> Window:
    """The least upright window around a turned one."""
    left, low, right, top = window
    corners = [turned_point(corner, degrees) for corner in ((left, low), (right, low), (right, top), (left, top))]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


@lru_cache(maxsize=64)
def _cos_sin(degrees: float) -> tuple[float, float]:
    quarter, rest = divmod(degrees, 90.0)
    if rest == 0:
        return ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarter) % 4]
    return math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
