"""How rooms cover the floor: where two of them overlap. Findings for a person to judge, never repaired here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import shapely

from zonemap.errors import Invalid
from zonemap.geometry.rings import grid_point, valid_room
from zonemap.geometry.shapes import at, room_polygons
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
    near = _near(shapes)
    shared = shapely.intersection(at(shapes, (a for a, _ in near)), at(shapes, (b for _, b in near)))
    return tuple(
        Overlap(floor.rooms[a].id, floor.rooms[b].id, round(part.area, 4), _inside(part))
        for (a, b), part in zip(near, shared, strict=True)
        if part.area > OVERLAP_LEAST
    )


def without(room: Room, other: Room) -> Room:
    """The room less what another covers of it. Raises Invalid where hardly anything or more than one piece is left."""
    left = shapely.difference(*room_polygons([room, other]))
    pieces = [piece for piece in shapely.get_parts(left) if piece.area > OVERLAP_LEAST]
    if len(pieces) != 1:
        raise Invalid(f"Without that part {room.label} would be in pieces, or gone. Move its corners in the editor.")
    rings = [tuple(grid_point(x, y) for x, y in ring.coords[:-1]) for ring in shapely.get_rings(pieces[0])]
    return valid_room(replace(room, ring=rings[0], holes=tuple(rings[1:])))


def _near(shapes: list[shapely.Polygon]) -> list[tuple[int, int]]:
    """The pairs whose boxes share enough for an overlap: rooms that only share a wall, which most do, are never cut."""
    boxes = shapely.bounds(shapes)
    first, second = shapely.STRtree(shapes).query(shapes)
    low, high = np.maximum(boxes[first, :2], boxes[second, :2]), np.minimum(boxes[first, 2:], boxes[second, 2:])
    sides = np.clip(high - low, 0.0, None)
    likely = (first < second) & (sides[:, 0] * sides[:, 1] > OVERLAP_LEAST)
    return sorted(zip(first[likely].tolist(), second[likely].tolist(), strict=True))


def outlines(rooms: Iterable[Room]) -> tuple[Ring, ...]:
    """The outer edges of the rooms together, holes included: where the outer walls run, if rooms share their walls."""
    rings = shapely.get_rings(shapely.get_parts(united(room_polygons(rooms))))
    return tuple(tuple((x, y) for x, y in ring.coords[:-1]) for ring in rings)


def united(shapes: list[shapely.Polygon]) -> shapely.Geometry:
    """All of them as one shape. A clean coverage, which most floors are, is joined ten times quicker by its edges."""
    clean = bool(shapes) and shapely.coverage_is_valid(shapes)
    return shapely.coverage_union_all(shapes) if clean else shapely.union_all(shapes)


def _inside(part: shapely.Geometry) -> Point:
    point = shapely.point_on_surface(part)
    return grid_point(point.x, point.y)
