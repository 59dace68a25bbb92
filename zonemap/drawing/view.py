"""From metres with y up to the units of a drawing with y down: millimetres on paper, plan units on a screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from zonemap.errors import Invalid
from zonemap.model.plan import Floor, Point, Ring

_SCREEN_WIDTH, _SCREEN_MARGIN, _SCREEN_MOST = 560.0, 22.0, 30.0  # units, units, units a metre
_PAPER_MARGIN = 8.0  # millimetres: the plate of an entrance stands there
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

    @property
    def denominator(self) -> float:
        """The n of a scale 1:n, where a unit is a millimetre."""
        return 1000 / self.unit

    def point(self, point: Point) -> Point:
        """A point in metres, as drawn."""
        return (point[0] - self.left) * self.unit + self.margin, (self.top - point[1]) * self.unit + self.margin

    def points(self, points: Iterable[Point]) -> Ring:
        """Points in metres, as drawn."""
        return tuple(self.point(point) for point in points)


def screen_view(floor: Floor) -> View:
    """The whole floor, as wide as plan.css expects. Raises Invalid where there is no room to draw."""
    left, low, right, top = _bounds(floor)
    unit = min((_SCREEN_WIDTH - 2 * _SCREEN_MARGIN) / (right - left), _SCREEN_MOST)
    return _view((left, low, right, top), unit, _SCREEN_MARGIN)


def paper_view(floor: Floor, width_mm: float, height_mm: float | None) -> View:
    """The whole floor at the largest round scale that fits the box. Raises Invalid where there is no room to draw."""
    left, low, right, top = _bounds(floor)
    unit = (width_mm - 2 * _PAPER_MARGIN) / (right - left)
    if height_mm is not None:
        unit = min(unit, (height_mm - 2 * _PAPER_MARGIN) / (top - low))
    if unit <= 0:
        raise Invalid(f"A plan needs more than {2 * _PAPER_MARGIN:.0f} mm each way. Choose a larger paper.")
    return _view((left, low, right, top), 1000 / _round_scale(1000 / unit), _PAPER_MARGIN)


def _view(bounds: tuple[float, float, float, float], unit: float, margin: float) -> View:
    left, low, right, top = bounds
    width, height = (right - left) * unit + 2 * margin, (top - low) * unit + 2 * margin
    return View(left, top, unit, margin, round(width, 2), round(height, 2))


def _bounds(floor: Floor) -> tuple[float, float, float, float]:
    corners = [corner for room in floor.rooms for corner in room.ring]
    if not corners:
        raise Invalid("There is no room to draw on this floor. Draw its rooms and mark them first.")
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _round_scale(denominator: float) -> float:
    return next((step for step in _STEPS if step >= denominator - 1e-9), denominator)
