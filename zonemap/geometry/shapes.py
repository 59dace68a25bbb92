"""Rooms as shapely polygons, made in one call for a whole floor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import shapely

from zonemap.model.plan import Ring, Room


def polygons(rings: Iterable[Ring]) -> list[shapely.Polygon]:
    """One polygon for each ring, in order. The rings are taken to be valid (see ``rings.valid_ring``)."""
    outlines = _linear_rings(rings)
    return list(shapely.polygons(outlines)) if outlines else []


def outline_rings(rooms: Iterable[Room]) -> list[shapely.LinearRing]:
    """The outline of each room, in order."""
    return _linear_rings(room.ring for room in rooms)


def room_polygons(rooms: Iterable[Room]) -> list[shapely.Polygon]:
    """One polygon for each room, in order."""
    return polygons(room.ring for room in rooms)


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
