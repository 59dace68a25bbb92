"""Flights of stairs among outlines: long, as wide as people walk, and running between two strings or walls."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.tracing.lines_strokes import Floats, Geometries, directions, lengths

_WIDTH = (0.75, 1.8)  # metres
_LENGTH = (2.0, 9.0)
_SLIM = 1.7  # times its width that a flight is long at least
_BESIDE = 0.1  # metres between a flight and what it runs along
_ALONG = 0.8  # of a long side that must have something beside it


def flights_among(shapes: Geometries, lines: Floats) -> Geometries:
    """The shapes that are flights: oblong, with a line other than their own beside both long sides."""
    if len(shapes) == 0 or len(lines) == 0:
        return shapes[:0]
    boxes = shapely.oriented_envelope(shapes)
    oblong = (shapely.get_num_coordinates(boxes) == 5) & (shapely.area(shapes) > 0.9 * shapely.area(boxes))
    found = [shape for shape, box in zip(shapes[oblong], boxes[oblong], strict=True) if _is_flight(box, lines)]
    return np.array(found, dtype=object)


def _is_flight(box: shapely.Polygon, lines: Floats) -> bool:
    points = shapely.get_coordinates(box)
    sides = np.hstack([points[:-1], points[1:]])
    span = lengths(sides)
    width, length = float(span.min()), float(span.max())
    if not (_WIDTH[0] <= width <= _WIDTH[1] and _LENGTH[0] <= length <= _LENGTH[1] and length >= _SLIM * width):
        return False
    return all(_accompanied(side, lines) for side in sides[np.isclose(span, length)])


def _accompanied(side: Floats, lines: Floats) -> bool:
    """Whether other lines run beside most of a side, close to it but not on it."""
    row = side[None]
    along, span = directions(row)[0], float(lengths(row)[0])
    across = np.array([-along[1], along[0]])
    parallel = np.abs(directions(lines) @ along) > 0.998
    off = np.abs((lines[:, :2] - side[:2]) @ across)
    near = lines[parallel & (off > 0.005) & (off <= _BESIDE)]
    if len(near) == 0:
        return False
    ends = np.sort(np.stack([(near[:, :2] - side[:2]) @ along, (near[:, 2:] - side[:2]) @ along]), axis=0)
    return _covered(np.clip(ends, 0.0, span)) >= _ALONG * span


def _covered(ends: NDArray[np.float64]) -> float:
    """The length that intervals (rows: beginnings, ends) cover together."""
    begins, stops = ends
    order = np.argsort(begins)
    reached, total = -np.inf, 0.0
    for begin, stop in zip(begins[order].tolist(), stops[order].tolist(), strict=True):
        total += max(0.0, stop - max(begin, reached))
        reached = max(reached, stop)
    return total
