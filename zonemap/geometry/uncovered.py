"""What of a floor is in no room: the space that rooms enclose but that none of them covers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import shapely

from zonemap.geometry.cover import united
from zonemap.geometry.rings import grid_point
from zonemap.geometry.shapes import Shape, room_polygons
from zonemap.model.plan import Floor, Point

WALL_MOST = 0.6  # metres: less between two rooms is their wall, not a place
NEEDLESS = 0.001  # metres: a corner that lies so near to the line through its neighbours is none
AREA_LEAST = 0.5  # square metres: less holds nobody


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A part of the floor in no room: square metres, a point inside it, and the ids of the rooms around it.

    ``shape`` is its outline and the holes in it, on the grid: what a room made of it would be.
    """

    area: float
    place: Point
    room_ids: tuple[str, ...]
    shape: Shape


def uncovered(floor: Floor) -> tuple[Uncovered, ...]:
    """Every enclosed part of at least half a square metre that is more than a wall, the largest first."""
    shapes = room_polygons(floor.rooms)
    if not shapes:
        return ()
    tree = shapely.STRtree(shapes)
    parts = [part for part in _enclosed(shapes) if part.area >= AREA_LEAST]
    near = [sorted(tree.query(part, predicate="dwithin", distance=WALL_MOST).tolist()) for part in parts]
    found = [
        Uncovered(round(part.area, 2), _inside(part), tuple(floor.rooms[room].id for room in rooms), _shape(part))
        for part, rooms in zip(parts, near, strict=True)
    ]
    return tuple(sorted(found, key=lambda each: (-each.area, each.place)))


def _enclosed(shapes: list[shapely.Polygon]) -> Iterator[shapely.Polygon]:
    """What lies inside the building's outline, without the rooms and the walls between them."""
    half = WALL_MOST / 2
    space = united(shapes)
    grown = shapely.buffer(space, half, join_style="mitre", mitre_limit=2)
    for block in shapely.get_parts(shapely.buffer(grown, -half, join_style="mitre", mitre_limit=2)):
        whole = shapely.Polygon(block.exterior)
        if whole.area > AREA_LEAST:
            rest = shapely.difference(whole, space)
            shrunk = shapely.buffer(rest, -half, join_style="mitre", mitre_limit=2)
            open_space = shapely.buffer(shrunk, half, join_style="mitre", mitre_limit=2)
            yield from shapely.get_parts(shapely.intersection(open_space, rest))


def _shape(part: shapely.Geometry) -> Shape:
    """The part's rings on the grid, without corners that do not turn."""
    plain = shapely.simplify(part, NEEDLESS)
    assert isinstance(plain, shapely.Polygon)  # noqa: S101 - parts of an intersection of areas, half a square metre or more
    return tuple(tuple(grid_point(x, y) for x, y in ring.coords[:-1]) for ring in (plain.exterior, *plain.interiors))


def _inside(part: shapely.Geometry) -> Point:
    point = shapely.point_on_surface(part)
    return grid_point(point.x, point.y)
