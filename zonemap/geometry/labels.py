"""Where a name fits inside a room, and how large it may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import shapely

from zonemap.geometry.rings import grid_point
from zonemap.geometry.shapes import Shape, shape_of, shape_polygons
from zonemap.model.plan import GRID, Point, Ring, Room

_WIDER = 2.0  # a label is about twice as wide as it is high, so the best place is that of a flat ellipse
_TOLERANCE = 0.05  # metres
_HALF_HEIGHT = 0.7071  # of the ellipse's half height: the tallest box of good width inside it
_PRECISION = 3
_AWAY = 1.8  # metres from the middle of a label to a mark beside it
_MARK = 0.5  # metres that a mark keeps from the walls


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """The middle of a free box inside the room, and its size; all in metres."""

    point: Point
    width: float
    height: float


def label_point(ring: Ring) -> Point:
    """The best point inside the ring for the middle of a label, in L-shapes too, where the centroid lies outside."""
    return label_places([(ring,)])[0].point


def beside_label(room: Room) -> Point:
    """A place in the room for a mark that leaves the label free: below it, above it, beside it; else in its middle."""
    x, y = label_point(room.ring)
    inner = shapely.buffer(shape_polygons([shape_of(room)])[0], -_MARK)
    for away in (_AWAY, _AWAY / 2):
        for place in ((x, y - away), (x, y + away), (x + 1.5 * away, y), (x - 1.5 * away, y)):
            if inner.covers(shapely.Point(place)):
                return grid_point(*place)
    return grid_point(x, y)


def label_places(shapes: Iterable[Shape]) -> list[LabelPlace]:
    """For each shape the best free box for a label, about twice as wide as high where the room allows it."""
    shapes = list(shapes)
    solid = shape_polygons(shapes)
    boxes = shapely.bounds(solid).tolist() if shapes else []
    filled = [_box(box) if _fills(shape, box) else None for shape, box in zip(solid, boxes, strict=True)]
    searched = iter(_searched([shape for shape, box in zip(shapes, filled, strict=True) if box is None]))
    return [next(searched) if box is None else box for box in filled]


def _fills(shape: shapely.Polygon, box: list[float]) -> bool:
    left, low, right, high = box
    return abs(float(shape.area) - (right - left) * (high - low)) < GRID


def _box(box: list[float]) -> LabelPlace:
    """The whole of a rectangular room: most rooms are one, and need no search."""
    left, low, right, high = box
    middle = round((left + right) / 2, _PRECISION), round((low + high) / 2, _PRECISION)
    return LabelPlace(middle, round(right - left, _PRECISION), round(high - low, _PRECISION))


def _searched(shapes: list[Shape]) -> list[LabelPlace]:
    if not shapes:
        return []
    tall = shapely.transform(shape_polygons(shapes), _stretched)
    radii = shapely.maximum_inscribed_circle(tall, tolerance=_TOLERANCE)
    middles = shapely.get_coordinates(radii).tolist()[::2]
    lengths = shapely.length(radii).tolist()
    return [
        _place(shape, (x, y / _WIDER), length / _WIDER)
        for shape, (x, y), length in zip(shapes, middles, lengths, strict=True)
    ]


def free_span(shape: Shape, low: float, high: float, x: float) -> tuple[float, float]:
    """Where the band from y = ``low`` to ``high`` is free about ``x``, as (left, right).

    Both are ``x`` where an edge of the shape is in the way, or where the band's middle lies outside it.
    """
    left, right, middle, before = float("-inf"), float("inf"), (low + high) / 2, 0
    for (ax, ay), (bx, by) in chain.from_iterable(zip(ring, (*ring[1:], ring[0]), strict=True) for ring in shape):
        if max(ay, by) <= low or min(ay, by) >= high:
            continue
        first, second = sorted(_within(ax, ay, bx, by, low, high))
        if second <= x:
            left = max(left, second)
            before += (ay > middle) is not (by > middle)
        elif first >= x:
            right = min(right, first)
        else:
            return x, x
    return (left, right) if before % 2 else (x, x)


def _stretched(coordinates: Any) -> Any:
    return coordinates * (1.0, _WIDER)


def _place(shape: Shape, middle: Point, half_height: float) -> LabelPlace:
    x, y = middle
    half = half_height * _HALF_HEIGHT
    left, right = free_span(shape, y - half, y + half, x)
    return LabelPlace(
        (round((left + right) / 2, _PRECISION), round(y, _PRECISION)),
        round(right - left, _PRECISION),
        round(2 * half, _PRECISION),
    )


def _within(ax: float, ay: float, bx: float, by: float, low: float, high: float) -> tuple[float, float]:
    """The x of both ends of the part of an edge that lies between two levels."""
    if ay == by:
        return ax, bx
    slope = (bx - ax) / (by - ay)
    return ax + (min(max(ay, low), high) - ay) * slope, ax + (min(max(by, low), high) - ay) * slope
