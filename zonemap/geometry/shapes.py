"""Rooms as shapely polygons, made in one call for a whole floor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely

from zonemap.model.plan import Floor, Point, Ring, Room

_SLIVER = 1e-6  # square metres
Shape = tuple[Ring, ...]  # a ring, and the holes in it


def polygons(rings: Iterable[Ring]) -> list[shapely.Polygon]:
    """One polygon for each ring, in order. The rings are taken to be valid (see ``rings.valid_ring``)."""
    outlines = _linear_rings(rings)
    return list(shapely.polygons(outlines)) if outlines else []


def shape_polygons(shapes: Iterable[Shape]) -> list[shapely.Polygon]:
    """One polygon with its holes for each shape, in order."""
    shapes = list(shapes)
    if not any(len(shape) > 1 for shape in shapes):
        return polygons(ring for ring, *_ in shapes)
    owners = [owner for owner, shape in enumerate(shapes) for _ in shape]
    return list(shapely.polygons(_linear_rings(ring for shape in shapes for ring in shape), indices=owners))


def shape_of(room: Room) -> Shape:
    """The room's ring and its holes."""
    return (room.ring, *room.holes)


def outlines_of(rooms: Iterable[Room]) -> list[shapely.Geometry]:
    """The walls of each room as one line, those around its holes too, in order."""
    shapes = room_polygons(rooms)
    return list(shapely.boundary(shapes)) if shapes else []


def room_polygons(rooms: Iterable[Room]) -> list[shapely.Polygon]:
    """One polygon for each room, in order."""
    return shape_polygons(map(shape_of, rooms))


def clipped(shape: Shape, window: tuple[float, float, float, float]) -> Shape | None:
    """The largest part of the shape that lies in the window (left, low, right, high); None where none does."""
    parts = shapely.get_parts(shapely.clip_by_rect(shape_polygons([shape])[0], *window)).tolist()
    areas = [part for part in parts if isinstance(part, shapely.Polygon) and not part.is_empty]
    if not areas:
        return None
    largest = max(areas, key=lambda part: part.area)
    return tuple(tuple((x, y) for x, y in ring.coords[:-1]) for ring in (largest.exterior, *largest.interiors))


def shared(first: Sequence[shapely.Polygon], second: Sequence[shapely.Polygon]) -> list[shapely.Geometry]:
    """What the shapes of each pair share, in order; empty where that is less than 1 mm2.

    Two boxes that stand level, which most rooms and walls are, are never cut: their sides tell.
    """
    if not first:
        return []
    boxes = shapely.bounds(first), shapely.bounds(second)
    low, high = np.maximum(boxes[0][:, :2], boxes[1][:, :2]), np.minimum(boxes[0][:, 2:], boxes[1][:, 2:])
    near = np.all(high > low, axis=1) & (np.prod(high - low, axis=1) > _SLIVER)
    level = near & _fill(first, boxes[0]) & _fill(second, boxes[1])
    found = np.full(len(first), shapely.Polygon(), dtype=object)
    found[level] = shapely.box(*low[level].T, *high[level].T)
    cut = near & ~level
    found[cut] = shapely.intersection(np.asarray(first)[cut], np.asarray(second)[cut])
    return list(found)


def _fill(shapes: Sequence[shapely.Polygon], boxes: Any) -> Any:
    """Which of the shapes are the whole of their box."""
    return np.abs(shapely.area(shapes) - np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)) < _SLIVER


def room_at(floor: Floor, point: Point) -> Room | None:
    """The room in which a point lies, or None."""
    place = shapely.Point(point)
    return next(
        (room for room, shape in zip(floor.rooms, room_polygons(floor.rooms), strict=True) if shape.covers(place)), None
    )


def _linear_rings(rings: Iterable[Ring]) -> list[shapely.LinearRing]:
    coordinates: list[tuple[float, float]] = []
    owners: list[int] = []
    for owner, ring in enumerate(rings):
        coordinates += (*ring, ring[0])
        owners += [owner] * (len(ring) + 1)
    return list(shapely.linearrings(coordinates, indices=owners)) if coordinates else []


def pairs(found: Any) -> Iterable[tuple[int, int]]:
    """What ``STRtree.query`` found for many shapes, as (shape, tree item) index pairs in a stable order."""
    first, second = found.tolist()
    return sorted(zip(first, second, strict=True))


def at(items: Sequence[Any], places: Iterable[int]) -> list[Any]:
    """The items at these places, in that order."""
    return [items[place] for place in places]
