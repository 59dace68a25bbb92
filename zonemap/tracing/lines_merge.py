"""Faces put together or taken apart where lines alone mislead: toilet cubicles, stairs, halls open to the outside."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from zonemap.tracing.lines_faces import ROOM_LEAST, ROOM_NARROWEST
from zonemap.tracing.lines_strokes import Floats, Geometries

_SCREEN = 0.06  # metres: what is thinner is a screen, not a wall
_CUBICLE_MOST = 2.6  # square metres
_DOORWAY = 0.4  # metres: the narrowest way into a cubicle
_SCREENED = 0.25  # of a cubicle's outline that stands on screens
_STAIR = (2.0, 30.0)  # square metres of a flight that may be a room of its own
_STAIR_HOST = 3.0  # times its area: a smaller room around it is the stair's own
_ISLAND_MOST = 2.5  # square metres
_NEW = 0.05  # of a face that may lie on rooms that are there already


def without_cubicles(rooms: Geometries) -> Geometries:
    """Cubicles joined with the room that they stand in: screens divide, but nobody calls them walls.

    Where walls are drawn as single lines everything stands on screens, and nothing is joined.
    """
    if len(rooms) < 2:
        return rooms
    first, second, contact = _contacts(rooms)
    share = np.bincount(first, contact, len(rooms)) / shapely.length(rooms)
    small = shapely.area(rooms) <= _CUBICLE_MOST
    if (~small).any() and float(np.median(share[~small])) > _SCREENED:
        return rooms
    part = np.arange(len(rooms))
    for cubicle in np.flatnonzero(small & (share >= _SCREENED)).tolist():
        beside = second[(first == cubicle) & (contact >= _DOORWAY)]
        if len(beside):
            part[part == part[cubicle]] = part[beside[np.argmax(shapely.area(rooms[beside]))]]
    _, first_of = np.unique(part, return_index=True)
    return np.array([joined(rooms[part == part[number]]) for number in np.sort(first_of)], dtype=object)


def joined(shapes: Geometries, across: float = _SCREEN) -> shapely.Polygon:
    """Shapes as one, with what is narrower than a screen between them."""
    if len(shapes) == 1:
        return shapes[0]
    half = across / 2 + 0.001
    wide = shapely.union_all(shapely.buffer(shapes, half, join_style="mitre"))
    return _largest(shapely.buffer(wide, -half, join_style="mitre"))


def _contacts(rooms: Geometries) -> tuple[NDArray[np.intp], NDArray[np.intp], Floats]:
    """Pairs of rooms nearer than a screen, both ways, and how much of the first one's outline that is."""
    first, second = shapely.STRtree(rooms).query(rooms, predicate="dwithin", distance=_SCREEN)
    first, second = first[first != second], second[first != second]
    near = shapely.buffer(rooms[second], _SCREEN, quad_segs=2)
    return first, second, np.asarray(shapely.length(shapely.intersection(shapely.boundary(rooms[first]), near)))


def with_stairs(rooms: Geometries, stairs: Geometries) -> Geometries:
    """Flights of stairs taken out of the much larger rooms that they stand in."""
    found = list(rooms)
    flights = shapely.get_parts(shapely.union_all(shapely.buffer(stairs, 0.03, join_style="mitre")))
    for flight in flights:
        inner = shapely.Polygon(shapely.buffer(flight, -0.03, join_style="mitre").exterior)
        if not _STAIR[0] <= inner.area <= _STAIR[1] or shapely.buffer(inner, -ROOM_NARROWEST / 2).is_empty:
            continue
        for at, room in enumerate(found):
            if room.area >= _STAIR_HOST * inner.area and room.intersection(inner).area >= 0.9 * inner.area:
                found[at] = _largest(room.difference(inner))
                found.append(inner.intersection(room) if inner.within(room) else _largest(inner.intersection(room)))
                break
    return np.array(found, dtype=object)


def with_halls(rooms: Geometries, generous: Geometries) -> Geometries:
    """The rooms, and what only generous shutting encloses: halls that are open to the outside by a wide gap."""
    if len(generous) == 0:
        return rooms
    if len(rooms) == 0:
        return generous
    new, there = shapely.STRtree(rooms).query(generous, predicate="intersects")
    shared = shapely.area(shapely.intersection(generous[new], rooms[there]))
    covered = np.bincount(new, shared, len(generous))
    return np.concatenate([rooms, generous[covered <= _NEW * shapely.area(generous)]])


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    sound = shape if shapely.is_valid(shape) else shapely.buffer(shape, 0)  # a mitre may fold over itself
    parts = [part for part in shapely.get_parts(sound) if part.geom_type == "Polygon" and part.area > 0]
    return max(parts, key=lambda part: float(part.area), default=shapely.Polygon())


def without_islands(rooms: Geometries) -> Geometries:
    """The rooms with small holes filled: tables that are drawn like walls, and columns, which nobody walks around."""
    filled = []
    for room in rooms:
        holes = [ring for ring in room.interiors if shapely.Polygon(ring).area > _ISLAND_MOST or _holds(ring, rooms)]
        filled.append(room if len(holes) == len(room.interiors) else shapely.Polygon(room.exterior, holes))
    return np.array(filled, dtype=object)


def _holds(ring: shapely.LinearRing, rooms: Geometries) -> bool:
    return bool(shapely.contains_properly(shapely.buffer(shapely.Polygon(ring), 0.01), rooms).any())


def large(rooms: Geometries) -> Geometries:
    """Those that are still large enough."""
    return np.array([room for room in rooms if room.area >= ROOM_LEAST], dtype=object)
