"""Strokes as arrays in metres: what every step of tracing line work reads."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.model.linework import Linework, Stroke
from zonemap.model.plan import Point

Floats = NDArray[np.float64]
Geometries = NDArray[np.object_]

SPOT = 0.004  # metres: ends closer than this are one point; no plan is drawn finer


@dataclass(frozen=True, slots=True)
class Frame:
    """Leads from the file's units to metres near the origin, where floating point is finest, and back."""

    origin: Point
    metres_per_unit: float

    @classmethod
    def of(cls, linework: Linework, metres_per_unit: float) -> Frame:
        """The frame with the lower left corner of the sheet as its origin."""
        return cls((linework.box[0], linework.box[1]), metres_per_unit)

    def metres(self, points: Sequence[Point]) -> Floats:
        """Points in metres."""
        return (np.asarray(points, dtype=np.float64).reshape(-1, 2) - self.origin) * self.metres_per_unit

    def units(self, points: Floats) -> Floats:
        """Points in the file's own units."""
        return points / self.metres_per_unit + np.asarray(self.origin)


def is_closed(stroke: Stroke, points: Floats) -> bool:
    """Whether a stroke comes back to its beginning, said or drawn."""
    return len(points) > 2 and (stroke.closed or bool(np.hypot(*(points[0] - points[-1])) <= SPOT))


def lines_of(strokes: Iterable[Stroke], frame: Frame) -> Geometries:
    """Each stroke as a line string in metres; outlines are closed. Strokes without length are left out."""
    lines = []
    for stroke in strokes:
        points = frame.metres(stroke.points)
        if is_closed(stroke, points):
            points = np.vstack([points, points[:1]])
        if len(points) > 1 and float(np.ptp(points, axis=0).max()) > SPOT:
            lines.append(shapely.linestrings(points))
    return np.array(lines, dtype=object)


def segments_of(lines: Geometries) -> Floats:
    """The straight pieces of line strings, one a row: x0, y0, x1, y1. Those without length are left out."""
    if len(lines) == 0:
        return np.empty((0, 4))
    points, which = shapely.get_coordinates(lines, return_index=True)
    follows = which[1:] == which[:-1]
    rows = np.hstack([points[:-1], points[1:]])[follows]
    return rows[lengths(rows) > SPOT]


def lengths(segments: Floats) -> Floats:
    """The length of each row."""
    return np.asarray(np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1]))


def directions(segments: Floats) -> Floats:
    """The unit vector along each row."""
    return np.asarray((segments[:, 2:] - segments[:, :2]) / lengths(segments)[:, None])


def as_lines(segments: Floats) -> Geometries:
    """Rows as line strings."""
    return np.atleast_1d(np.asarray(shapely.linestrings(segments.reshape(-1, 2, 2)), dtype=object))


def turned(angle_degrees: float) -> Point:
    """The unit vector at an angle, counterclockwise from x."""
    angle = math.radians(angle_degrees)
    return math.cos(angle), math.sin(angle)
