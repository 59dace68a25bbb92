"""How rooms cover the floor: where two of them overlap. Findings for a person to judge, never repaired here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import shapely

from zonemap.geometry.rings import grid_point
from zonemap.geometry.shapes import at, pairs, room_polygons
from zonemap.model.plan import Floor, Point, Ring, Room

OVERLAP_LEAST = 1e-4  # square metres: 1 cm2; less is rounding along a shared wall


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rooms that lie on one another: square metres, and a point inside the part they share."""

    first_id: str
    second_id: str
    area: float
    place: Point


def overlaps(floor: Floor) -> tuple[Overlap, ...]:
    """Every two rooms that share more than 1 cm2, in the floor's order of rooms."""
    shapes = room_polygons(floor.rooms)
    if len(shapes) < 2:
        return ()
    near = [(a, b) for a, b in pairs(shapely.STRtree(shapes).query(shapes, predicate="intersects")) if a < b]
    shared = shapely.intersection(at(shapes, (a for a, _ in near)), at(shapes, (b for _, b in near)))
    return tuple(
        Overlap(floor.rooms[a].id, floor.rooms[b].id, round(part.area, 4), _inside(part))
        for (a, b), part in zip(near, shared, strict=True)
        if part.area > OVERLAP_LEAST
    )


def outlines(rooms: Iterable[Room]) -> tuple[Ring, ...]:
    """The outer edges of the rooms together, holes included: where the outer walls run, if rooms share their walls."""
    shapes = room_polygons(rooms)
    # a clean coverage, which most floors are, is joined ten times quicker by its shared edges
    clean = bool(shapes) and shapely.coverage_is_valid(shapes)
    shape = shapely.coverage_union_all(shapes) if clean else shapely.union_all(shapes)
    rings = shapely.get_rings(shapely.get_parts(shape))
    return tuple(tuple((x, y) for x, y in ring.coords[:-1]) for ring in rings)


def _inside(part: shapely.Geometry) -> Point:
    point = shapely.point_on_surface(part)
    return grid_point(point.x, point.y)
